/** The toolbar: one stop for Tab, arrow keys within (WAI-ARIA pattern "toolbar"). */
import { toggleMark } from "prosemirror-commands"
import type { MarkType } from "prosemirror-model"
import type { Command, EditorState } from "prosemirror-state"
import type { EditorView } from "prosemirror-view"
import { element, icon, setAttribute } from "../../dom"
import type { StringKey, Strings } from "../../strings"
import { blockAttrs, isKind, schema } from "../text/schema"
import type { UndoHistory } from "../text/undo"
import { hasDepth, selectedBlocks, setKind, shiftLevel } from "./commands"
import { moveFocus } from "./roving-focus"

const KINDS: readonly [value: string, label: StringKey][] = [
  ["paragraph:0", "kindParagraph"],
  ["heading:1", "kindHeading1"],
  ["heading:2", "kindHeading2"],
  ["heading:3", "kindHeading3"],
  ["clause", "kindClause"],
  ["bullet", "kindBullet"],
  ["quote:0", "kindQuote"],
]

const ICONS = {
  bold: "M7 5h6a3.5 3.5 0 0 1 0 7H7zM7 12h7a3.5 3.5 0 0 1 0 7H7z",
  italic: "M11 5h6M7 19h6M14 5l-4 14",
  link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
  outdent: "M4 6h16M11 12h9M4 18h16M7 9l-3 3 3 3",
  indent: "M4 6h16M11 12h9M4 18h16M4 9l3 3-3 3",
  undo: "M9 7 5 11l4 4M5 11h9a5 5 0 0 1 0 10h-3",
  redo: "m15 7 4 4-4 4M19 11h-9a5 5 0 0 0 0 10h3",
} as const

type Name = keyof typeof ICONS

export interface ToolbarActions {
  editLink(): void
  history: UndoHistory
  suggesting: { readonly on: boolean; readonly only: boolean; set(on: boolean): void }
}

interface Tool {
  button: HTMLButtonElement
  pressed?: (state: EditorState) => boolean
  enabled?: (state: EditorState) => boolean
}

export class Toolbar {
  readonly dom: HTMLElement
  private readonly select: HTMLSelectElement
  private readonly tools: Tool[]

  constructor(
    private readonly view: EditorView,
    private readonly strings: Strings,
    actions: ToolbarActions,
  ) {
    this.select = this.makeSelect()
    const tools = this.makeTools(actions)
    const modes = this.makeModes(actions)
    this.tools = [...tools, ...modes]
    this.dom = element(
      "div",
      { role: "toolbar", class: "ke-toolbar", "aria-label": strings.toolbarLabel },
      this.select,
      ...[tools.slice(0, 3), tools.slice(3, 5), tools.slice(5)].map((group) => makeGroup(group)),
      makeGroup(modes, { role: "group", "aria-label": strings.modeLabel }),
    )
    this.dom.addEventListener("keydown", (event) => this.onKey(event))
    moveFocus(this.controls, null)
    this.update(view.state)
  }

  focus(): boolean {
    this.controls.find((control) => control.tabIndex === 0)?.focus()
    return true
  }

  /** Shows what holds at the selection. */
  update(state: EditorState): void {
    const kind = kindValue(state)
    if (this.select.value !== kind) this.select.value = kind
    for (const { button, pressed, enabled } of this.tools) {
      if (pressed) setAttribute(button, "aria-pressed", String(pressed(state)))
      if (enabled) setAttribute(button, "aria-disabled", String(!enabled(state)))
    }
  }

  private get controls(): HTMLElement[] {
    return [this.select, ...this.tools.map((tool) => tool.button)]
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === "Escape") this.view.focus()
    else if (!moveFocus(this.controls, event.key)) return
    event.preventDefault()
  }

  /** After a choice with the mouse one goes on writing; with the keyboard the arrow keys go on choosing. */
  private makeSelect(): HTMLSelectElement {
    const options = KINDS.map(([value, label]) => element("option", { value }, this.strings[label]))
    const select = element(
      "select",
      { "aria-label": this.strings.kindLabel, class: "ke-toolbar__kind" },
      ...options,
    )
    let byPointer = false
    select.addEventListener("pointerdown", () => {
      byPointer = true
    })
    select.addEventListener("keydown", () => {
      byPointer = false
    })
    select.addEventListener("change", () => {
      const [kind, level] = select.value.split(":")
      if (isKind(kind))
        this.run(level === undefined ? setKind(kind) : setKind(kind, Number(level)), byPointer)
    })
    return select
  }

  private makeTools({ editLink, history, suggesting }: ToolbarActions): Tool[] {
    const { strong, em, link } = schema.marks
    const isItem = (state: EditorState) =>
      selectedBlocks(state).some(({ block }) => hasDepth(blockAttrs(block).kind))
    const make = (name: Name, act: () => void, rest: Omit<Tool, "button"> = {}): Tool => {
      return { button: this.makeButton(name, act, rest), ...rest }
    }
    const format = (mark: MarkType) => ({
      pressed: (state: EditorState) => isMarked(state, mark),
      enabled: () => !suggesting.only,
    })
    return [
      make("bold", () => this.run(toggleMark(strong)), format(strong)),
      make("italic", () => this.run(toggleMark(em)), format(em)),
      make("link", editLink, format(link)),
      make("outdent", () => this.run(shiftLevel(-1)), { enabled: isItem }),
      make("indent", () => this.run(shiftLevel(1)), { enabled: isItem }),
      make("undo", () => history.undo(), { enabled: () => history.canUndo }),
      make("redo", () => history.redo(), { enabled: () => history.canRedo }),
    ]
  }

  /** Two buttons, so that the mode one is in is always written there. */
  private makeModes({ suggesting }: ToolbarActions): Tool[] {
    const make = (label: string, on: boolean): Tool => {
      const button = element("button", { type: "button", class: "ke-toolbar__mode" }, label)
      button.addEventListener("mousedown", (event) => event.preventDefault())
      button.addEventListener("click", () => suggesting.set(on))
      return { button, pressed: () => suggesting.on === on, enabled: () => on || !suggesting.only }
    }
    return [make(this.strings.modeEdit, false), make(this.strings.modeSuggest, true)]
  }

  private makeButton(name: Name, act: () => void, { enabled }: Omit<Tool, "button">): HTMLButtonElement {
    const label = this.strings[name]
    const button = element("button", { type: "button", title: label, "aria-label": label }, icon(ICONS[name]))
    button.addEventListener("mousedown", (event) => event.preventDefault()) // the text keeps the focus
    button.addEventListener("click", () => {
      if (!enabled || enabled(this.view.state)) act()
    })
    return button
  }

  private run(command: Command, backToText = false): void {
    command(this.view.state, this.view.dispatch, this.view)
    if (backToText) this.view.focus()
  }
}

function makeGroup(tools: Tool[], attributes: Record<string, string> = {}): HTMLElement {
  const buttons = tools.map((tool) => tool.button)
  return element("span", { class: "ke-toolbar__group", ...attributes }, ...buttons)
}

function kindValue(state: EditorState): string {
  const { kind, level } = blockAttrs(
    state.selection.$head.parent.isTextblock ? state.selection.$head.parent : state.doc.child(0),
  )
  return hasDepth(kind) ? kind : `${kind}:${level}`
}

function isMarked(state: EditorState, type: MarkType): boolean {
  const { from, to, empty, $from } = state.selection
  if (empty) return type.isInSet(state.storedMarks ?? $from.marks()) !== undefined
  return state.doc.rangeHasMark(from, to, type)
}
