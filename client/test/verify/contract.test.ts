/** The browser's verifier and the server's say the same of the same files. */
import { describe, expect, test } from "vitest"
import cases from "../../../tests/browser_check/verdicts.json"
import { type Finding, holds, type Outcome } from "../../src/verify/findings"
import { VERDICTS, type Verdict, verdictOf } from "../../src/verify/verdict"
import { verifyDocument } from "../../src/verify/verify-document"
import { makeExamples } from "./examples"

const examples = await makeExamples()
const named = (name: string) => {
  const found = examples.find((example) => example.name === name)
  if (!found) throw new Error(`no example ${name}`)
  return found
}

interface Case {
  readonly name: string
  readonly findings: readonly (readonly [string, Outcome])[]
  readonly verdict: Verdict
}

const CASES = cases as unknown as readonly Case[]

/** The best that somebody says who trusts nobody. */
const UNTRUSTED: readonly Verdict[] = ["trial", "issuer_unchecked"]
const PAGES = ["document.pages", "document.text", "document.signatories", "document.copies"]

/**
 * The browser does not read the pages, so of them it can only say less. Why something cannot be read is told
 * in each language's own words; what holds is told in the same ones.
 */
function comparable(findings: readonly Finding[]): string[] {
  return findings
    .filter((finding) => !PAGES.includes(finding.check))
    .map((finding) => {
      const { outcome, check, subject, detail } = finding
      return [outcome, check, subject, holds(finding) ? detail : ""].join(" ").trim()
    })
}

function soundWithoutPages(findings: readonly Finding[]): boolean {
  return !comparable(findings).some((line) => /^(?:broken|missing)/.test(line))
}

describe.each(examples.filter((example) => example.alike))("$name", ({ pdf, report }) => {
  test("gives the same findings as the server's verifier", async () => {
    const found = await verifyDocument(pdf)
    expect(comparable(found.findings)).toEqual(comparable(report.findings))
    const { title, revision, digest, seal, sign_offs } = found
    expect({ title, revision, digest, seal, sign_offs }).toEqual({
      title: report.title,
      revision: report.revision,
      digest: report.digest,
      seal: report.seal,
      sign_offs: report.sign_offs,
    })
  })
})

test.each(examples)("comes to the server's verdict, but for the pages: $name", async ({
  pdf,
  alike,
  report,
}) => {
  const found = await verifyDocument(pdf)
  expect(soundWithoutPages(found.findings)).toBe(soundWithoutPages(report.findings))
  const seen = found.findings.some((finding) => PAGES.includes(finding.check) && !holds(finding))
  const wanted = verdictOf(report.findings.filter(({ check }) => seen || !PAGES.includes(check)))
  if (alike || UNTRUSTED.includes(wanted)) expect(found.verdict).toBe(wanted)
  expect(UNTRUSTED.includes(found.verdict) && !soundWithoutPages(report.findings)).toBe(false)
  expect(found.verdict).not.toBe("genuine")
})

test.each(CASES)("answers the table of verdicts: $name", ({ findings, verdict }) => {
  const found = findings.map(([check, outcome]) => ({ check, outcome, detail: "", subject: "" }))
  expect(verdictOf(found)).toBe(verdict)
})

test("every verdict has a case", () => {
  expect(new Set(CASES.map(({ verdict }) => verdict))).toEqual(new Set(VERDICTS))
})

test("whose certificate a copy was signed with is never proven, and its pages are called unread", async () => {
  const found = await verifyDocument(named("copies").pdf)
  const said = (check: string) => found.findings.filter((finding) => finding.check === check)
  expect(said("sign_off.pdf_signature").map(({ outcome }) => outcome)).toEqual(["limited", "limited"])
  expect(said("document.copies").map(({ outcome }) => outcome)).toEqual(["limited"])
  expect(found.sign_offs.map(({ level }) => level)).toEqual(["pdf_signature", "pdf_signature"])
  expect(found.verdict).toBe("trial")
})

test("there are enough forgeries, and none of them is missed", () => {
  const refused = examples.filter((example) => !UNTRUSTED.includes(example.report.verdict))
  expect(refused.length).toBeGreaterThan(80)
})

test("the demo's file proves the sign-offs of all 51 municipalities", async () => {
  const found = await verifyDocument(named("demo").pdf)
  expect(found.verdict).toBe("trial")
  expect(found.sign_offs).toHaveLength(51)
})

test("the pages are called unread, never proven", async () => {
  const found = await verifyDocument(named("honest").pdf)
  const pages = found.findings.filter((finding) => PAGES.includes(finding.check))
  expect(pages.map((finding) => finding.outcome)).toEqual(["limited", "limited", "limited"])
  expect(found.text.map((block) => block.text)).toContain("Wir handeln gemeinsam.")
})
