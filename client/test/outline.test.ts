// @vitest-environment jsdom
import { EditorState } from "prosemirror-state"
import { EditorView } from "prosemirror-view"
import { beforeEach, expect, test, vi } from "vitest"
import * as Y from "yjs"
import type { Editor } from "../src/editor/feature"
import type { Card, Cards } from "../src/editor/margin/card"
import { outline } from "../src/editor/outline/feature"
import { YTextBinding } from "../src/editor/text/binding"
import { readStrings } from "../src/strings"

const strings = readStrings({ openPoint: "{count} offener Punkt", openPoints: "{count} offene Punkte" })

beforeEach(() => {
  vi.useFakeTimers()
})

test("what is open in a section is counted as soon as its cards are there, without a key", () => {
  const ytext = new Y.Doc().getText("text")
  ytext.insert(0, "Netze\nWir bauen aus.\n")
  ytext.format(5, 1, { b: "heading:2" })
  const binding = new YTextBinding(ytext)
  const view = new EditorView(document.createElement("div"), {
    state: EditorState.create({ doc: binding.doc }),
  })
  binding.attach(view)
  const place = document.body.appendChild(document.createElement("nav"))
  const followers: (() => void)[] = []
  const cards = { all: [] as Card[], follow: (tell: () => void) => void followers.push(tell) }
  const editor = { view, binding, strings, cards: cards as unknown as Cards } as unknown as Editor
  outline(place)(editor).synced?.()
  expect(place.querySelector("ol")?.textContent).toBe("Netze")

  cards.all = [{ from: 9, open: true } as Card]
  for (const tell of followers) tell()
  vi.runAllTimers()
  expect(place.querySelector("ol")?.textContent).toBe("Netze1 offener Punkt")
})
