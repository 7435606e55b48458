/**
 * Whether an encoded value is written as a signer writes it (ITU-T X.690): lengths definite and as short as they
 * can be, every element fills its parent exactly, simple values in their one form. The order of a SET is free, as
 * in BER. `server/signing/seal/check/ber.py` follows the same rules.
 */
import type { Bytes } from "../bytes"
import { BIT_STRING, BOOLEAN, DamagedDer, type Element, INTEGER, OBJECT_IDENTIFIER, readElement } from "./der"

const MAX_DEPTH = 32
const MAX_ELEMENTS = 100_000
const NULL = 0x05
const ENUMERATED = 0x0a

/** Linear in the length of the value, which is one element. */
export function isWellFormed(value: Bytes): boolean {
  try {
    ensureWellFormed(value)
    return true
  } catch (error) {
    if (error instanceof DamagedDer) return false
    throw error
  }
}

function ensureWellFormed(value: Bytes): void {
  if (readElement(value).bytes.length !== value.length) throw new DamagedDer("more than one element")
  const waiting: [Bytes, number][] = [[value, 0]]
  let count = 0
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [bytes, depth] = next
    for (let at = 0; at < bytes.length; ) {
      if (++count > MAX_ELEMENTS) throw new DamagedDer("too many elements")
      const element = readElement(bytes, at)
      if (element.tag & 0x20) {
        if (depth === MAX_DEPTH) throw new DamagedDer("nested too deeply")
        waiting.push([element.content, depth + 1])
      } else if (!isSimple(element)) {
        throw new DamagedDer("a value in an unusual form")
      }
      at += element.bytes.length
    }
  }
}

function isSimple({ tag, content }: Element): boolean {
  const [first, second = 0] = content
  const last = content.at(-1) ?? 0
  switch (tag) {
    case BOOLEAN:
      return content.length === 1 && (first === 0 || first === 0xff)
    case INTEGER:
    case ENUMERATED:
      if (content.length < 2) return content.length === 1
      return !((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))
    case BIT_STRING:
      if (first === undefined || first > 7) return false
      return content.length === 1 ? first === 0 : (last & ((1 << first) - 1)) === 0
    case NULL:
      return content.length === 0
    case OBJECT_IDENTIFIER:
      return isIdentifier(content)
    default:
      return true
  }
}

/** Ends with the last byte of a part, and no part begins with a byte that adds nothing. */
function isIdentifier(content: Bytes): boolean {
  if (!content.length || (content.at(-1) ?? 0) >= 0x80) return false
  return content.every((byte, i) => byte !== 0x80 || (i > 0 && (content[i - 1] ?? 0) >= 0x80))
}
