/**
 * Find and replace. While suggesting, replacing suggests: each replacement is an edit like any other. All at once is
 * one step for undo.
 */
import type { Node } from "prosemirror-model"
import { Plugin, PluginKey, TextSelection, type Transaction } from "prosemirror-state"
import { Decoration, DecorationSet, type EditorView } from "prosemirror-view"
import type { Strings } from "../../strings"
import type { Editor, MakeFeature } from "../feature"
import { schema } from "../text/schema"
import { FindPanel } from "./find-panel"
import { findMatches, type Match, nextMatch, type Query } from "./matches"

const LENS = "M10.5 4.5a6 6 0 1 0 0 12 6 6 0 0 0 0-12M15 15l5 5"

interface Found {
  query: Query | null
  matches: readonly Match[]
  /** Index of the match that one stands at; -1: none. */
  at: number
}

const NOTHING: Found = { query: null, matches: [], at: -1 }
const key = new PluginKey<Found>("kraftakt-finding")

export const finding: MakeFeature = (editor) => {
  const finder = new Finder(editor)
  const open = () => finder.open()
  return {
    plugins: [plugin()],
    tools: [{ name: "reading", tools: [{ label: editor.strings.findTool, icon: LENS, run: open }] }],
    keys: {
      "Mod-f": open,
      "Mod-h": open,
      "Mod-g": () => finder.step(1),
      "Shift-Mod-g": () => finder.step(-1),
    },
    pageKeys: ["Mod-f", "Mod-h"],
    panel: finder.panel.dom,
    setRights: ({ edit, suggest }) => finder.panel.setWriting(edit || suggest),
  }
}

function plugin(): Plugin<Found> {
  return new Plugin<Found>({
    key,
    state: {
      init: () => NOTHING,
      apply(tr, found, _old, { doc }) {
        const told = tr.getMeta(key) as Partial<Found> | undefined
        if (!told && !(tr.docChanged && found.query)) return found
        const { query, at } = { ...found, ...told }
        const matches = query ? findMatches(doc, query) : []
        return { query, matches, at: Math.min(at, matches.length - 1) }
      },
    },
    props: {
      decorations(state) {
        const { matches, at } = key.getState(state) ?? NOTHING
        if (!matches.length) return DecorationSet.empty
        return DecorationSet.create(
          state.doc,
          matches.map(({ from, to }, i) =>
            Decoration.inline(from, to, { class: i === at ? "ke-found ke-found--here" : "ke-found" }),
          ),
        )
      },
    },
  })
}

class Finder {
  readonly panel: FindPanel
  private readonly view: EditorView
  private readonly strings: Strings

  constructor(private readonly editor: Editor) {
    this.view = editor.view
    this.strings = editor.strings
    this.panel = new FindPanel(editor.strings, {
      search: (query) => this.search(query),
      step: (by) => this.step(by),
      replace: (words) => this.replace(words),
      replaceAll: (words) => this.replaceAll(words),
      close: () => this.close(),
    })
  }

  /** With what is selected, if that is one line. */
  open(): boolean {
    const { doc, selection } = this.view.state
    const words = doc.textBetween(selection.from, selection.to, "\n", " ")
    this.panel.open(words.includes("\n") ? "" : words)
    return true
  }

  step(by: 1 | -1): boolean {
    const { matches, at } = this.found
    if (!matches.length) return false
    this.go((at + by + matches.length) % matches.length)
    return true
  }

  private get found(): Found {
    return key.getState(this.view.state) ?? NOTHING
  }

  private search(query: Query): void {
    const { from } = this.view.state.selection
    this.tell({ query, at: 0 })
    const { matches } = this.found
    if (matches.length) this.go(nextMatch(matches, from))
    else this.say()
  }

  private go(at: number): void {
    const match = this.found.matches[at]
    if (!match) return
    const { tr, doc } = this.view.state
    tr.setSelection(TextSelection.create(doc, match.from, match.to))
    this.view.dispatch(tr.setMeta(key, { at }))
    // the editor itself follows only a selection that has the focus
    this.editor.sight.bring(this.view, match.from, match.to)
    this.say()
  }

  private replace(words: string): void {
    const { matches, at } = this.found
    const match = matches[at]
    if (!match) return
    if (!isStruck(this.view.state.doc, match)) this.put(match, words)
    const left = this.found.matches
    if (left.length) this.go(nextMatch(left, match.from + words.length + this.suggestedLength(match)))
    else this.say()
  }

  /** While suggesting, what is struck stays, and would be found again. */
  private suggestedLength({ from, to }: Match): number {
    return this.editor.binding.proposing ? to - from : 0
  }

  private replaceAll(words: string): void {
    const { doc } = this.view.state
    const matches = this.found.matches.filter((match) => !isStruck(doc, match))
    this.editor.history.manager.stopCapturing()
    for (const match of matches.toReversed()) this.put(match, words)
    this.editor.history.manager.stopCapturing()
    this.panel.say(this.strings.findReplaced.replace("{count}", String(matches.length)))
  }

  private put(match: Match, words: string): void {
    const { tr } = this.view.state
    this.view.dispatch(this.editor.binding.proposing ? beside(tr, match, words) : instead(tr, match, words))
  }

  private close(): void {
    this.tell({ query: null, at: -1 })
    this.view.focus()
  }

  private say(): void {
    const { matches, at, query } = this.found
    const place = this.strings.findPlace
      .replace("{at}", String(at + 1))
      .replace("{count}", String(matches.length))
    this.panel.say(!query?.words ? "" : matches.length ? place : this.strings.findNothing)
  }

  private tell(told: Partial<Found>): void {
    this.view.dispatch(this.view.state.tr.setMeta(key, told))
  }
}

/** With the marks of what stood there. */
function instead(tr: Transaction, { from, to }: Match, words: string): Transaction {
  return words ? tr.insertText(words, from, to) : tr.delete(from, to)
}

/** In two steps: in one, letters that both words have would stay, and nobody suggests to replace "Kommun". */
function beside(tr: Transaction, { from, to }: Match, words: string): Transaction {
  if (!words) return tr.delete(from, to)
  const marks = tr.doc.resolve(from).marksAcross(tr.doc.resolve(to))
  return tr.insert(from, schema.text(words, marks)).delete(from + words.length, to + words.length)
}

/** Proposed to go, all of it. */
function isStruck(doc: Node, { from, to }: Match): boolean {
  let struck = true
  doc.nodesBetween(from, to, ({ isInline, marks }) => {
    if (isInline && !marks.some(({ type }) => type === schema.marks.deletion)) struck = false
  })
  return struck
}
