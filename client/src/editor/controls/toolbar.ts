/** The toolbar: one stop for Tab, arrow keys within (WAI-ARIA pattern "toolbar"). */
import type { Command, EditorState } from "prosemirror-state"
import type { EditorView } from "prosemirror-view"
import { element, icon, setAttribute } from "../../dom"
import { NO_RIGHTS, type RoomRights } from "../../rights"
import type { StringKey, Strings } from "../../strings"
import type { Tool, ToolGroup } from "../feature"
import { blockAttrs, isKind } from "../text/schema"
import { hasDepth, setKind } from "./commands"
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

interface Control extends Tool {
  button: HTMLButtonElement
}

interface Group {
  dom: HTMLElement
  controls: Control[]
  inBar: boolean
}

export class Toolbar {
  readonly dom: HTMLElement
  private readonly select: HTMLSelectElement
  private readonly tools: readonly Control[]
  private readonly groups: readonly Group[]
  private rights = NO_RIGHTS

  /** `groups`: those of one name stand together, where the first of them stands. `bar`: where those with `inBar` go. */
  constructor(
    private readonly view: EditorView,
    private readonly strings: Strings,
    groups: readonly ToolGroup[],
    private readonly bar: HTMLElement = element("div"),
  ) {
    this.select = this.makeSelect()
    const names = [...new Set(groups.map(({ name }) => name))]
    const together = names.map((name) => this.makeGroup(groups.filter((group) => group.name === name)))
    this.groups = together
    this.tools = together.flatMap(({ controls }) => controls)
    this.dom = element(
      "div",
      { role: "toolbar", class: "ke-toolbar", "aria-label": strings.toolbarLabel },
      this.select,
      ...together.filter(({ inBar }) => !inBar).map(({ dom }) => dom),
    )
    this.dom.addEventListener("keydown", (event) => this.onKey(event))
    this.setNarrow(false)
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
      if (enabled) setAttribute(button, "aria-disabled", String(!enabled(state, this.rights)))
    }
  }

  /** On a narrow page the bar has no room: all groups stand in the toolbar. */
  setNarrow(narrow: boolean): void {
    const moving = this.groups.filter(({ inBar }) => inBar)
    for (const { dom, controls } of moving) {
      if (narrow) this.dom.prepend(dom)
      else this.bar.append(dom)
      for (const { button } of controls) button.tabIndex = 0 // in the bar each is a stop of its own
    }
    moveFocus(this.controls, null)
  }

  setRights(rights: RoomRights): void {
    this.rights = rights
    this.update(this.view.state)
  }

  private get controls(): HTMLElement[] {
    return [...this.dom.querySelectorAll<HTMLElement>("select, button")]
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

  private makeGroup(groups: readonly ToolGroup[]): Group {
    const controls = groups.flatMap(({ tools }) => tools.map((tool) => this.makeControl(tool)))
    const label = groups.find((group) => group.label)?.label
    const attributes = {
      class: "ke-toolbar__group",
      ...(label ? { role: "group", "aria-label": label } : {}),
    }
    const dom = element("span", attributes, ...controls.map(({ button }) => button))
    return { controls, dom, inBar: groups.some((group) => group.inBar) }
  }

  private makeControl(tool: Tool): Control {
    const button = makeButton(tool)
    button.addEventListener("mousedown", (event) => event.preventDefault()) // the text keeps the focus
    button.addEventListener("click", () => {
      if (!tool.enabled || tool.enabled(this.view.state, this.rights)) this.run(tool.run)
      else tool.refused?.()
    })
    return { ...tool, button }
  }

  private run(command: Command, backToText = false): void {
    command(this.view.state, this.view.dispatch, this.view)
    if (backToText) this.view.focus()
  }
}

function makeButton({ label, icon: path }: Tool): HTMLButtonElement {
  if (!path) return element("button", { type: "button", class: "ke-toolbar__mode" }, label)
  return element("button", { type: "button", title: label, "aria-label": label }, icon(path))
}

function kindValue(state: EditorState): string {
  const { kind, level } = blockAttrs(
    state.selection.$head.parent.isTextblock ? state.selection.$head.parent : state.doc.child(0),
  )
  return hasDepth(kind) ? kind : `${kind}:${level}`
}
