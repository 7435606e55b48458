// @vitest-environment jsdom
import { EditorState, TextSelection } from "prosemirror-state"
import { EditorView } from "prosemirror-view"
import { beforeEach, expect, test, vi } from "vitest"
import { formatting } from "../src/editor/controls/formatting"
import { levels } from "../src/editor/controls/levels"
import { Toolbar } from "../src/editor/controls/toolbar"
import { undoing } from "../src/editor/controls/undoing"
import type { Editor } from "../src/editor/feature"
import { links } from "../src/editor/links/feature"
import { LinkDialog } from "../src/editor/links/link-dialog"
import { modes } from "../src/editor/suggestions/feature"
import { schema } from "../src/editor/text/schema"
import { readStrings } from "../src/strings"

const strings = readStrings({})
let view: EditorView
let toolbar: Toolbar
let suggesting: { on: boolean; set(on: boolean): void }
const history = { canUndo: false, canRedo: false, undo: vi.fn(), redo: vi.fn() }
const ALL = { edit: true, suggest: true, comment: true }

beforeEach(() => {
  document.body.replaceChildren()
  const doc = schema.node("doc", null, [schema.node("block", null, schema.text("Wir fordern Netze"))])
  view = new EditorView(document.body, {
    state: EditorState.create({ doc, selection: TextSelection.create(doc, 1, 4) }),
    dispatchTransaction(tr) {
      view.updateState(view.state.apply(tr))
      toolbar?.update(view.state)
    },
  })
  suggesting = { on: false, set: vi.fn() }
  const editor = { view, history, strings, frame: document.body } as unknown as Editor
  const groups = [formatting, links, levels, undoing].flatMap((make) => make(editor).tools ?? [])
  toolbar = new Toolbar(view, strings, [...groups, modes(suggesting, strings)])
  toolbar.setRights(ALL)
  toolbar.setNarrow(true)
  document.body.append(toolbar.dom)
})

function button(name: string): HTMLButtonElement {
  const found = [...toolbar.dom.querySelectorAll("button")].find(
    (each) => each.getAttribute("aria-label") === name || each.textContent === name,
  )
  if (!found) throw new Error(`no button ${name}`)
  return found
}

function key(name: string): void {
  document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true }))
}

test("a button shows what holds at the selection and changes it", () => {
  expect(button("Bold").getAttribute("aria-pressed")).toBe("false")
  button("Bold").click()
  expect(button("Bold").getAttribute("aria-pressed")).toBe("true")
  expect(view.state.doc.rangeHasMark(1, 4, schema.marks.strong)).toBe(true)
})

test("a button that can do nothing says so and does nothing", () => {
  expect(button("Undo").getAttribute("aria-disabled")).toBe("true")
  button("Undo").click()
  expect(history.undo).not.toHaveBeenCalled()
})

test("the kind of the block can be chosen", () => {
  const select = toolbar.dom.querySelector("select")
  if (!select) throw new Error("no list of kinds")
  select.value = "clause"
  select.dispatchEvent(new Event("change"))
  expect(view.state.doc.firstChild?.attrs).toMatchObject({ kind: "clause", level: 1 })
  expect(button("Level down").getAttribute("aria-disabled")).toBe("false")
})

test("it is one stop for Tab, and arrow keys lead through it", () => {
  expect([...toolbar.dom.querySelectorAll("[tabindex='0']")]).toHaveLength(1)
  toolbar.focus()
  key("ArrowRight")
  expect(document.activeElement).toBe(button("Suggest"))
  key("End")
  expect(document.activeElement).toBe(button("Redo"))
  key("ArrowRight")
  expect(document.activeElement).toBe(button("Edit"))
})

test("the mode that is on is pressed", () => {
  button("Suggest").click()
  expect(suggesting.set).toHaveBeenCalledWith(true)
  suggesting.on = true
  toolbar.update(view.state)
  expect(["Edit", "Suggest"].map((name) => button(name).getAttribute("aria-pressed"))).toEqual([
    "false",
    "true",
  ])
})

test("who may only suggest sees that the rest is out of reach", () => {
  toolbar.setRights({ edit: false, suggest: true, comment: true })
  const reachable = (name: string) => button(name).getAttribute("aria-disabled") === "false"
  expect(["Edit", "Bold", "Link", "Suggest"].map(reachable)).toEqual([false, true, true, true])
  button("Edit").click()
  expect(suggesting.set).toHaveBeenCalledWith(false) // which says why not
})

test("tools of one group stand together, whichever features they come from", () => {
  const groups = [...toolbar.dom.querySelectorAll(".ke-toolbar__group")]
  const words = groups.map((group) =>
    [...group.querySelectorAll("button")].map((each) => each.title || each.textContent),
  )
  expect(words).toEqual([
    ["Edit", "Suggest"],
    ["Bold", "Italic", "Link"],
    ["Level up", "Level down"],
    ["Undo", "Redo"],
  ])
  expect(groups.map((group) => group.getAttribute("aria-label"))).toEqual(["How you write", null, null, null])
})

function openDialog(): { dialog: LinkDialog; input: HTMLInputElement; submit(): void } {
  HTMLDialogElement.prototype.showModal = vi.fn() // jsdom has none
  HTMLDialogElement.prototype.close = vi.fn()
  const dialog = new LinkDialog(view, strings)
  document.body.append(dialog.dom)
  dialog.open()
  const [input, form] = [dialog.dom.querySelector("input"), dialog.dom.querySelector("form")]
  if (!input || !form) throw new Error("the dialog is not whole")
  return { dialog, input, submit: () => form.dispatchEvent(new SubmitEvent("submit", { cancelable: true })) }
}

test("the dialog sets a link on the selection", () => {
  const { dialog, input, submit } = openDialog()
  input.value = "offenburg.de"
  submit()
  expect(view.state.doc.firstChild?.firstChild?.marks[0]?.attrs).toEqual({ href: "https://offenburg.de" })
  expect(dialog.dom.close).toHaveBeenCalled()
})

test("the dialog refuses what may not be linked, and says so", () => {
  const { dialog, input, submit } = openDialog()
  input.value = "javascript:alert(1)"
  submit()
  expect(dialog.dom.querySelector("[role=alert]")?.textContent).toBe(strings.linkRefused)
  expect(input.getAttribute("aria-invalid")).toBe("true")
  expect(dialog.dom.close).not.toHaveBeenCalled()
})

test("on a wide page the mode stands in the bar, each button a stop of its own", () => {
  const bar = document.createElement("div")
  const wide = new Toolbar(view, strings, [modes(suggesting, strings)], bar)
  expect([...bar.querySelectorAll("button")].map(({ tabIndex }) => tabIndex)).toEqual([0, 0])
  expect(wide.dom.querySelectorAll("button")).toHaveLength(0)
})
