// @vitest-environment jsdom
import { DOMParser as ProseMirrorParser } from "prosemirror-model"
import { EditorState, TextSelection } from "prosemirror-state"
import { expect, test } from "vitest"
import { asProposed, copiedText, ListSerializer } from "../src/editor/clipboard/copy"
import { pasteIntoEmpty } from "../src/editor/clipboard/feature"
import { toBlocks } from "../src/editor/text/projection"
import { type Kind, schema } from "../src/editor/text/schema"

type Block = [text: string, kind: Kind, level: number]

function state(blocks: Block[], from: number, to = from): EditorState {
  const nodes = blocks.map(([text, kind, level]) =>
    schema.node("block", { kind, level, sug: {} }, text ? [schema.text(text)] : []),
  )
  const doc = schema.node("doc", null, nodes)
  return EditorState.create({ doc, selection: TextSelection.create(doc, from, to) })
}

const LIST: Block[] = [
  ["a", "clause", 1],
  ["b", "clause", 1],
  ["c", "clause", 2],
  ["d", "bullet", 1],
  ["e", "paragraph", 0],
]

function html(now: EditorState): string {
  const place = document.createElement("div")
  place.append(new ListSerializer(() => now).serializeFragment(now.selection.content().content, { document }))
  return place.innerHTML
}

test("clauses are copied with their numbers, as text and as lists, and come back as they were", () => {
  const now = state(LIST, 4, 15)
  expect(copiedText(now.selection.content(), now)).toBe("2. b\n\na) c\n\n– d\n\ne")
  const copied = html(now)
  expect(copied.replaceAll(/ data-[a-z]+="[^"]*"/g, "")).toBe(
    '<ol start="2"><li>b<ol type="a"><li>c</li></ol></li></ol><ul><li>d</li></ul><p>e</p>',
  )
  const page = new DOMParser().parseFromString(copied, "text/html")
  const back = toBlocks(ProseMirrorParser.fromSchema(schema).parse(page.body))
  expect(back.map(({ kind, level }) => `${kind}:${level}`)).toEqual([
    ...["clause:1", "clause:2", "bullet:1", "paragraph:0"],
  ])
})

test("a few words of a clause are only words", () => {
  const now = state([["abc", "clause", 1]], 2, 3)
  expect(copiedText(now.selection.content(), now)).toBe("b")
  expect(html(now)).toBe("<p>b</p>")
})

test("a passage is copied as it is proposed, and a struck one alone as it stands", () => {
  const [ins, del] = ["insertion", "deletion"].map((name) => schema.mark(name, { id: "1", by: "2|Lahr|5" }))
  const words = [schema.text("alt", [del as never]), schema.text("neu", [ins as never]), schema.text(" Netz")]
  const doc = schema.node("doc", null, schema.node("block", { sug: { "ins:1": "x" } }, words))
  const shown = (to: number) =>
    JSON.stringify(toBlocks(schema.node("doc", null, asProposed(doc.slice(0, to)).content)))
  expect(shown(12)).toBe('[{"kind":"paragraph","level":0,"sug":{},"runs":[{"t":"neu Netz","m":{}}]}]')
  expect(shown(4)).toContain('"t":"alt","m":{}')
})

test("a list pasted into an empty paragraph keeps its first item's kind, in an empty clause a paragraph does not", () => {
  const source = state(LIST, 1, 6).selection.content()
  let now = state(
    [
      ["x", "paragraph", 0],
      ["", "paragraph", 0],
    ],
    4,
  )
  const view = {
    get state() {
      return now
    },
    dispatch: (tr: import("prosemirror-state").Transaction) => {
      now = now.apply(tr)
    },
  }
  expect(pasteIntoEmpty(view, source)).toBe(true)
  expect(toBlocks(now.doc).map(({ kind, runs }) => kind + (runs[0]?.t ?? ""))).toEqual([
    ...["paragraphx", "clausea", "clauseb"],
  ])
  expect(now.selection.$head.parent.textContent).toBe("b")
  now = state([["", "clause", 1]], 1)
  expect(pasteIntoEmpty(view, state(LIST, 13, 14).selection.content())).toBe(false)
})
