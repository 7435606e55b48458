/** Files made to hurt the reader end as a finding: after little work, in bounded memory, never as an exception. */
import { deflateSync } from "node:zlib"
import { expect, test } from "vitest"
import { utf8 } from "../../src/verify/bytes"
import { holds } from "../../src/verify/findings"
import { readAttachments } from "../../src/verify/pdf/attachments"
import { PdfDocument } from "../../src/verify/pdf/document"
import { verifyDocument } from "../../src/verify/verify-document"
import { Random } from "../support/random"

type Part = string | Uint8Array

/** A file with these objects, numbered from 1; the first is the catalogue. */
function pdf(objects: Part[][], trailer = ""): Uint8Array<ArrayBuffer> {
  const parts: Part[] = ["%PDF-1.7\n"]
  const offsets: number[] = []
  objects.forEach((object, i) => {
    offsets.push(size(parts))
    parts.push(`${i + 1} 0 obj\n`, ...object, "\nendobj\n")
  })
  const start = size(parts)
  const lines = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`)
  const head = `xref\n0 ${lines.length + 1}\n0000000000 65535 f \n${lines.join("")}`
  const end = `trailer\n<< /Root 1 0 R /Size ${lines.length + 1} ${trailer} >>\nstartxref\n${start}\n%%EOF\n`
  return new Uint8Array(Buffer.concat([...parts, head, end].map((part) => Buffer.from(part))))
}

function size(parts: Part[]): number {
  return parts.reduce((sum, part) => sum + Buffer.from(part).length, 0)
}

function attached(data: Uint8Array, filter = "/Filter /FlateDecode"): Uint8Array<ArrayBuffer> {
  return pdf([
    ["<< /Type /Catalog /Names << /EmbeddedFiles << /Names [(erklaerung.json) 2 0 R] >> >> >>"],
    ["<< /Type /Filespec /EF << /F 3 0 R >> >>"],
    [`<< /Length ${data.length} ${filter} >>\nstream\n`, data, "\nendstream"],
  ])
}

async function attachments(file: Uint8Array<ArrayBuffer>) {
  return readAttachments(await PdfDocument.open(file))
}

test("an attachment is read", async () => {
  const found = await attachments(attached(deflateSync("Wir handeln gemeinsam.")))
  expect(found.get("erklaerung.json")).toEqual(utf8("Wir handeln gemeinsam."))
})

test("an attachment that unpacks to more than 32 MiB is refused", async () => {
  const bomb = attached(deflateSync(Buffer.alloc(40 * 1024 * 1024)))
  expect(bomb.length).toBeLessThan(100_000)
  await expect(attachments(bomb)).rejects.toThrow("too large")
})

test("an attachment in another encoding is refused", async () => {
  await expect(attachments(attached(Buffer.from("41>"), "/Filter /ASCIIHexDecode"))).rejects.toThrow(
    "encoding",
  )
})

test("a damaged attachment is refused", async () => {
  const data = deflateSync("Wir handeln gemeinsam.")
  data.set([data.readUInt8(6) ^ 1], 6)
  await expect(attachments(attached(data))).rejects.toThrow()
})

const loop = "<< /Type /Catalog /Names 2 0 R >>"
/** Seven levels of a hundred branches, all to the same object: a hundred million million ways through it. */
const branches = Array.from({ length: 7 }, (_, i) => [`<< /Kids [${`${i + 4} 0 R `.repeat(100)}] >>`])
const HOSTILE: Record<string, Uint8Array<ArrayBuffer>> = {
  "references in a circle": pdf([[loop], ["3 0 R"], ["2 0 R"]]),
  "a name tree in a circle": pdf([[loop], ["<< /EmbeddedFiles 3 0 R >>"], ["<< /Kids [3 0 R 3 0 R] >>"]]),
  "a name tree that branches in circles": pdf([
    [loop],
    ["<< /EmbeddedFiles 3 0 R >>"],
    [`<< /Kids [${"3 0 R ".repeat(100)}] >>`],
  ]),
  "a form that branches in circles": pdf([
    ["<< /Type /Catalog /AcroForm << /Fields [2 0 R] >> /Names 3 0 R >>"],
    [`<< /FT /Sig /Kids [${"2 0 R ".repeat(100)}] >>`],
    ["<< >>"],
  ]),
  "a name tree of many ways": pdf([[loop], ["<< /EmbeddedFiles 3 0 R >>"], ...branches, ["<< >>"]]),
  "a form of many ways": pdf([
    ["<< /Type /Catalog /AcroForm << /Fields [3 0 R] >> /Names << /EmbeddedFiles 3 0 R >> >>"],
    ["<< >>"],
    ...branches,
    ["<< /FT /Sig >>"],
  ]),
  "tables in a circle": pdf([["<< /Type /Catalog >>"]], "/Prev 63"),
  "brackets without end": pdf([["[".repeat(100_000)]]),
  "a stream longer than the file": pdf([["<< /Length 99999999 >>\nstream\nx\nendstream"]]),
  "a length that is its own": pdf([["<< /Length 1 0 R >>\nstream\nx\nendstream"]]),
  "a key twice": pdf([["<< /Type /Catalog /Names 2 0 R /Names 3 0 R >>"]]),
  "an encrypted file": pdf([["<< /Type /Catalog >>"]], "/Encrypt 2 0 R"),
}

/** Microseconds of the processor, which other programs do not change. */
const MAX_CPU = 5e6

test.each(Object.entries(HOSTILE))("%s: a finding, no exception", async (_, file) => {
  const before = process.cpuUsage()
  const report = await verifyDocument(file)
  const { user, system } = process.cpuUsage(before)
  expect(user + system).toBeLessThan(MAX_CPU)
  expect(["foreign", "unreadable", "not_genuine"]).toContain(report.verdict)
  expect(report.findings.some((finding) => !holds(finding))).toBe(true)
})

test("random bytes between the marks of a PDF are a finding", async () => {
  const random = new Random(18)
  const marks = ["obj", "stream", "<<", ">>", "[", "(", "/Length", " 1 0 R ", "xref\n", "trailer", "\n"]
  for (let i = 0; i < 300; i++) {
    const words = Array.from({ length: 40 }, () => random.pick(marks))
    const text = `%PDF-1.7\n${words.join(" ")}\nstartxref\n${random.int(80)}\n%%EOF\n`
    expect((await verifyDocument(utf8(text))).verdict).toBe("unreadable")
  }
})
