/**
 * Which deleted characters were brought back, by whom, and of which of them there are two copies now.
 *
 * A copy that undo makes names the deleted original as its right neighbour (`rightOrigin`). What is typed or
 * pasted passes over deleted characters; so whatever comes in before one that is deleted already is a copy of
 * it, and with copies of copies the way back to the first original is known. Two copies are a double if they are
 * equal to the letter. Only who types the very same words before a word while another deletes it and brings it
 * back cannot be told from somebody who brought it back as well.
 *
 * What was there when the page was opened is taken as it is: then nobody can say what came first,
 * unless an earlier page in the same tab could (`recall`).
 */
import * as Y from "yjs"
import { beginningOf, isDeleted, isText, type Stretch, stretches } from "./yjs-items"

/** Characters that one client brought back: its ids from `clock` on stand for those from `source` on. */
export interface Copy {
  client: number
  clock: number
  length: number
  source: Y.ID
  /** False if it could be that only because of what was written at the same time in front of it. */
  sure: boolean
}

/** Letters that stand in the text twice. */
export interface Double {
  /** The same as long as the double is there. */
  id: string
  twins: Twin[]
}

/** One of these letters as an id of either copy. */
export interface Twin {
  kept: Y.ID
  double: Y.ID
  letter: string
}

/** Copies of the same characters. The smallest client's one stays, so that all agree without asking. */
export interface Couple {
  kept: Copy
  double: Copy
}

/** Copies that are looked after, the latest: more than anybody brings back while others do the same. */
const MAX_KEPT = 500
/** Letters that are not equal by chance. */
const CONVINCING = 3

export class Restored {
  private copies: Copy[] = []
  private couples: Couple[] = []

  /** Takes in what a transaction brought; `own`: whether it is this client's undo or redo. */
  note(transaction: Y.Transaction, own: boolean): void {
    const { doc, beforeState, afterState } = transaction
    if (!beforeState.size) return // the whole text has just come
    for (const [client, to] of afterState) {
      const from = beforeState.get(client) ?? 0
      if (client === doc.clientID && !own) continue
      for (const stretch of stretches(doc, Y.createID(client, from), to - from)) {
        if (isText(stretch.item)) this.add(transaction, stretch, from)
      }
    }
    this.copies = this.copies.slice(-MAX_KEPT)
  }

  /** The doubles that are there now, each in the order of the original. */
  doubles(doc: Y.Doc): Double[] {
    const found = this.couples.map((couple) => ({ couple, twins: twinsOf(doc, couple) }))
    const there = found.filter(({ twins }) => twins.length)
    this.couples = there.map(({ couple }) => couple) // what is deleted does not come back under the same ids
    return there.map(({ couple, twins }) => ({ id: idOf(couple), twins }))
  }

  /** What is looked after at the moment, for a later page. */
  get known(): readonly Couple[] {
    return this.couples
  }

  /** What an earlier page looked after. Its ids are the same as long as the copies stand there. */
  recall(couples: readonly Couple[]): void {
    this.couples.push(...couples)
    this.copies.push(...couples.flatMap(({ kept, double }) => [kept, double]))
  }

  private add({ doc, beforeState }: Y.Transaction, { item, from, to }: Stretch, earliest: number): void {
    const { id, rightOrigin } = item
    if (!rightOrigin || !isDeleted(doc, rightOrigin, 1)) return
    const beginning = beginningOf(doc, item, earliest)
    for (const start of new Set([beginning, from])) {
      const at = Y.createID(rightOrigin.client, rightOrigin.clock + from - start)
      const original = this.copyOf(at)
      const wasThere = at.clock < (beforeState.get(at.client) ?? 0)
      if ((!wasThere && !original) || !isDeleted(doc, at, to - from)) continue
      const source = original ? sourceOf(original, at) : at
      const copy = { client: id.client, clock: from, length: to - from, source, sure: start === beginning }
      for (const other of this.copies) {
        const own = other.client === copy.client && (!original || original.client === copy.client)
        if (!own && !meet(copy, other) && overlap(copy, other)) this.couples.push(coupleOf(copy, other))
      }
      this.copies.push(copy)
    }
  }

  private copyOf({ client, clock }: Y.ID): Copy | undefined {
    return this.copies.find(
      (copy) => copy.client === client && copy.clock <= clock && clock < copy.clock + copy.length,
    )
  }
}

/** Whether they are the same letters of the text, taken for copies in two ways. */
function meet(a: Copy, b: Copy): boolean {
  return a.client === b.client && a.clock < b.clock + b.length && b.clock < a.clock + a.length
}

/** Whether they stand for the same originals. */
function overlap(a: Copy, b: Copy): boolean {
  return (
    a.source.client === b.source.client &&
    a.source.clock < b.source.clock + b.length &&
    b.source.clock < a.source.clock + a.length
  )
}

function coupleOf(a: Copy, b: Copy): Couple {
  return a.client < b.client || (a.client === b.client && a.clock < b.clock)
    ? { kept: a, double: b }
    : { kept: b, double: a }
}

function idOf({ kept, double }: Couple): string {
  return `${kept.client}:${kept.clock} ${double.client}:${double.clock}`
}

/** What `id`, a character of the copy, is a copy of. */
function sourceOf({ clock, source }: Copy, id: Y.ID): Y.ID {
  return Y.createID(source.client, source.clock + id.clock - clock)
}

/** Letters that live in both copies; none if the copies differ in any of them. */
function twinsOf(doc: Y.Doc, { kept, double }: Couple): Twin[] {
  const from = Math.max(kept.source.clock, double.source.clock)
  const to = Math.min(kept.source.clock + kept.length, double.source.clock + double.length)
  const twins: Twin[] = []
  const ofKept = lettersOf(doc, kept)
  const ofDouble = lettersOf(doc, double)
  for (let clock = from; clock < to; clock++) {
    const letter = ofKept.get(clock)
    const other = ofDouble.get(clock)
    if (letter === undefined || other === undefined) continue
    if (letter !== other) return []
    twins.push({ kept: idIn(kept, clock), double: idIn(double, clock), letter })
  }
  return (kept.sure && double.sure) || twins.length >= CONVINCING ? twins : []
}

function idIn({ client, clock, source }: Copy, original: number): Y.ID {
  return Y.createID(client, clock + original - source.clock)
}

/** The living letters of a copy, by the clock of their original. */
function lettersOf(doc: Y.Doc, { client, clock, length, source }: Copy): Map<number, string> {
  const letters = new Map<number, string>()
  for (const { item, from, to } of stretches(doc, Y.createID(client, clock), length)) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue
    for (let at = from; at < to; at++) {
      letters.set(source.clock + at - clock, item.content.str.charAt(at - item.id.clock))
    }
  }
  return letters
}
