/** Line numbers beside the text, on demand: those of the newest Fassung, or of the text itself before the first. */
import type { Node } from "prosemirror-model"
import { type EditorState, Plugin, PluginKey } from "prosemirror-state"
import { Decoration, DecorationSet, type EditorView } from "prosemirror-view"
import { element } from "../../dom"
import type { Strings } from "../../strings"
import type { Tool } from "../feature"
import { BREAK } from "../text/codec"
import { numberLines, type PlacedLine, placeLines } from "./placing"

/** `revision` 0: nothing is fixed yet. */
export interface FixedText {
  revision: number
  blocks: readonly string[]
}

/** Asked once, when the numbers are first wanted. */
export type LoadFixedText = () => Promise<FixedText>

/** Milliseconds without a change until what was written since is looked through again. */
const REST = 500
const EVERY = 5
const key = new PluginKey<Shown>("kraftakt-lines")

interface Shown {
  on: boolean
  fixed: FixedText | null
  wanted: number
  set: DecorationSet
}

type Change = Partial<Pick<Shown, "on" | "fixed" | "wanted">>

/** The numbers, and the button that shows them. */
export function lineNumbers(view: EditorView, strings: Strings, load: LoadFixedText) {
  const tool: Tool = {
    label: strings.lineNumbers,
    icon: "M4 5h2v4H4V5zm0 6h2v1.5L4 15h2v1H3v-1l1.7-2H3v-1zm5-5h12v2H9V6zm0 5h12v2H9v-2zm0 5h12v2H9v-2z",
    pressed: isShown,
    run: (state) => {
      void showLines(view, !isShown(state), load)
      return true
    },
  }
  return { plugins: [linesPlugin()], tools: [{ name: "lines", tools: [tool] }] }
}

/** `wanted`: a number that is shown even where only each fifth is. */
export async function showLines(
  view: EditorView,
  on: boolean,
  load: LoadFixedText,
  wanted = 0,
): Promise<void> {
  const fixed = on ? (key.getState(view.state)?.fixed ?? (await load())) : null
  view.dispatch(view.state.tr.setMeta(key, { on, wanted, ...(fixed ? { fixed } : {}) } satisfies Change))
}

/** Of the text that the numbers belong to. */
export function countLines(state: EditorState): number {
  const { fixed } = key.getState(state) ?? {}
  const texts = fixed?.revision ? fixed.blocks : state.doc.children.map((block) => settledText(block).text)
  return numberLines(texts).length
}

function isShown(state: EditorState): boolean {
  return key.getState(state)?.on ?? false
}

function linesPlugin(): Plugin<Shown> {
  return new Plugin<Shown>({
    key,
    state: {
      init: () => ({ on: false, fixed: null, wanted: 0, set: DecorationSet.empty }),
      apply(tr, shown, _, { doc }) {
        const change = tr.getMeta(key) as Change | undefined
        if (!change) return tr.docChanged ? { ...shown, set: shown.set.map(tr.mapping, doc) } : shown
        const next = { ...shown, ...change }
        return { ...next, set: next.on ? decorate(doc, next) : DecorationSet.empty }
      },
    },
    props: { decorations: (state) => key.getState(state)?.set },
    view: () => resting(),
  })
}

/** Looks through the text again when nobody writes. */
function resting(): { update(view: EditorView, before: EditorState): void; destroy(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    update(view, before) {
      if (!isShown(view.state) || view.state.doc.eq(before.doc)) return
      clearTimeout(timer)
      timer = setTimeout(() => view.dispatch(view.state.tr.setMeta(key, {})), REST)
    },
    destroy: () => clearTimeout(timer),
  }
}

function decorate(doc: Node, { fixed, wanted }: Shown): DecorationSet {
  const blocks = doc.children.map(settledText)
  const texts = blocks.map(({ text }) => text)
  const placed = fixed?.revision ? placeLines(fixed.blocks, texts) : numberLines(texts)
  const starts: number[] = []
  doc.forEach((_, at) => {
    starts.push(at + 1)
  })
  const shown = placed.filter(({ number }) => number % EVERY === 0 || number === wanted)
  return DecorationSet.create(
    doc,
    shown.map((line) =>
      widget(
        (starts[line.block] ?? 0) + (blocks[line.block]?.place(line.offset) ?? 0),
        line,
        line.number === wanted,
      ),
    ),
  )
}

function widget(at: number, { number }: PlacedLine, here: boolean): Decoration {
  const dom = (): HTMLElement =>
    element("i", {
      class: "ke-line",
      "data-line": String(number),
      ...(here ? { "data-here": "" } : {}),
      "aria-hidden": "true",
      contenteditable: "false",
    })
  return Decoration.widget(at, dom, {
    side: 1,
    key: `line-${number}-${here}`,
    ignoreSelection: true,
    marks: [],
  })
}

/** The words without what is only proposed, and where each of its places stands in the block. */
function settledText(block: Node): { text: string; place(offset: number): number } {
  let text = ""
  const parts: { from: number; at: number }[] = []
  block.forEach((inline, at) => {
    if (inline.marks.some(({ type }) => type.name === "insertion")) return
    parts.push({ from: text.length, at })
    text += inline.text ?? BREAK
  })
  return {
    text,
    place(offset) {
      const part = parts.findLast(({ from }) => from <= offset)
      return part ? part.at + offset - part.from : 0
    },
  }
}
