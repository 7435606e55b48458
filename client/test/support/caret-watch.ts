/**
 * Watches a peer's caret while a remote edit arrives.
 *
 * A character counts as the same only if it is the same item of Yjs: one that was deleted and brought back
 * within one delivery (a resync brings many edits at once) is a new one, at whichever side of the caret.
 */
import * as Y from "yjs"
import type { Peer } from "./peer"

interface Surroundings {
  /** Characters before and after the caret. */
  before: string[]
  after: string[]
  left: string | undefined
  right: string | undefined
  ids: Map<string, string>
  startsSelection: boolean
}

export class CaretWatch {
  checked = 0
  readonly moved: string[] = []

  around(peer: Peer, deliver: () => void): void {
    const was = surroundings(peer)
    deliver()
    const is = surroundings(peer)
    const same = (char: string | undefined) => char !== undefined && was.ids.get(char) === is.ids.get(char)
    if (!same(was.left) && !same(was.right)) return // everything beside the caret was deleted
    this.checked++
    if (!keepsNeighbour(was, is, same) || passedOver(was, is, same))
      this.moved.push(`${was.left}|${was.right}`)
  }
}

/**
 * A caret stays behind the character on its left, the start of a selection before the one on its right; when
 * that one is gone, with the other.
 */
function keepsNeighbour(was: Surroundings, is: Surroundings, same: (char?: string) => boolean): boolean {
  const [left, right] = [was.left === is.left, was.right === is.right]
  if (was.startsSelection) return same(was.right) ? right : left || right
  return same(was.left) ? left : left || right
}

/** Whether a character that is still there changed from one side of the caret to the other. */
function passedOver(was: Surroundings, is: Surroundings, same: (char: string) => boolean): boolean {
  const [before, after] = [new Set(is.before), new Set(is.after)]
  return (
    was.before.some((char) => same(char) && !before.has(char)) ||
    was.after.some((char) => same(char) && !after.has(char))
  )
}

function surroundings(peer: Peer): Surroundings {
  const { $head, head, from, empty } = peer.state.selection
  const { pm } = peer
  return {
    before: [...pm.textBetween(0, $head.pos)],
    after: [...pm.textBetween($head.pos, pm.content.size)],
    left: [...($head.nodeBefore?.text ?? "")].at(-1),
    right: [...($head.nodeAfter?.text ?? "")][0],
    ids: charIds(peer.ytext),
    startsSelection: !empty && head === from,
  }
}

/** The Yjs id of every character that is there; of one that stands there twice for a while, both. */
function charIds(ytext: Y.Text): Map<string, string> {
  const ids = new Map<string, string>()
  for (let item = ytext._start; item; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue
    let clock = item.id.clock
    for (const char of item.content.str) {
      const [id, twin] = [`${item.id.client}:${clock}`, ids.get(char)]
      ids.set(char, twin ? `${twin} ${id}` : id)
      clock += char.length
    }
  }
  return ids
}
