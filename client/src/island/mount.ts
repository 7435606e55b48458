/** Puts the editor into the page: view, toolbar, and the features it is given. Knows none of them, nor the wire. */
import { EditorState, Plugin } from "prosemirror-state"
import { EditorView } from "prosemirror-view"
import type { Text } from "yjs"
import { element } from "../dom"
import { keepCaretInSight } from "../editor/carets/in-sight"
import { inputRulesPlugins } from "../editor/controls/input-rules"
import { keymapPlugin } from "../editor/controls/keymap"
import { Toolbar } from "../editor/controls/toolbar"
import type { EditorFeature, Keys, MakeFeature } from "../editor/feature"
import { Margin } from "../editor/margin/margin"
import { marginPlugin } from "../editor/margin/plugin"
import { Sight } from "../editor/margin/sight"
import { YTextBinding } from "../editor/text/binding"
import { normalizePlugin } from "../editor/text/normalize"
import { plainText } from "../editor/text/plain-text"
import { toIndex } from "../editor/text/positions"
import { UndoHistory } from "../editor/text/undo"
import { mayWrite, NO_RIGHTS, type RoomRights, sameRights } from "../rights"
import type { Strings } from "../strings"
import { followWidth } from "../width"

export interface MountedEditor {
  dom: HTMLElement
  /** The element that is written in. */
  text: HTMLElement
  plainText(): string
  /** The block that holds the caret, with its line feed: indices of the Y.Text. */
  block(): { from: number; to: number }
  /** Whether what is being composed is written only once it is done. */
  readonly defers: boolean
  /** What is being composed counts as it is now. */
  settle(): void
  /** What one may do now; nothing before the first call. */
  setRights(rights: RoomRights): void
  /** The server's text is there. */
  synced(): void
}

/** Where the parts of the editor stand on the page, which has room for them from the start. */
export interface Places {
  /** The row of tools, below the bar. */
  tools: HTMLElement
  /** In the bar: how one writes, and how many points are open. */
  mode: HTMLElement
  count: HTMLElement
  /** Beside the text. */
  cards: HTMLElement
}

export interface MountOptions {
  strings: Strings
  places: Places
  /** Of the text: for spell checkers and screen readers. German where nothing is said. */
  language?: string
  direction?: "ltr" | "rtl"
  /** Address of the page of what was decided; none in tests. */
  decisions?: string
  features: readonly MakeFeature[]
}

export function mountEditor(
  ytext: Text,
  { strings, places, language = "de", direction = "ltr", decisions, features: make }: MountOptions,
): MountedEditor {
  const binding = new YTextBinding(ytext)
  const history = new UndoHistory(binding)
  let rights = NO_RIGHTS
  const place = element("div", { class: "ke-paper" })
  const help = element("p", { id: "editor-help", class: "ke-visually-hidden" }, strings.editorHelp)
  const dom = element("div", { class: "ke-editor", "data-mode": "edit" }, help, place)
  const sight = new Sight()
  const view: EditorView = new EditorView(place, {
    state: EditorState.create({ doc: binding.doc }),
    dispatchTransaction: binding.dispatch,
    editable: () => mayWrite(rights),
    attributes: () => ({ ...textAttributes(strings, mayWrite(rights)), lang: language, dir: direction }),
    scrollMargin: sight.margins,
    scrollThreshold: sight.margins,
    handleScrollToSelection: keepCaretInSight(),
  })
  const margin = new Margin(view, strings, sight, places.cards, decisions)
  const features = make.map((each) =>
    each({ view, binding, history, strings, frame: dom, cards: margin, sight }),
  )
  const toolbar = new Toolbar(view, strings, all(features, "tools"), places.mode)
  view.updateState(view.state.reconfigure({ plugins: pluginsOf(features, toolbar, margin) }))
  binding.attach(view)
  margin.begin(features.flatMap(({ cards }) => cards ?? []))
  followWidth((narrow) => toolbar.setNarrow(narrow))
  for (const each of [toolbar.dom, places.mode]) each.hidden = true
  places.tools.append(toolbar.dom, ...features.flatMap(({ panel }) => panel ?? []))
  places.count.append(margin.counter.dom, margin.points.dom)
  dom.append(margin.status, ...features.flatMap(({ dialog }) => dialog ?? []))
  return {
    dom,
    text: view.dom,
    plainText: () => plainText(view.state.doc),
    block() {
      const { doc, selection } = view.state
      return { from: toIndex(doc, selection.$head.start()), to: toIndex(doc, selection.$head.end()) }
    },
    get defers() {
      return binding.proposing !== null
    },
    settle: () => binding.settle(),
    synced() {
      for (const feature of features) feature.synced?.()
    },
    setRights(now) {
      if (sameRights(now, rights)) return
      rights = now
      for (const each of [toolbar.dom, places.mode]) each.hidden = !mayWrite(now)
      for (const feature of features) feature.setRights?.(now)
      toolbar.setRights(now)
      view.setProps({}) // asks `editable` again
    },
  }
}

function pluginsOf(features: readonly EditorFeature[], toolbar: Toolbar, margin: Margin): Plugin[] {
  const toToolbar: Keys = { "Alt-F10": () => toolbar.focus() }
  return [
    normalizePlugin(),
    ...inputRulesPlugins(),
    keymapPlugin(
      [...features.map(({ keys }) => keys ?? {}), toToolbar],
      features.flatMap(({ pageKeys }) => pageKeys ?? []),
    ),
    marginPlugin(margin),
    ...all(features, "plugins"),
    following((state) => toolbar.update(state)),
  ]
}

function all<K extends "plugins" | "tools">(
  features: readonly EditorFeature[],
  what: K,
): NonNullable<EditorFeature[K]>[number][] {
  return features.flatMap((feature) => [...(feature[what] ?? [])])
}

/** Calls at every change of the view, whoever caused it. */
function following(call: (state: EditorState) => void): Plugin {
  return new Plugin({ view: () => ({ update: ({ state }) => call(state) }) })
}

function textAttributes(strings: Strings, editable: boolean): Record<string, string> {
  return {
    role: "textbox",
    "aria-multiline": "true",
    "aria-label": strings.editorLabel,
    "aria-describedby": "editor-help",
    "aria-readonly": String(!editable),
    class: "ke-editor__text",
    spellcheck: "true",
    ...(editable ? {} : { tabindex: "0" }),
  }
}
