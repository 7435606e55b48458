// @vitest-environment jsdom
import { EditorState } from "prosemirror-state"
import { EditorView } from "prosemirror-view"
import { beforeEach, expect, test, vi } from "vitest"
import * as Y from "yjs"
import type { Editor } from "../src/editor/feature"
import type { Card, Cards } from "../src/editor/margin/card"
import { outline } from "../src/editor/outline/feature"
import type { StandingWire } from "../src/editor/outline/standing"
import { YTextBinding } from "../src/editor/text/binding"
import { readStrings } from "../src/strings"

const strings = readStrings({
  sectionAgreed: "abgestimmt",
  sectionChanged: "geändert",
  openPoint: "{count} offener Punkt",
  openPoints: "{count} offene Punkte",
})

beforeEach(() => {
  vi.useFakeTimers()
})

function show(wireOf: (ytext: Y.Text) => StandingWire | null = () => null) {
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
  const feature = outline(place, wireOf(ytext))(editor)
  view.updateState(view.state.reconfigure({ plugins: [...(feature.plugins ?? [])] }))
  feature.synced?.()
  const said = () => place.querySelector("ol")?.textContent
  return { ytext, cards, followers, said }
}

test("what is open in a section is counted as soon as its cards are there, without a key", () => {
  const { cards, followers, said } = show()
  expect(said()).toBe("Netze")

  cards.all = [{ from: 9, open: true } as Card]
  for (const tell of followers) tell()
  vi.runAllTimers()
  expect(said()).toBe("Netze1 offener Punkt")
})

test("that the words of an agreed section have changed is said at once, what is proposed apart", async () => {
  const { ytext, said } = show(({ doc }) => ({
    load: async () => ({ [`${doc?.clientID}.5`]: { agreed: true, changed: false, town: "" } }),
    onChange: (listener) => listener(), // as with each connection
  }))
  const seen: (string | undefined)[] = []
  const look = async () => {
    await vi.runAllTimersAsync()
    seen.push(said())
  }
  await look()
  ytext.insert(6, "Neu: ", { "ins:1": "2|Lahr|5" })
  await look()
  ytext.insert(12, "!", {})
  await look()
  ytext.delete(12, 1)
  await look()
  expect(seen).toEqual(["Netzeabgestimmt", "Netzeabgestimmt", "Netzegeändert", "Netzeabgestimmt"])
})
