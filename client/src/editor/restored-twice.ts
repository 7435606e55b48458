/**
 * Two people delete the same words and both undo that: Yjs brings the words back twice, since each undo makes
 * copies of its own. Here all but one of the copies go again.
 *
 * A copy that undo makes names the deleted original as its right neighbour (`rightOrigin`), and so it is
 * known of each copied character what it is a copy of. Where another client with a smaller id has a living
 * copy of the same characters, one's own is a double; only what is equal to the letter counts. Only its owner's client removes it: nobody has to
 * decide anything with anybody, and the smallest id's copy stays.
 *
 * A copy of a copy (undone, redone, undone again) is known as such for one's own only. Of another client's
 * deleted characters nobody can say whether they were copies; better a word too many than one too few.
 */
import * as Y from "yjs"

/** Origin of the removal; it is no edit of a person and cannot be undone. */
export const DOUBLE = Symbol("double")

/** Copies that are looked after; more than anybody undoes while others do the same. */
const MOST = 50
/** Items on either side of a copy among which copies of others can lie. */
const NEIGHBOURHOOD = 500

/** A run of characters that undo brought back here: ids `clock` up to `clock + length` of this client. */
interface Copy {
  clock: number
  length: number
  source: Y.ID
}

export class RestoredTwice {
  private copies: Copy[] = []

  constructor(
    private readonly ytext: Y.Text,
    private readonly undoing: Y.UndoManager,
  ) {
    // not before everybody has seen what happened so far: editors read text and event together
    ytext.doc?.on("afterAllTransactions", this.look)
  }

  destroy(): void {
    this.ytext.doc?.off("afterAllTransactions", this.look)
  }

  private readonly look = (_doc: Y.Doc, transactions: Y.Transaction[]): void => {
    const relevant = transactions.filter(
      ({ origin, changed }) => origin !== DOUBLE && changed.has(this.ytext as never),
    )
    if (!relevant.length) return
    for (const transaction of relevant) if (transaction.origin === this.undoing) this.note(transaction)
    const doubles = this.copies.flatMap((copy) => this.doublesOf(copy))
    if (doubles.length) this.remove(doubles)
  }

  private note({ doc, beforeState, afterState }: Y.Transaction): void {
    const [from, to] = [beforeState.get(doc.clientID) ?? 0, afterState.get(doc.clientID) ?? 0]
    for (let clock = from; clock < to; ) {
      const item = itemAt(doc, Y.createID(doc.clientID, clock))
      if (!item) return
      const end = Math.min(to, item.id.clock + item.length)
      if (isLetters(item) && item.rightOrigin) {
        this.copies.push({
          clock,
          length: end - clock,
          source: this.original(item.rightOrigin, doc.clientID),
        })
      }
      clock = end
    }
    this.copies = this.copies.slice(-MOST)
  }

  /** What a copy of one's own copy is a copy of in the end. */
  private original(source: Y.ID, self: number): Y.ID {
    if (source.client !== self) return source
    const copy = this.copies.find(
      ({ clock, length }) => clock <= source.clock && source.clock < clock + length,
    )
    return copy ? Y.createID(copy.source.client, copy.source.clock + source.clock - copy.clock) : source
  }

  /** Clocks of the characters of one's own copy that somebody with a smaller id has brought back as well. */
  private doublesOf({ clock, length, source }: Copy): number[] {
    const { doc } = this.ytext
    const first = doc && itemAt(doc, Y.createID(doc.clientID, clock))
    if (!doc || !first) return []
    return othersRuns(first, doc.clientID).flatMap((run) => {
      const from = Math.max(run.source.clock, source.clock)
      const to = Math.min(run.source.clock + run.text.length, source.clock + length)
      if (run.source.client !== source.client || from >= to) return []
      const own = lettersOf(doc, clock + from - source.clock, to - from)
      const theirs = run.text.slice(from - run.source.clock, to - run.source.clock)
      return [...own.values()].join("") === theirs ? [...own.keys()] : []
    })
  }

  private remove(clocks: number[]): void {
    const { doc } = this.ytext
    if (!doc) return
    const indices = [...new Set(clocks)].flatMap((clock) => this.indexOf(doc, clock)).sort((a, b) => b - a)
    doc.transact(() => {
      for (const { from, length } of runs(indices)) this.ytext.delete(from, length)
    }, DOUBLE)
  }

  private indexOf(doc: Y.Doc, clock: number): number[] {
    const place = Y.createRelativePositionFromJSON({ item: { client: doc.clientID, clock }, assoc: 0 })
    const found = Y.createAbsolutePositionFromRelativePosition(place, doc)
    return found?.type === this.ytext ? [found.index] : []
  }
}

/** Falling indices as runs, the last one first. Halves of one character stay together. */
function runs(indices: number[]): { from: number; length: number }[] {
  const list: { from: number; length: number }[] = []
  for (const index of indices) {
    const last = list.at(-1)
    if (last && last.from === index + 1) {
      last.from = index
      last.length++
    } else list.push({ from: index, length: 1 })
  }
  return list
}

/** Characters that one client wrote in front of one deleted character: a copy, if they are equal to it. */
interface Run {
  source: Y.ID
  text: string
}

/** Runs around `middle` of smaller clients, as far as all of their characters live. */
function othersRuns(middle: Y.Item, self: number): Run[] {
  const runs = new Map<string, Y.Item[]>()
  for (const item of neighbours(middle)) {
    if (item.id.client >= self || !item.rightOrigin) continue
    const key = `${item.id.client} ${item.rightOrigin.client} ${item.rightOrigin.clock}`
    runs.set(key, [...(runs.get(key) ?? []), item])
  }
  return [...runs.values()].flatMap((items) => {
    const source = items[0]?.rightOrigin
    if (!source || !items.every(isLetters)) return []
    const inOrder = items.filter(isLetters).sort((a, b) => a.id.clock - b.id.clock)
    return [{ source, text: inOrder.map(({ content }) => content.str).join("") }]
  })
}

function neighbours(middle: Y.Item): Y.Item[] {
  const found: Y.Item[] = []
  for (let [item, n] = [middle.left, 0]; item && n < NEIGHBOURHOOD; item = item.left, n++) found.push(item)
  for (let [item, n] = [middle.right, 0]; item && n < NEIGHBOURHOOD; item = item.right, n++) found.push(item)
  return found
}

/** The living characters of one's own, by clock. */
function lettersOf(doc: Y.Doc, from: number, length: number): Map<number, string> {
  const letters = new Map<number, string>()
  for (let clock = from; clock < from + length; ) {
    const item = itemAt(doc, Y.createID(doc.clientID, clock))
    if (!item) return letters
    const end = Math.min(from + length, item.id.clock + item.length)
    for (; clock < end; clock++) {
      if (isLetters(item)) letters.set(clock, item.content.str.charAt(clock - item.id.clock))
    }
  }
  return letters
}

function isLetters(item: Y.Item): item is Y.Item & { content: Y.ContentString } {
  return !item.deleted && item.content instanceof Y.ContentString
}

function itemAt(doc: Y.Doc, id: Y.ID): Y.Item | null {
  if (Y.getState(doc.store, id.client) <= id.clock) return null
  const found = Y.getItem(doc.store, id) as Y.Item | Y.GC
  return found instanceof Y.Item ? found : null
}
