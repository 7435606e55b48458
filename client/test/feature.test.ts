// @vitest-environment jsdom
/** A feature is one value: whatever it brings is found in the editor, which knows nothing of it. */
import { Plugin } from "prosemirror-state"
import { beforeEach, expect, test, vi } from "vitest"
import * as Y from "yjs"
import type { Editor, EditorFeature } from "../src/editor/feature"
import { links } from "../src/editor/links/feature"
import { suggestions } from "../src/editor/suggestions/feature"
import { type MountedEditor, mountEditor, type Places } from "../src/island/mount"
import { NO_RIGHTS, type RoomRights } from "../src/rights"
import { readStrings } from "../src/strings"
import { makePlaces } from "./support/places"

const strings = readStrings({})
const ALL: RoomRights = { edit: true, suggest: true, comment: true }
const READER: RoomRights = { edit: false, suggest: false, comment: true }
const SUGGESTER: RoomRights = { edit: false, suggest: true, comment: true }
let parts: Places

let ytext: Y.Text
let given: Editor
let editor: MountedEditor
const seen = { keys: 0, states: 0, rights: [] as RoomRights[], synced: 0, ran: 0 }

function remark(made: Editor): EditorFeature {
  given = made
  const panel = document.createElement("aside")
  return {
    plugins: [
      new Plugin({
        props: { attributes: { "data-remarks": "on" } },
        view: () => ({ update: () => void seen.states++ }),
      }),
    ],
    tools: [
      {
        name: "remarks",
        tools: [
          { label: "Remark", run: () => Boolean(++seen.ran), enabled: (_state, { comment }) => comment },
        ],
      },
    ],
    keys: { "Mod-m": () => Boolean(++seen.keys) },
    panel,
    setRights: (rights) => void seen.rights.push(rights),
    synced: () => void seen.synced++,
  }
}

beforeEach(() => {
  parts = makePlaces()
  document.body.replaceChildren(...Object.values(parts))
  document.documentElement.lang = "de"
  Object.assign(seen, { keys: 0, states: 0, rights: [], synced: 0, ran: 0 })
  const doc = new Y.Doc()
  ytext = doc.getText("text")
  ytext.applyDelta([{ insert: "Netze" }, { insert: "\n", attributes: { b: "paragraph:0" } }])
  const author = { person: 2, municipality: "Lahr" }
  editor = mountEditor(ytext, {
    strings,
    places: parts,
    features: [links, remark, suggestions({ author, nameOf: () => null, now: () => 0, record: () => {} })],
  })
  document.body.append(editor.dom)
})

function press(key: string, modifiers: KeyboardEventInit): void {
  editor.text.dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...modifiers }),
  )
}

function button(name: string): HTMLButtonElement {
  const found = [...parts.tools.querySelectorAll("button")].find((each) => each.textContent === name)
  if (!found) throw new Error(`no button ${name}`)
  return found
}

test("its plugin, tool, key and panel are in the editor", () => {
  expect(editor.text.dataset.remarks).toBe("on")
  expect(parts.tools.querySelector("aside")).not.toBeNull()
  editor.setRights(ALL)
  const before = seen.states
  given.view.dispatch(given.view.state.tr.insertText("Neue ", 1))
  expect(seen.states).toBe(before + 1)
  expect(ytext.toString()).toBe("Neue Netze\n")
  press("m", { ctrlKey: true })
  expect(seen.keys).toBe(1)
})

test("its tool can be used as far as the rights go", () => {
  button("Remark").click()
  expect(seen.ran).toBe(0)
  editor.setRights(READER)
  expect(button("Remark").getAttribute("aria-disabled")).toBe("false")
  button("Remark").click()
  expect(seen.ran).toBe(1)
})

test("it hears of rights when they change, and when the text is there", () => {
  for (const rights of [NO_RIGHTS, ALL, { ...ALL }, READER]) editor.setRights(rights)
  expect(seen.rights).toEqual([ALL, READER])
  editor.synced()
  expect(seen.synced).toBe(1)
})

test("the text can be written in by whoever may edit or suggest", () => {
  const editable = () => editor.text.getAttribute("contenteditable")
  expect(editable()).toBe("false")
  editor.setRights(ALL)
  expect(editable()).toBe("true")
  editor.setRights(READER)
  expect(editable()).toBe("false")
  editor.setRights(SUGGESTER)
  expect(editable()).toBe("true")
})

test("who may only suggest does so, also while nothing can be written for a moment", () => {
  editor.setRights(SUGGESTER)
  expect(editor.dom.dataset.mode).toBe("suggest")
  press("e", { ctrlKey: true, shiftKey: true })
  expect(editor.dom.querySelector("[role=status]")?.textContent).toBe(strings.suggestOnly)
  editor.setRights(NO_RIGHTS)
  expect(editor.dom.querySelector("[role=status]")?.textContent).toBe(strings.suggestOnly) // nothing has changed
  given.view.dispatch(given.view.state.tr.insertText("Neue ", 1))
  expect(Object.keys(ytext.toDelta()[0].attributes)[0]).toMatch(/^ins:/)
})

test("the link's key opens its dialog, and Alt F10 leads to the toolbar", () => {
  HTMLDialogElement.prototype.showModal = vi.fn() // jsdom has none
  editor.setRights(ALL)
  press("k", { ctrlKey: true })
  expect(editor.dom.querySelector<HTMLDialogElement>("dialog")?.showModal).toHaveBeenCalledOnce()
  press("F10", { altKey: true })
  expect(document.activeElement?.closest("[role=toolbar]")).not.toBeNull()
})
