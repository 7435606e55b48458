/** Puts the editor into the page: view, plugins, toolbar, dialog. Knows the wire only as a source of carets. */
import { EditorState } from "prosemirror-state"
import { EditorView } from "prosemirror-view"
import type { Text } from "yjs"
import { element } from "../dom"
import { YTextBinding } from "../editor/binding"
import { type CaretSource, caretsPlugin } from "../editor/carets"
import { inputRulesPlugin } from "../editor/input-rules"
import { keymapPlugin } from "../editor/keymap"
import { LinkDialog } from "../editor/link-dialog"
import { normalizePlugin } from "../editor/normalize"
import { numberingPlugin } from "../editor/numbering"
import { cleanPastedHtml } from "../editor/paste"
import { Toolbar } from "../editor/toolbar"
import { UndoHistory } from "../editor/undo"
import type { Strings } from "../strings"

export interface MountedEditor {
  dom: HTMLElement
  /** The element that is written in. */
  text: HTMLElement
  setEditable(editable: boolean): void
}

/** `status` stands beside the toolbar, in sight. */
export function mountEditor(
  ytext: Text,
  carets: CaretSource,
  strings: Strings,
  status: HTMLElement,
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
    }),
    numberingPlugin({ clause: strings.clauseName, bullet: strings.bulletName }),
    caretsPlugin(binding, carets),
  ]
  const place = element("div", { class: "ke-editor__paper" })
  const help = element("p", { id: "editor-help", class: "ke-visually-hidden" }, strings.editorHelp)
  const view: EditorView = new EditorView(place, {
    state: EditorState.create({ doc: binding.doc, plugins }),
    dispatchTransaction: (tr) => {
      binding.dispatch(tr)
      toolbar.update(view.state)
    },
    editable: () => editable,
    transformPastedHTML: cleanPastedHtml,
    attributes: () => textAttributes(strings, editable),
  })
  const toolbar = new Toolbar(view, strings, { editLink: () => void dialog.open(), history })
  const dialog = new LinkDialog(view, strings)
  binding.attach(view)
  toolbar.dom.hidden = true
  const head = element("div", { class: "ke-editor__head" }, toolbar.dom, status)
  return {
    dom: element("div", { class: "ke-editor" }, head, help, place, dialog.dom),
    text: view.dom,
    setEditable(now) {
      editable = now
      toolbar.dom.hidden = !now
      view.setProps({}) // asks `editable` again
    },
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
