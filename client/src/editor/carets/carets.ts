/**
 * Where the others are: their carets with a name, their selections tinted.
 *
 * This file knows nothing of the wire: whoever mounts the editor hands in a `CaretSource`.
 */
import { type EditorState, Plugin, PluginKey } from "prosemirror-state"
import { Decoration, DecorationSet, type EditorView } from "prosemirror-view"
import { compareRelativePositions } from "yjs"
import { element } from "../../dom"
import type { YTextBinding } from "../text/binding"
import { isRemote } from "../text/transactions"
import { type Anchors, anchorsOf, toAbsolute } from "./anchors"
import { bringIntoSight, type Following } from "./following"

/** Colours in `styles/editor/tokens.css`; each has enough contrast against paper. */
export const PALETTE_SIZE = 8

export interface RemoteCaret {
  client: number
  person: number
  name: string
  municipality: string
  at: Anchors
}

export interface CaretSource {
  others(): RemoteCaret[]
  publish(at: Anchors | null): void
  /** Calls at every change of the others. Returns how to end that. */
  subscribe(listener: () => void): () => void
}

/** The same municipality has the same colour everywhere and always; "" is the coordination. */
export function paletteOf(municipality: string): number {
  let sum = 3
  for (const letter of municipality) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521
  return sum % PALETTE_SIZE
}

const key = new PluginKey<DecorationSet>("kraftakt-carets")

/** `coordination`: what is written at the carets of whoever speaks for no municipality. */
export function caretsPlugin(
  binding: YTextBinding,
  source: CaretSource,
  coordination: string,
  following: Following,
): Plugin<DecorationSet> {
  const named = () =>
    source.others().map((caret) => ({ ...caret, label: caret.municipality || coordination }))
  const build = (state: EditorState) =>
    DecorationSet.create(
      state.doc,
      named().flatMap((caret) => caretDecorations(binding, state, caret)),
    )
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: (_config, state) => build(state),
      apply: (tr, set, _old, state) => {
        if (tr.getMeta(key) || isRemote(tr)) return build(state)
        return tr.docChanged ? set.map(tr.mapping, tr.doc) : set
      },
    },
    props: { decorations: (state) => key.getState(state) },
    view: (view) => publishing(view, binding, source, following),
  })
}

function publishing(view: EditorView, binding: YTextBinding, source: CaretSource, following: Following) {
  const lookAfter = () => {
    const caret = source.others().find(({ person }) => person === following.followed?.person)
    const pos = caret && toAbsolute(binding.ytext, view.state.doc, caret.at.head)
    if (typeof pos === "number") bringIntoSight(view.coordsAtPos(pos).top)
  }
  const end = source.subscribe(() => {
    if (view.isDestroyed) return
    view.dispatch(view.state.tr.setMeta(key, true))
    lookAfter()
  })
  following.onChange(lookAfter)
  const leave = () => following.follow(null)
  for (const event of ["keydown", "pointerdown"]) view.dom.addEventListener(event, leave)
  const { publish, destroy } = publisher(view, binding, source)
  for (const event of ["focus", "blur"]) view.dom.addEventListener(event, publish)
  return {
    update: (_view: EditorView, old: EditorState) => {
      if (old.doc !== view.state.doc || !old.selection.eq(view.state.selection)) publish()
    },
    destroy: () => {
      for (const event of ["focus", "blur"]) view.dom.removeEventListener(event, publish)
      for (const event of ["keydown", "pointerdown"]) view.dom.removeEventListener(event, leave)
      destroy()
      end()
    },
  }
}

/** Milliseconds; the others need not see each key at once, and the writer's next key must not wait. */
const PUBLISH_AFTER = 50

/** Publishes where the selection is, unless the others know already: their edits do not move an anchor. */
function publisher(view: EditorView, binding: YTextBinding, source: CaretSource) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let known: Anchors | null = null
  const send = () => {
    timer = undefined
    if (view.isDestroyed) return
    const at = view.hasFocus() ? anchorsOf(binding.ytext, view.state.doc, view.state.selection) : null
    if (isSame(at, known)) return
    known = at
    source.publish(at)
  }
  return {
    publish: () => {
      timer ??= setTimeout(send, PUBLISH_AFTER)
    },
    destroy: () => clearTimeout(timer),
  }
}

function isSame(a: Anchors | null, b: Anchors | null): boolean {
  if (!a || !b) return a === b
  return compareRelativePositions(a.anchor, b.anchor) && compareRelativePositions(a.head, b.head)
}

interface NamedCaret extends RemoteCaret {
  label: string
}

function caretDecorations(binding: YTextBinding, state: EditorState, caret: NamedCaret): Decoration[] {
  const { at } = caret
  const head = toAbsolute(binding.ytext, state.doc, at.head) // counts through the text: mostly once is enough
  const isCaret = compareRelativePositions(at.anchor, at.head)
  const anchor = isCaret ? head : toAbsolute(binding.ytext, state.doc, at.anchor)
  if (anchor === null || head === null) return [] // written by an update that is still on its way
  const from = Math.min(anchor, head)
  const to = Math.min(Math.max(anchor, head), state.doc.content.size)
  const palette = String(paletteOf(caret.municipality))
  const flag = Decoration.widget(head, () => caretDom(caret, palette), {
    side: 10,
    key: `${caret.client}:${head}:${caret.label}`,
    ignoreSelection: true,
  })
  if (from === to) return [flag]
  return [flag, Decoration.inline(from, to, { class: "ke-selection", "data-palette": palette })]
}

/** Municipalities speak, not persons. Not read out: who is here stands in the list of people. */
function caretDom({ label }: NamedCaret, palette: string): HTMLElement {
  const flag = element("span", { class: "ke-caret__name" }, label)
  return element("span", { class: "ke-caret", "data-palette": palette, "aria-hidden": "true" }, flag)
}
