/**
 * A block has at most 20,000 characters: the server takes in no longer ones (`server/sync/wire/text_schema.py`).
 * What is pasted is cut into several blocks; whatever else would make a block too long does not happen, and a
 * line says so.
 */
import type { Node } from "prosemirror-model"
import { Plugin, type Transaction } from "prosemirror-state"
import { canSplit } from "prosemirror-transform"
import { element } from "../../dom"
import type { MakeFeature } from "../feature"
import { blockText } from "./positions"
import { isRemote } from "./transactions"

/** UTF-16 units. */
export const MAX_BLOCK = 20_000
/** Units before the limit in which a word boundary is looked for. */
const REACH = 1_000

/** Keeps blocks from becoming too long. `tell`: whether something was just kept from happening. */
export function blockLengthPlugin(tell: (refused: boolean) => void): Plugin {
  return new Plugin({
    filterTransaction(tr) {
      if (!tr.docChanged || isRemote(tr)) return true
      const refused = growsTooLong(tr.before, tr.doc)
      tell(refused)
      return !refused
    },
  })
}

export const blockLength: MakeFeature = ({ strings }) => {
  const panel = element("div", { class: "ke-block-full", role: "status", hidden: "" })
  const tell = (refused: boolean) => {
    if (panel.hidden === !refused) return
    panel.hidden = !refused
    panel.replaceChildren(...(refused ? [element("p", {}, strings.blockFull)] : []))
  }
  return { plugins: [blockLengthPlugin(tell)], panel }
}

/** A block that is too long already may be changed as long as it does not grow. */
function growsTooLong(before: Node, after: Node): boolean {
  const [old, now] = [new Set(before.children), new Set(after.children)]
  const longest = Math.max(0, ...after.children.filter((block) => !old.has(block)).map(lengthOf))
  if (longest <= MAX_BLOCK) return false
  return longest > Math.max(0, ...before.children.filter((block) => !now.has(block)).map(lengthOf))
}

/** Splits each block that the transaction made too long, at the end of a word. Nothing is left out. */
export function splitLongBlocks(tr: Transaction): Transaction {
  const known = new Set(tr.before.children)
  const cuts: number[] = []
  tr.doc.forEach((block, offset) => {
    if (known.has(block) || lengthOf(block) <= MAX_BLOCK) return
    const text = blockText(block)
    for (let at = 0; text.length - at > MAX_BLOCK; ) {
      at = cutBefore(text, at + MAX_BLOCK)
      cuts.push(offset + 1 + at)
    }
  })
  for (const pos of cuts.reverse()) if (canSplit(tr.doc, pos)) tr.split(pos)
  return tr
}

/** Where to cut at `limit` units or before: behind a gap, otherwise between two whole characters. */
function cutBefore(text: string, limit: number): number {
  for (let at = limit; at > limit - REACH; at--) if (/\s/.test(text.charAt(at - 1))) return at
  return /[\udc00-\udfff]/.test(text.charAt(limit)) ? limit - 1 : limit
}

function lengthOf(block: Node): number {
  return block.content.size
}
