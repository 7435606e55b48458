/**
 * To the place that somebody names: `#zeile-42`, `#ziffer-7-b` or `#block-3` in the address, when the page opens and
 * whenever it changes, or said in the row that Ctrl+G opens.
 */
import { TextSelection } from "prosemirror-state"
import type { EditorView } from "prosemirror-view"
import type { Editor, MakeFeature } from "../feature"
import type { Sight } from "../margin/sight"
import { numberClauses } from "../text/numbering"
import { blockAttrs } from "../text/schema"
import { countLines, type LoadFixedText, lineNumbers, showLines } from "./feature"
import { GoPanel } from "./go-panel"
import { clausePaths, hashOf, spoken, type Target, targetOf } from "./targets"

/** The part of the page's address behind "#". */
export interface Address {
  get(): string
  put(hash: string): void
  /** Calls when it is another one. */
  follow(call: () => void): void
}

export interface GoingOptions {
  /** Asked once, when the numbers are first wanted. */
  load: LoadFixedText
  address: Address
}

const GO = "M5 5h7M5 12h4M5 19h7M13 12h7M17 8l4 4-4 4"

/** Line numbers, and the ways to a line or a clause. */
export function lines({ load, address }: GoingOptions): MakeFeature {
  return (editor) => {
    const { view, strings } = editor
    const numbers = lineNumbers(view, strings, load)
    let led = ""
    const follow = async (): Promise<void> => {
      const hash = address.get()
      const target = targetOf(hash)
      if (!target || !(await goTo(editor, target, load))) return
      led = hash
      if (target.kind !== "line") view.focus()
    }
    const panel = new GoPanel(strings, {
      close: () => view.focus(),
      async go(words) {
        const target = spoken(words)
        if (!target) return strings.goHow
        if (!(await goTo(editor, target, load))) {
          const most = target.kind === "line" ? countLines(view.state) : 0
          return most ? strings.goNoLine.replace("{count}", String(most)) : strings.goNoClause
        }
        address.put(hashOf(target))
        led = hashOf(target)
        return ""
      },
    })
    const open = (): boolean => {
      panel.open()
      return true
    }
    address.follow(() => void follow())
    return {
      ...numbers,
      tools: [...numbers.tools, { name: "lines", tools: [{ label: strings.goTool, icon: GO, run: open }] }],
      keys: { "Mod-g": open },
      pageKeys: ["Mod-g"],
      panel: panel.dom,
      synced() {
        if (led !== address.get()) void follow()
      },
    }
  }
}

/** Whether there is such a place; the caret is in it then. */
async function goTo({ view, sight }: Editor, target: Target, load: LoadFixedText): Promise<boolean> {
  if (target.kind !== "line") return goToBlock(view, sight, blockOf(view, target))
  await showLines(view, true, load, target.number)
  const line = view.dom.querySelector(`[data-line="${target.number}"]`)
  if (!line) return false
  const at = view.posAtDOM(line, 0)
  view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(at))))
  sight.bring(view, at, at)
  return true
}

/** Index of the block, -1 for none. */
function blockOf(view: EditorView, target: Exclude<Target, { kind: "line" }>): number {
  if (target.kind === "block") return target.number - 1
  const blocks = view.state.doc.children.map(blockAttrs)
  const levels = blocks.map(({ kind, level }) => (kind === "clause" ? level : null))
  return clausePaths(levels, numberClauses(levels)).indexOf(target.path)
}

function goToBlock(view: EditorView, sight: Sight, index: number): boolean {
  const { doc, tr } = view.state
  if (index < 0 || index >= doc.childCount) return false
  let before = 0
  for (let k = 0; k < index; k++) before += doc.child(k).nodeSize
  const end = before + doc.child(index).nodeSize - 1
  view.dispatch(tr.setSelection(TextSelection.create(doc, before + 1, end)))
  // The server's text gives its place to ours in between.
  requestAnimationFrame(() => sight.bring(view, before + 1, end))
  return true
}
