/** Words composed in several steps, as phones and input methods do, and what others write meanwhile. */
import { splitBlock } from "prosemirror-commands"
import { expect, test } from "vitest"
import { schema } from "../src/editor/text/schema"
import { type Peer, pair, sync } from "./support/peer"

const TEXT = [
  { insert: "vorher nachher" },
  { insert: "\n", attributes: { b: "clause:1" } },
  { insert: "Drei" },
  { insert: "\n", attributes: { b: "paragraph:0" } },
]
const AUTHOR = { person: 1, municipality: "Offenburg" }

function suggesting(): [Peer, Peer] {
  const [a, b] = pair(TEXT)
  let count = 0
  a.binding.proposing = { author: AUTHOR, newId: () => `a${++count}`, now: () => 5 }
  return [a, b]
}

function compose(peer: Peer, ...words: string[]): void {
  const { from } = peer.state.selection
  let { to } = peer.state.selection
  for (const word of words) {
    const tr = peer.state.tr.insertText(word, from, to)
    peer.dispatch(tr.setMeta("composition", 1))
    to = from + word.length
    peer.select(to)
  }
}

/** {+proposed+} {-struck-}, a paragraph's end as ¶. */
function marked(peer: Peer): string {
  return (peer.ytext.toDelta() as { insert: string; attributes?: Record<string, unknown> }[])
    .map(({ insert, attributes = {} }) => {
      const keys = Object.keys(attributes).map((key) => key.slice(0, 4))
      const text = insert.replaceAll("\n", "¶")
      if (keys.includes("ins:")) return `{+${text}+}`
      return keys.includes("del:") ? `{-${text}-}` : text
    })
    .join("")
    .replaceAll("+}{+", "") // a paragraph's end has attributes of its own
}

test("a word that is composed while suggesting is one suggestion", () => {
  const [a, b] = suggesting()
  a.select(a.find("nachher"))
  compose(a, "s", "sc", "schö", "schön")
  a.binding.settle()
  sync(a, b)
  expect(marked(b)).toBe("vorher {+schön+}nachher¶Drei¶")
  expect(a.shown()).toBe(a.held())
})

test("a word composed over a selection strikes that out and is proposed beside it", () => {
  const [a] = suggesting()
  a.select(a.find("vorher"), a.find("vorher", 6))
  compose(a, "z", "zuvor")
  a.binding.settle()
  a.type("!")
  expect(marked(a)).toBe("{+zuvor!+}{-vorher-} nachher¶Drei¶")
})

test("what others write meanwhile stays, before and behind the word", () => {
  const [a, b] = suggesting()
  a.select(a.find("nachher"))
  compose(a, "s", "sch")
  b.select(b.find("vorher"))
  b.type("XX")
  b.select(b.find("Drei"))
  b.type("YY")
  sync(a, b)
  compose(a, "schön")
  a.binding.settle()
  sync(a, b)
  expect(marked(b)).toMatch(/^XXvorher \{\+.*sch.*\+\}nachher¶YYDrei¶$/)
  expect(a.shown()).toBe(b.held())
})

test("Enter at a block's end while suggesting: what is typed next stands in the new block", () => {
  const [a] = suggesting()
  a.select(a.find("nachher", 7))
  a.run(splitBlock)
  a.type("neu")
  expect(marked(a)).toBe("vorher nachher¶{+neu¶+}Drei¶")
})

test("a word dragged elsewhere while suggesting is struck here and proposed there", () => {
  const [a] = suggesting()
  a.select(a.find("vorher"), a.find("vorher", 7))
  const tr = a.state.tr.deleteSelection()
  a.dispatch(tr.insert(tr.mapping.map(a.find("Drei")), schema.text("vorher ")))
  expect(marked(a)).toBe("{-vorher -}nachher¶{+vorher +}Drei¶")
})

test("a word composed inside somebody's proposal is plain, and the proposal stays open", () => {
  const [a, b] = pair([
    { insert: "ab" },
    { insert: "cd", attributes: { "ins:b": "2|Lahr|5" } },
    ...TEXT.slice(1),
  ])
  const from = a.find("d")
  a.dispatch(a.state.tr.replaceWith(from - 1, from + 1, schema.text("cxd")).setMeta("composition", 1))
  a.binding.settle()
  sync(a, b)
  expect(marked(b)).toBe("ab{+c+}x{+d+}¶Drei¶")
  expect(a.shown()).toBe(a.held())
})
