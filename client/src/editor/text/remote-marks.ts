/** Attributes and marks of one block whose text is already right. */
import type { Mark, Node } from "prosemirror-model"
import type { Transaction } from "prosemirror-state"
import { diffAttrs } from "./codec"
import { blockAttrs } from "./schema"

/** Adds the steps that give the block at `pos` the attributes and marks of `want`. Both have the same text. */
export function fixBlock(tr: Transaction, pos: number, have: Node, want: Node): void {
  fixBlockAttrs(tr, pos, have, want)
  for (const stretch of stretches(have, want)) {
    const from = pos + 1 + stretch.from
    const to = pos + 1 + stretch.to
    for (const mark of stretch.have) if (!mark.isInSet(stretch.want)) tr.removeMark(from, to, mark)
    for (const mark of stretch.want) if (!mark.isInSet(stretch.have)) tr.addMark(from, to, mark)
  }
}

function fixBlockAttrs(tr: Transaction, pos: number, have: Node, want: Node): void {
  const [old, now] = [blockAttrs(have), blockAttrs(want)]
  if (old.kind !== now.kind) tr.setNodeAttribute(pos, "kind", now.kind)
  if (old.level !== now.level) tr.setNodeAttribute(pos, "level", now.level)
  if (diffAttrs(old.sug, now.sug)) tr.setNodeAttribute(pos, "sug", now.sug)
}

interface Stretch {
  from: number
  to: number
  have: readonly Mark[]
  want: readonly Mark[]
}

/** Stretches of the block within which the marks of both sides stay the same. */
function* stretches(have: Node, want: Node): Generator<Stretch> {
  let from = 0
  let [i, j] = [0, 0]
  let [haveEnd, wantEnd] = [0, 0]
  while (i < have.childCount && j < want.childCount) {
    const [a, b] = [have.child(i), want.child(j)]
    const to = Math.min(haveEnd + a.nodeSize, wantEnd + b.nodeSize)
    yield { from, to, have: a.marks, want: b.marks }
    from = to
    if (to === haveEnd + a.nodeSize) {
      haveEnd = to
      i++
    }
    if (to === wantEnd + b.nodeSize) {
      wantEnd = to
      j++
    }
  }
}
