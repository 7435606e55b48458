/** What a check found, in the same shape and with the same codes as the server's (`server/signing/checks.py`). */
import { type Verdict, verdictOf } from "./verdict"

export type Outcome = "proven" | "limited" | "broken" | "missing"

export interface Finding {
  readonly check: string
  readonly outcome: Outcome
  readonly detail: string
  readonly subject: string
}

export interface SignOffLine {
  readonly municipality: string
  readonly signatory: string
  readonly title: string
  readonly answer: string
  readonly level: string
  readonly at: string
}

/** `at` is the authority's time where one stamped it (`attested_by`), else the service's own clock. */
export interface SealFacts {
  readonly holder: string
  readonly issuer: string
  readonly reason: string
  readonly place: string
  readonly at: string
  readonly attested_by: string
}

export interface Report {
  readonly verdict: Verdict
  readonly title: string
  readonly revision: number
  readonly digest: string
  /** Null where there is no seal that can be read. */
  readonly seal: SealFacts | null
  readonly sign_offs: readonly SignOffLine[]
  readonly findings: readonly Finding[]
}

function maker(outcome: Outcome) {
  return (check: string, detail: string, subject = ""): Finding => ({ check, outcome, detail, subject })
}

export const proven = maker("proven")
export const limited = maker("limited")
export const broken = maker("broken")
export const missing = maker("missing")

export function holds(finding: Finding): boolean {
  return finding.outcome === "proven" || finding.outcome === "limited"
}

export function report(findings: readonly Finding[], facts: Partial<Report> = {}): Report {
  const nothing = { title: "", revision: 0, digest: "", seal: null, sign_offs: [] }
  return { ...nothing, ...facts, findings, verdict: verdictOf(findings) }
}
