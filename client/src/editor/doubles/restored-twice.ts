/**
 * Two people delete the same words and both undo that: Yjs brings the words back twice, since each undo makes
 * copies of its own. Here all but one of the copies go again, and whatever stays doubled is named.
 *
 * Where another client with a smaller id has a living copy of the same characters, one's own is a double. Only
 * its owner's client removes it: nobody has to decide anything with anybody, and the smallest id's copy stays.
 * So a double stays where its owner has left the page or writes with another program: better a word too many
 * than one too few, and people are told (`doubled.ts`).
 */
import * as Y from "yjs"
import { type Couple, type Double, Restored, type Twin } from "./restored"

/** Origin of the removal; it is no edit of a person and cannot be undone. */
export const DOUBLE = Symbol("double")

/** Words that stand in the text twice. Places are indices of the text. */
export interface Passage {
  ids: string[]
  words: string
  /** Whose undo made the copies: Yjs client ids. */
  kept: number
  double: number
  /** Where both copies are. */
  from: number
  to: number
  /** The copy that may go, in the order of the text. */
  stretches: Stretch[]
}

export interface Stretch {
  from: number
  length: number
}

export class RestoredTwice {
  /** Called at each change of the text while something is doubled, and once when nothing is any more. */
  onChange: (() => void) | null = null
  private readonly restored = new Restored()
  private doubles: Double[] = []
  private earlier: readonly number[] = []
  /** An undo is under way. */
  private waits = false
  /** How many doubles `onChange` was last called for. */
  private notified = 0

  /** `around` is called for each removal, with what it removes. */
  constructor(
    private readonly ytext: Y.Text,
    private readonly undoing: Y.UndoManager,
    private readonly around: (twins: readonly Twin[], remove: () => void) => void,
  ) {
    // not before everybody has seen what happened so far: editors read text and event together
    ytext.doc?.on("afterAllTransactions", this.look)
  }

  destroy(): void {
    this.ytext.doc?.off("afterAllTransactions", this.look)
  }

  /** What is doubled now, in the order of the text. */
  passages(): Passage[] {
    return joined(this.doubles.map((each) => this.passage(each)).sort((a, b) => a.from - b.from))
  }

  /** What makes them known to a later page. */
  get known(): readonly Couple[] {
    return this.restored.known
  }

  /** What an earlier page knew, once the whole text is there. `own`: its client ids. */
  recall(couples: readonly Couple[], own: readonly number[]): void {
    const { doc } = this.ytext
    if (!doc || !couples.length) return
    this.earlier = own
    this.restored.recall(couples)
    this.doubles = this.restored.doubles(doc)
    this.notify()
  }

  private passage({ id, twins }: Double): Passage {
    const stretches = this.stretchesOf(twins.map(({ double }) => double))
    const both = [...stretches, ...this.stretchesOf(twins.map(({ kept }) => kept))]
    return {
      ids: [id],
      words: twins.map(({ letter }) => letter).join(""),
      kept: twins[0]?.kept.client ?? 0,
      double: twins[0]?.double.client ?? 0,
      from: Math.min(...both.map(({ from }) => from)),
      to: Math.max(...both.map(({ from, length }) => from + length)),
      stretches,
    }
  }

  /** What `step` doubles is removed after it: an undo shows first where its words are. */
  after<T>(step: () => T): T {
    this.waits = true
    try {
      return step()
    } finally {
      this.waits = false
      this.settle()
    }
  }

  private readonly look = (doc: Y.Doc, transactions: Y.Transaction[]): void => {
    const relevant = transactions.filter(({ changed }) => changed.has(this.ytext as never))
    if (!relevant.length) return
    for (const transaction of relevant) this.restored.note(transaction, transaction.origin === this.undoing)
    this.doubles = this.restored.doubles(doc)
    if (!this.waits) this.settle()
  }

  /** Removes one's own doubles and tells of the others. */
  private settle(): void {
    const { doc } = this.ytext
    const own = this.doubles
      .flatMap(({ twins }) => twins)
      .filter(({ kept, double }) => double.client === doc?.clientID && !this.isOwn(kept.client))
    if (doc && own.length) this.around(own, () => this.remove(doc, own))
    if (this.doubles.length || this.notified) this.notify()
  }

  private notify(): void {
    this.notified = this.doubles.length
    this.onChange?.()
  }

  /** This page's, or one of its tab before. */
  isOwn(client: number): boolean {
    return client === this.ytext.doc?.clientID || this.earlier.includes(client)
  }

  private remove(doc: Y.Doc, twins: Twin[]): void {
    const stretches = this.stretchesOf(twins.map(({ double }) => double))
    doc.transact(() => {
      for (const { from, length } of stretches.reverse()) this.ytext.delete(from, length)
    }, DOUBLE)
  }

  /** Where these letters are. Halves of one character stay together. */
  private stretchesOf(ids: Y.ID[]): Stretch[] {
    const indices = new Set(ids.flatMap((id) => this.indexOf(id)))
    const stretches: Stretch[] = []
    for (const index of [...indices].sort((a, b) => a - b)) {
      const last = stretches.at(-1)
      if (last && last.from + last.length === index) last.length++
      else stretches.push({ from: index, length: 1 })
    }
    return stretches
  }

  private indexOf(item: Y.ID): number[] {
    const { doc } = this.ytext
    const place = Y.createRelativePositionFromJSON({ item, assoc: 0 })
    const found = doc && Y.createAbsolutePositionFromRelativePosition(place, doc)
    return found?.type === this.ytext ? [found.index] : []
  }
}

/** One undo brings words back in several pieces if they were cut before; people see one passage. */
function joined(passages: Passage[]): Passage[] {
  const found: Passage[] = []
  for (const passage of passages) {
    const last = found.at(-1)
    if (last && last.to === passage.from && last.kept === passage.kept && last.double === passage.double) {
      last.ids.push(...passage.ids)
      last.words += passage.words
      last.to = passage.to
      last.stretches.push(...passage.stretches)
    } else found.push(passage)
  }
  return found
}
