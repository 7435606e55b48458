/**
 * What was decided about suggestions, told to whoever keeps the record. What is taken back with undo, or decided
 * once more with redo, is told as well: the open suggestions before and after say so.
 */
import type { Proposal } from "./replacements"

export type Verdict = "accepted" | "rejected" | "reopened"

export interface Decision {
  suggestion: string
  verdict: Verdict
  /** Person and municipality that proposed it; 0 and "" where nobody knows. */
  person: number
  municipality: string
  /** "Ersetzen: alte / neue". */
  words: string
}

/** Keeps it for good; whatever goes wrong is tried again by it. */
export type Record = (decisions: readonly Decision[]) => void

/** Suggestions that are remembered to be told of once more. */
const MOST = 2_000

export class Decisions {
  private readonly known = new Map<string, { decision: Decision; open: boolean }>()

  constructor(private readonly record: Record) {}

  decide(proposals: readonly Proposal[], accept: boolean, wordsOf: (proposal: Proposal) => string): void {
    const verdict = accept ? "accepted" : "rejected"
    this.tell(
      proposals.map((proposal) => ({
        suggestion: proposal.id,
        verdict,
        person: proposal.author?.person ?? 0,
        municipality: proposal.author?.municipality ?? "",
        words: wordsOf(proposal),
      })),
    )
  }

  /** After undo and redo: what was decided here and is open again, or the other way round. */
  compare(open: ReadonlySet<string>): void {
    const changed = [...this.known.values()].filter(
      (each) => each.open !== open.has(each.decision.suggestion),
    )
    for (const each of changed) each.open = !each.open
    const said = changed.map(({ decision, open: again }) => ({
      ...decision,
      verdict: again ? ("reopened" as const) : decision.verdict,
    }))
    if (said.length) this.record(said)
  }

  private tell(decisions: readonly Decision[]): void {
    for (const decision of decisions) this.known.set(decision.suggestion, { decision, open: false })
    for (const id of this.known.keys()) {
      if (this.known.size <= MOST) break
      this.known.delete(id)
    }
    if (decisions.length) this.record(decisions)
  }
}
