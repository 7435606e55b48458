// @vitest-environment jsdom
/** Unknown content is named where it stands, times nobody knows hurt no list, and a link leads to a block. */
import { beforeAll, expect, test } from "vitest"
import * as Y from "yjs"
import { lines } from "../src/editor/lines/going"
import { safeHref } from "../src/editor/links/links"
import { isoTime } from "../src/editor/margin/times"
import { listSuggestions } from "../src/editor/suggestions/suggestions"
import { project } from "../src/editor/text/projection"
import { unknownContent } from "../src/editor/text/unknown-content"
import { mountEditor } from "../src/island/mount"
import { readStrings } from "../src/strings"
import { makePlaces } from "./support/places"

const strings = { ...readStrings({}), unknownContent: "unknown content" }

beforeAll(() => {
  Range.prototype.getClientRects = () => [] as unknown as DOMRectList
  Range.prototype.getBoundingClientRect = () => new DOMRect()
})

function text(): Y.Text {
  const ytext = new Y.Doc().getText("text")
  ytext.insert(0, "Eins\nZwei\n")
  return ytext
}

test("an embed has a name", () => {
  const ytext = text()
  ytext.insertEmbed(10, { image: "x" })
  const { dom } = mountEditor(ytext, {
    strings,
    places: makePlaces(),
    features: [unknownContent],
  })
  const [named] = dom.querySelectorAll<HTMLElement>(".ke-unknown")
  expect(named?.dataset.label).toBe("unknown content")
  ytext.delete(10, 1)
  expect(dom.querySelectorAll(".ke-unknown")).toHaveLength(0)
})

test("an impossible time is no time", () => {
  const ytext = text()
  ytext.format(0, 2, { "ins:1": "1|Lahr|1e99" })
  ytext.format(2, 2, { "ins:": "1|Lahr|5" })
  const suggestions = listSuggestions(project(ytext))
  expect(suggestions.map(({ id }) => id)).toEqual(["1"])
  expect(suggestions.map(({ since }) => isoTime(since))).toEqual([""])
})

test("an address longer than the server takes is none", () => {
  expect(safeHref(`https://${"a".repeat(3_900)}`)).not.toBeNull()
  expect(safeHref(`https://${"a".repeat(4_000)}`)).toBeNull()
})

test("an address with a block selects it once the text is there", () => {
  const editor = mountEditor(text(), {
    strings,
    places: makePlaces(),
    features: [
      lines({
        load: async () => ({ revision: 0, blocks: [] }),
        address: { get: () => "#block-2", put: () => {}, follow: () => {} },
      }),
    ],
  })
  document.body.append(editor.dom)
  editor.synced()
  expect(editor.block()).toEqual({ from: 5, to: 9 })
})
