/** Puts the editor into the page: view, plugins, toolbar, dialog. Knows the wire only as a source of carets. */
import { EditorState, Plugin } from "prosemirror-state"
import { EditorView } from "prosemirror-view"
import type { Text } from "yjs"
import { element, setAttribute } from "../dom"
import { type CaretSource, caretsPlugin } from "../editor/carets/carets"
import { inputRulesPlugin } from "../editor/controls/input-rules"
import { keymapPlugin } from "../editor/controls/keymap"
import { LinkDialog } from "../editor/controls/link-dialog"
import { cleanPastedHtml } from "../editor/controls/paste"
import { Toolbar } from "../editor/controls/toolbar"
import { Doubled, type DoubledOptions } from "../editor/doubles/doubled"
import { Suggesting, type SuggestingOptions } from "../editor/suggestions/suggestion-panel"
import { YTextBinding } from "../editor/text/binding"
import { normalizePlugin } from "../editor/text/normalize"
import { numberingPlugin } from "../editor/text/numbering"
import { plainText } from "../editor/text/plain-text"
import { toIndex } from "../editor/text/positions"
import { UndoHistory } from "../editor/text/undo"
import type { Strings } from "../strings"

export interface MountedEditor {
  dom: HTMLElement
  /** The element that is written in. */
  text: HTMLElement
  suggesting: Suggesting
  plainText(): string
  /** The block that holds the caret, with its line feed: indices of the Y.Text. */
  block(): { from: number; to: number }
  setEditable(editable: boolean): void
  /** The server's text is there. */
  synced(): void
}

export interface MountOptions {
  carets: CaretSource
  strings: Strings
  /** Stands beside the toolbar, in sight. */
  status: HTMLElement
  suggestions: SuggestingOptions
  doubled: DoubledOptions
}

export function mountEditor(
  ytext: Text,
  { carets, strings, status, suggestions, doubled }: MountOptions,
): MountedEditor {
  const binding = new YTextBinding(ytext)
  const history = new UndoHistory(binding)
  let editable = false
  const plugins = [
    normalizePlugin(),
    inputRulesPlugin(),
    keymapPlugin({
      undo: history.undo,
      redo: history.redo,
      editLink: () => dialog.open(),
      focusToolbar: () => toolbar.focus(),
      toggleSuggesting: () => suggesting.toggle(),
    }),
    numberingPlugin({ clause: strings.clauseName, bullet: strings.bulletName }),
    caretsPlugin(binding, carets),
    following((state, old) => {
      toolbar.update(state)
      setAttribute(dom, "data-mode", suggesting.on ? "suggest" : "edit")
      if (state.doc !== old.doc) suggesting.changed()
    }),
  ]
  const place = element("div", { class: "ke-editor__paper" })
  const help = element("p", { id: "editor-help", class: "ke-visually-hidden" }, strings.editorHelp)
  const head = element("div", { class: "ke-editor__head" })
  const dom = element("div", { class: "ke-editor", "data-mode": "edit" }, head, help, place)
  const view: EditorView = new EditorView(place, {
    state: EditorState.create({ doc: binding.doc, plugins }),
    dispatchTransaction: binding.dispatch,
    editable: () => editable,
    transformPastedHTML: cleanPastedHtml,
    attributes: () => textAttributes(strings, editable),
  })
  const suggesting = new Suggesting(view, binding, suggestions)
  const toolbar = new Toolbar(view, strings, { editLink: () => void dialog.open(), history, suggesting })
  const dialog = new LinkDialog(view, strings)
  const twice = new Doubled(view, binding, history, doubled)
  binding.attach(view)
  speakMarks(place, strings)
  toolbar.dom.hidden = true
  head.append(toolbar.dom, status, twice.dom)
  dom.append(dialog.dom)
  return {
    dom,
    text: view.dom,
    suggesting,
    plainText: () => plainText(view.state.doc),
    block() {
      const { doc, selection } = view.state
      return { from: toIndex(doc, selection.$head.start()), to: toIndex(doc, selection.$head.end()) }
    },
    synced: () => twice.recall(),
    setEditable(now) {
      if (now === editable) return
      editable = now
      toolbar.dom.hidden = !now
      suggesting.setEditable(now)
      twice.setEditable(now)
      view.setProps({}) // asks `editable` again
    },
  }
}

/** Calls at every change of the view, whoever caused it. */
function following(call: (state: EditorState, old: EditorState) => void): Plugin {
  return new Plugin({ view: () => ({ update: ({ state }, old) => call(state, old) }) })
}

/** What screen readers say around suggestions; most pass over the elements `ins` and `del` in silence. */
function speakMarks(place: HTMLElement, strings: Strings): void {
  const { insertionBegins, deletionBegins, suggestionEnds } = strings
  for (const [name, words] of Object.entries({ insertionBegins, deletionBegins, suggestionEnds })) {
    place.style.setProperty(`--ke-${name.toLowerCase()}`, JSON.stringify(` [${words}] `))
  }
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
    lang: "de",
    ...(editable ? {} : { tabindex: "0" }),
  }
}
