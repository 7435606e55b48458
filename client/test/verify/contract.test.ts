/**
 * The browser's verifier and the server's come to the same verdict from the same findings. That they find the same
 * in the same files is asked by `tests/vectors`, of every forgery.
 */
import { describe, expect, test } from "vitest"
import cases from "../../../tests/browser_check/verdicts.json"
import type { Outcome } from "../../src/verify/findings"
import { VERDICTS, type Verdict, verdictOf } from "../../src/verify/verdict"
import { verifyDocument } from "../../src/verify/verify-document"
import { makeExamples } from "./examples"

interface Case {
  readonly name: string
  readonly findings: readonly (readonly [string, Outcome])[]
  readonly verdict: Verdict
}

const CASES = cases as unknown as readonly Case[]
const PAGES = ["document.pages", "document.text", "document.signatories", "document.copies"]

test.each(CASES)("answers the table of verdicts: $name", ({ findings, verdict }) => {
  const found = findings.map(([check, outcome]) => ({ check, outcome, detail: "", subject: "" }))
  expect(verdictOf(found)).toBe(verdict)
})

test("every verdict has a case", () => {
  expect(new Set(CASES.map(({ verdict }) => verdict))).toEqual(new Set(VERDICTS))
})

describe("of honest files", async () => {
  const { demo, honest, copies, advance } = await makeExamples()

  test("an advance copy is called what it is, and nothing in it is proven", async () => {
    const found = await verifyDocument(advance)
    expect(found.findings.map(({ check, outcome }) => [check, outcome])).toEqual([
      ["document.advance", "limited"],
      ["document.kind", "missing"],
    ])
    expect(found.findings[0]?.detail).toContain("7F3A-91C2")
    expect(found.verdict).toBe("foreign")
  })

  test("whose certificate a copy was signed with is never proven, and its pages are called unread", async () => {
    const found = await verifyDocument(copies)
    const said = (check: string) => found.findings.filter((finding) => finding.check === check)
    expect(said("sign_off.pdf_signature").map(({ outcome }) => outcome)).toEqual(["limited", "limited"])
    expect(said("document.copies").map(({ outcome }) => outcome)).toEqual(["limited"])
    expect(found.sign_offs.map(({ level }) => level)).toEqual(["pdf_signature", "pdf_signature"])
    expect(found.verdict).toBe("trial")
  })

  test("the demo's file proves the sign-offs of all 51 municipalities", async () => {
    const found = await verifyDocument(demo)
    expect(found.verdict).toBe("trial")
    expect(found.sign_offs).toHaveLength(51)
  })

  test("the pages are called unread, never proven", async () => {
    const found = await verifyDocument(honest)
    const pages = found.findings.filter((finding) => PAGES.includes(finding.check))
    expect(pages.map((finding) => finding.outcome)).toEqual(["limited", "limited", "limited"])
    expect(found.text.map((block) => block.text)).toContain("Wir handeln gemeinsam.")
  })
})
