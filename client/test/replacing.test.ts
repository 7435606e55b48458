// @vitest-environment jsdom
/** Find and replace, through its row in the page. */
import { beforeEach, expect, test } from "vitest"
import * as Y from "yjs"
import { finding } from "../src/editor/finding/feature"
import { suggestions } from "../src/editor/suggestions/feature"
import { type MountedEditor, mountEditor, type Places } from "../src/island/mount"
import { readStrings } from "../src/strings"
import { makePlaces } from "./support/places"

const strings = readStrings({
  findWords: "Suchen",
  findBy: "Ersetzen durch",
  findReplaced: "{count} ersetzt",
})
let parts: Places
let ytext: Y.Text
let editor: MountedEditor

beforeEach(() => {
  parts = makePlaces()
  document.body.replaceChildren(...Object.values(parts))
  ytext = new Y.Doc().getText("text")
  const end = { insert: "\n", attributes: { b: "paragraph:0" } }
  ytext.applyDelta([{ insert: "Jede Kommune und eine Kommune" }, end])
  const author = { person: 2, municipality: "Lahr" }
  editor = mountEditor(ytext, {
    strings,
    places: parts,
    features: [finding, suggestions({ author, now: () => 1, record: () => {}, nameOf: () => null })],
  })
  document.body.append(editor.dom)
})

function replaceAll(words: string, by: string): string {
  const field = (label: string) =>
    parts.tools.querySelector<HTMLInputElement>(`input[aria-label="${label}"]`) as HTMLInputElement
  field("Suchen").value = words
  field("Suchen").dispatchEvent(new Event("input"))
  field("Ersetzen durch").value = by
  const buttons = [...parts.tools.querySelectorAll<HTMLButtonElement>(".ke-find button")]
  buttons.find(({ textContent }) => textContent === strings.findReplaceAll)?.click()
  return parts.tools.querySelector(".ke-find__said")?.textContent ?? ""
}

/** Proposed letters in braces with +, struck ones with -. */
function shown(): string {
  return (ytext.toDelta() as { insert: string; attributes?: Record<string, unknown> }[])
    .map(({ insert, attributes }) => {
      const keys = Object.keys(attributes ?? {}).join(" ")
      return keys.includes("ins:") ? `{+${insert}+}` : keys.includes("del:") ? `{-${insert}-}` : insert
    })
    .join("")
    .trimEnd()
}

test("while one writes, the words are others", () => {
  editor.setRights({ edit: true, suggest: true, comment: true })
  expect(replaceAll("Kommune", "Gemeinde")).toBe("2 ersetzt")
  expect(shown()).toBe("Jede Gemeinde und eine Gemeinde")
})

test("while one suggests, whole words are suggested, and what is struck is not replaced once more", () => {
  editor.setRights({ edit: false, suggest: true, comment: true })
  const suggested = "Jede {+Gemeinde+}{-Kommune-} und eine {+Gemeinde+}{-Kommune-}"
  expect(replaceAll("Kommune", "Gemeinde")).toBe("2 ersetzt")
  expect(shown()).toBe(suggested)
  expect(replaceAll("Kommune", "Gemeinde")).toBe("0 ersetzt")
  expect(shown()).toBe(suggested)
})
