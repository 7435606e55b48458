// @vitest-environment jsdom
/** Whoever cannot see what others write hears it in one sentence, once it is calm. */
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import * as Y from "yjs"
import { others } from "../src/editor/others/feature"
import { mountEditor } from "../src/island/mount"
import { readStrings } from "../src/strings"
import { makePlaces } from "./support/places"

const TEXT = [
  { insert: "Präambel" },
  { insert: "\n", attributes: { b: "heading:2" } },
  { insert: "Wir bauen Netze aus." },
  { insert: "\n", attributes: { b: "clause:1" } },
]

beforeEach(() => {
  vi.useFakeTimers()
  document.documentElement.lang = "en"
})

afterEach(() => vi.useRealTimers())

function room() {
  const [here, there] = [new Y.Doc(), new Y.Doc()]
  here.getText("text").applyDelta(TEXT)
  Y.applyUpdate(there, Y.encodeStateAsUpdate(here))
  const owner = { person: 2, municipality: "Lahr" }
  const editor = mountEditor(here.getText("text"), {
    strings: readStrings({}),
    places: makePlaces(),
    features: [others(1, (client) => (client === there.clientID ? owner : null))],
  })
  document.body.append(editor.dom)
  there.on("update", (update: Uint8Array) => Y.applyUpdate(here, update, "wire"))
  const status = editor.dom.querySelector("[role=status]")
  const said: string[] = []
  new MutationObserver(() => said.push(status?.textContent ?? "")).observe(status as Element, {
    childList: true,
  })
  const type = (at: number) => there.getText("text").insert(at, "x", {})
  return { said, type }
}

/** Each place once, and by the name it has in the end. */
test("many keys in two places are one sentence, when nobody writes any more", async () => {
  const { said, type } = room()
  for (let key = 0; key < 30; key++) {
    type(key % 2 ? 3 : 25 + key)
    await vi.advanceTimersByTimeAsync(100)
  }
  expect(said).toEqual([])
  await vi.advanceTimersByTimeAsync(4_000)
  expect(said).toEqual([expect.stringMatching(/: Präx{15}ambel, Item 1\.$/)])
})

test("where it never gets calm, it is said every twenty seconds", async () => {
  const { said, type } = room()
  for (let key = 0; key < 420; key++) {
    type(20)
    await vi.advanceTimersByTimeAsync(100)
  }
  expect(said).toHaveLength(2)
})
