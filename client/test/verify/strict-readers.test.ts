/** Each value has one sequence of bytes: whatever says the same in another way is refused. */
import { expect, test } from "vitest"
import { fromBase64url, fromHex, utf8 } from "../../src/verify/bytes"
import { canonicalText, parseCanonical } from "../../src/verify/canonical"
import { includes, leafHash } from "../../src/verify/evidence/merkle"
import { readCbor } from "../../src/verify/passkey/cbor"
import { children, integer, oid, readElement, readWhole } from "../../src/verify/signature/der"

test.each([
  ["members out of order", '{"b":1,"a":2}'],
  ["white space", '{"a": 1}'],
  ["a member twice", '{"a":1,"a":1}'],
  ["an escape too many", '"\\u0061"'],
  ["a slash with an escape", '"\\/"'],
  ["half a character", '"\\ud800"'],
  ["a fraction", "1.5"],
  ["a fraction of nothing", "1.0"],
  ["an exponent", "1e2"],
  ["minus nothing", "-0"],
  ["a number beyond 2**53", "9007199254740993"],
  ["a byte order mark", "\ufeff1"],
])("JSON that is not canonical is refused: %s", (_, text) => {
  expect(() => parseCanonical(utf8(text))).toThrow()
})

test("canonical JSON sorts by UTF-16 code units and keeps every member", () => {
  const text = '{"__proto__":null,"a":[true,-1,"\\n\\u0001\u2028"],"\u{1f600}":1,"\ufb33":2}'
  expect(canonicalText(parseCanonical(utf8(text)))).toBe(text)
})

test.each(["AAA=", "AA A", "AB", "A", "+/+/", "é"])("base64url in another form is refused: %s", (text) => {
  expect(() => fromBase64url(text)).toThrow()
})

test.each([
  ["an indefinite length", "30800000"],
  ["a long form of a short length", "308100"],
  ["a length with a leading zero", "30820080"],
  ["an element without end", "300302"],
  ["a tag of several bytes", "1f8100"],
])("DER is read strictly: %s", (_, hex) => {
  expect(() => readElement(fromHex(hex))).toThrow()
})

test("DER numbers and identifiers are read in their shortest form only", () => {
  expect(integer(readWhole(fromHex("02020080")))).toBe(128)
  expect(oid(readWhole(fromHex("06092a864886f70d010701")))).toBe("1.2.840.113549.1.7.1")
  expect(oid(readWhole(fromHex("0603883703")))).toBe("2.999.3")
  expect(() => integer(readWhole(fromHex("02020001")))).toThrow()
  expect(() => integer(readWhole(fromHex("0201ff")))).toThrow()
  expect(() => oid(readWhole(fromHex("06032a8001")))).toThrow()
  expect(() => readWhole(fromHex("020101ff"))).toThrow()
  expect(() => children(readWhole(fromHex("3003020501")))).toThrow()
})

test.each([
  ["an indefinite length", "9fff"],
  ["a length that is not the shortest", "1817"],
  ["a key twice", "a201000100"],
  ["a fraction", "f93c00"],
  ["a tag", "c100"],
  ["an array without end", "9affffffff"],
  ["nested without end", "81".repeat(50)],
])("CBOR is read strictly: %s", (_, hex) => {
  expect(() => readCbor(fromHex(hex.length % 2 ? `${hex}0` : hex))).toThrow()
})

test("a log of one entry needs no proof, and no proof is none for a longer one", async () => {
  const leaf = await leafHash(utf8("eins"))
  expect(await includes(leaf, 0, 1, [], leaf)).toBe(true)
  expect(await includes(leaf, 0, 2, [], leaf)).toBe(false)
  expect(await includes(leaf, 1, 1, [], leaf)).toBe(false)
  expect(await includes(leaf, 0, 1, [leaf], leaf)).toBe(false)
})
