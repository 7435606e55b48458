/** What a check found, in the same shape and with the same codes as the server's (`server/signing/checks.py`). */
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

export interface Report {
  readonly genuine: boolean
  readonly title: string
  readonly revision: number
  readonly digest: string
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
  const genuine = findings.length > 0 && findings.every(holds)
  return { title: "", revision: 0, digest: "", sign_offs: [], ...facts, findings, genuine }
}
