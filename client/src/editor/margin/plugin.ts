/** Between text and cards: the passage of the active card is marked, and the caret in a passage opens its card. */
import { keydownHandler } from "prosemirror-keymap"
import { Plugin, PluginKey } from "prosemirror-state"
import { Decoration, DecorationSet, type EditorView } from "prosemirror-view"
import type { Margin } from "./margin"

/** Milliseconds: whatever is dispatched before the editor has read a click's selection would undo it. */
const AFTER_CLICK = 60

const key = new PluginKey<DecorationSet>("kraftakt-margin")

export function marginPlugin(margin: Margin): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply(tr, set, _old, { doc }) {
        const active = tr.getMeta(key) as { from: number; to: number } | null | undefined
        if (active === undefined) return tr.docChanged ? set.map(tr.mapping, tr.doc) : set
        if (!active || active.from >= active.to || active.to > doc.content.size) return DecorationSet.empty
        return DecorationSet.create(doc, [Decoration.inline(active.from, active.to, { class: "ke-on" })])
      },
    },
    props: {
      decorations: (state) => key.getState(state),
      handleKeyDown: (view, event) => pressed(margin, view, event),
      handleDOMEvents: {
        click: (view, { clientX, clientY }) => {
          const at = view.posAtCoords({ left: clientX, top: clientY })
          if (at) setTimeout(() => margin.caretMoved(at.pos, true), AFTER_CLICK)
          return false
        },
      },
    },
    view(view) {
      let marked = ""
      margin.onKey = (event) => {
        if (pressed(margin, view, event)) event.preventDefault()
      }
      margin.onActive = () => {
        const { active } = margin
        const now = active ? `${active.id} ${active.from} ${active.to}` : ""
        if (now === marked || view.isDestroyed) return
        marked = now
        view.dispatch(view.state.tr.setMeta(key, active && { from: active.from, to: active.to }))
      }
      /** Whoever has just opened the page is nowhere yet. */
      const onPage = (event: KeyboardEvent) => {
        if (event.target === document.body && pressed(margin, view, event)) event.preventDefault()
      }
      document.addEventListener("keydown", onPage)
      return {
        update({ state }, old) {
          if (state.doc !== old.doc) margin.changed()
          else if (!state.selection.eq(old.selection) && view.hasFocus()) {
            margin.caretMoved(state.selection.head, false)
          }
        },
        destroy: () => {
          document.removeEventListener("keydown", onPage)
          margin.onActive = null
        },
      }
    },
  })
}

/** In the text, in the cards and where the page has no focus alike: Alt and arrows lead through the cards, and a card's own keys act on the active one. */
function pressed(margin: Margin, view: EditorView, event: KeyboardEvent): boolean {
  const own = (margin.active?.actions ?? []).flatMap(({ name, key }) =>
    key ? [[key, () => margin.press(name)] as const] : [],
  )
  return keydownHandler({
    "Alt-ArrowDown": () => margin.step(1),
    "Alt-ArrowUp": () => margin.step(-1),
    Escape: () => margin.sheet.close(), // the editor keeps the key from the browser, which would do it
    ...Object.fromEntries(own),
  })(view, event)
}
