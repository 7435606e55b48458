/**
 * Keeps account of every character of a history. All characters are unique, so each must be in the final
 * text exactly once, unless somebody deleted it or undid its insertion.
 */
import type { Node } from "prosemirror-model"

export interface Verdict {
  lost: string[]
  doubled: string[]
  /** Deleted, never brought back by undo, and yet there. */
  risen: string[]
  /**
   * Two people deleted the same character and both brought it back: Yjs itself makes two of it, as it would
   * in a plain Y.Text without any editor. Known, counted apart.
   */
  doubledByYjs: string[]
}

export function countChars(doc: Node): Map<string, number> {
  const counts = new Map<string, number>()
  doc.descendants((node) => {
    for (const char of node.text ?? "") counts.set(char, (counts.get(char) ?? 0) + 1)
    return true
  })
  return counts
}

export class Ledger {
  /** Undo or redo changed a character that its owner had neither inserted nor deleted. */
  readonly foreign: string[] = []
  private readonly insertedBy = new Map<string, Set<number>>()
  private readonly deletedBy = new Map<string, Set<number>>()
  private readonly restoredBy = new Map<string, Set<number>>()

  constructor(initial: Node) {
    for (const char of countChars(initial).keys()) this.insertedBy.set(char, new Set())
  }

  /** An edit of `who`, by what the text was before and after it. */
  record(who: number, before: Map<string, number>, after: Map<string, number>, isUndo: boolean): void {
    for (const [char, count] of before) {
      if (count > (after.get(char) ?? 0)) this.note(this.deletedBy, char, who, isUndo)
    }
    for (const [char, count] of after) {
      if (count <= (before.get(char) ?? 0)) continue
      if (isUndo) this.note(this.restoredBy, char, who, true)
      else add(this.insertedBy, char, who)
    }
  }

  judge(final: Node): Verdict {
    const counts = countChars(final)
    const verdict: Verdict = { lost: [], doubled: [], risen: [], doubledByYjs: [] }
    for (const char of this.insertedBy.keys()) {
      const count = counts.get(char) ?? 0
      const restored = this.restoredBy.get(char)?.size ?? 0
      const byTwo = restored > 1 && (this.deletedBy.get(char)?.size ?? 0) > 1
      if (count > 1) (byTwo ? verdict.doubledByYjs : verdict.doubled).push(char)
      if (count === 0 && !this.deletedBy.has(char)) verdict.lost.push(char)
      if (count > 0 && this.deletedBy.has(char) && !restored) verdict.risen.push(char)
    }
    return verdict
  }

  private note(book: Map<string, Set<number>>, char: string, who: number, isUndo: boolean): void {
    const own = this.insertedBy.get(char)?.has(who) || this.deletedBy.get(char)?.has(who)
    if (isUndo && !own) this.foreign.push(char)
    add(book, char, who)
  }
}

function add(book: Map<string, Set<number>>, char: string, who: number): void {
  const known = book.get(char)
  if (known) known.add(who)
  else book.set(char, new Set([who]))
}
