// @vitest-environment jsdom
/** What came with a file stands under the file's name for its author, and says so. */
import { EditorState } from "prosemirror-state"
import { expect, it } from "vitest"
import { SuggestionCards } from "../src/editor/suggestions/suggestion-cards"
import { schema } from "../src/editor/text/schema"
import strings from "../src/strings.json"

function cardOf(by: string) {
  const mark = schema.mark("insertion", { id: "f1", by })
  const block = schema.node("block", {}, [schema.text("Wir handeln "), schema.text("jetzt", [mark])])
  const state = EditorState.create({ doc: schema.node("doc", null, [block]) })
  const cards = new SuggestionCards({ strings, groupOf: () => null, nameOf: () => null, actions: () => [] })
  const [card] = cards.list(state)
  return card
}

it("names the author as the file does, and says that it is the file", () => {
  const card = cardOf("0|Rosa Rose|1750000000")
  expect(card?.who).toBe(strings.suggestedByFile.replace("{name}", "Rosa Rose"))
  expect(card?.since).toBe(1750000000)
})

it("says somebody where the file names nobody, and no time where it says none", () => {
  const card = cardOf("0||0")
  expect(card?.who).toContain(strings.suggestedBySomebody)
  expect(card?.since).toBeNull()
})

it("names people of a municipality by it", () => {
  expect(cardOf("3|Offenburg|1750000000")?.who).toBe("Offenburg")
})
