/** What of a state is new. */
import { expect, test } from "vitest"
import { counts, isState, newsOf, type Place, signed, type WallState } from "../../src/wall/state"

const place = (key: string, answer: string, at = ""): Place => ({ key, name: key, answer, who: "", at })
const state = (...places: Place[]): WallState => ({ total: places.length, counted: 0, needed: 0, places })

test("who has come to stand behind the text is news, in the order of time", () => {
  const before = state(place("a", "open"), place("b", "open"), place("c", "signs", "1"))
  const after = state(
    place("a", "signs", "3"),
    place("b", "signs_with_statement", "2"),
    place("c", "signs", "1"),
  )
  expect(newsOf(before, after).map((one) => one.key)).toEqual(["b", "a"])
  expect(signed(after).map((one) => one.key)).toEqual(["c", "b", "a"])
})

test("an answer taken back is no news for a hall", () => {
  expect(newsOf(state(place("a", "signs", "1")), state(place("a", "open")))).toEqual([])
})

test("who waits for the council stands behind the text and does not count", () => {
  const state_ = state(place("a", "subject_to_council", "1"), place("b", "signs", "2"), place("c", "open"))
  expect(signed(state_).map((one) => one.key)).toEqual(["a", "b"])
  expect(state_.places.filter(counts).map((one) => one.key)).toEqual(["b"])
})

test("what is no state is not taken for one", () => {
  for (const other of [null, [], "", {}, { counted: 1 }, { places: [] }]) expect(isState(other)).toBe(false)
  expect(isState(state())).toBe(true)
})
