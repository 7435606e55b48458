/** Reads the items of which a Yjs document consists: each holds some characters of one client, living or not. */
import * as Y from "yjs"

/** Whether all these characters are there no more. */
export function isDeleted(doc: Y.Doc, id: Y.ID, length: number): boolean {
  let end = id.clock
  for (const { item, to } of stretches(doc, id, length)) {
    if (!item.deleted) return false
    end = to
  }
  return end === id.clock + length
}

/** The clocks `from` up to `to` of an item. */
export interface Stretch {
  item: Y.Item
  from: number
  to: number
}

/** The items that hold a client's ids. */
export function* stretches(doc: Y.Doc, { client, clock }: Y.ID, length: number): Generator<Stretch> {
  for (let from = clock; from < clock + length; ) {
    const item = itemAt(doc, Y.createID(client, from))
    if (!item) return
    const to = Math.min(clock + length, item.id.clock + item.length)
    yield { item, from, to }
    from = to
  }
}

/**
 * The clock at which the item was written, not before `from`: later deletions may have cut what was written at
 * once into several items.
 */
export function beginningOf(doc: Y.Doc, { id, origin, rightOrigin }: Y.Item, from: number): number {
  let [clock, left] = [id.clock, origin]
  while (left?.client === id.client && left.clock === clock - 1 && left.clock >= from) {
    const before = itemAt(doc, left)
    if (!before || !Y.compareIDs(before.rightOrigin, rightOrigin)) break
    clock = before.id.clock
    left = before.origin
  }
  return Math.max(clock, from)
}

/** Letters, living or not. */
export function isText({ content }: Y.Item): boolean {
  return content instanceof Y.ContentString || content instanceof Y.ContentDeleted
}

function itemAt(doc: Y.Doc, id: Y.ID): Y.Item | null {
  if (Y.getState(doc.store, id.client) <= id.clock) return null
  const found = Y.getItem(doc.store, id) as Y.Item | Y.GC
  return found instanceof Y.Item ? found : null
}
