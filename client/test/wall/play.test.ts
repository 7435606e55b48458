/** What the hall sees, one thing after the other. */
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { NAMES_A_PAGE, NEWS_TIME, PAGE_TIME, Play, QUIET_TIME, type Scene } from "../../src/wall/play"
import type { Place } from "../../src/wall/state"

const place = (name: string): Place => ({ key: name, name, answer: "signs", who: "", at: name })
const places = (count: number): Place[] => Array.from({ length: count }, (_, i) => place(`p${i}`))
const told = (scenes: readonly Scene[]): string[] =>
  scenes.map((scene) => {
    if (scene.kind === "one") return scene.place.name
    return scene.kind === "many" ? `many ${scene.places.length}` : `names ${scene.page} of ${scene.of}`
  })

let scenes: Scene[]
const play = (names: readonly Place[] = []): Play =>
  new Play(
    () => names,
    (scene) => scenes.push(scene),
  )

beforeEach(() => {
  scenes = []
  vi.useFakeTimers()
})
afterEach(() => vi.useRealTimers())

test("news are shown one after the other, each for a while", () => {
  const shown = play()
  shown.add(places(2))
  expect(told(scenes)).toEqual(["p0"])
  vi.advanceTimersByTime(NEWS_TIME)
  expect(told(scenes)).toEqual(["p0", "p1"])
  shown.stop()
})

test("more than three at once are shown as one", () => {
  const shown = play()
  shown.add(places(40))
  expect(told(scenes)).toEqual(["many 40"])
  shown.stop()
})

test("what piles up while something is shown is shown as one", () => {
  const shown = play()
  shown.add([place("a")])
  for (const each of places(5)) shown.add([each])
  expect(told(scenes)).toEqual(["a"])
  vi.advanceTimersByTime(NEWS_TIME)
  expect(told(scenes)).toEqual(["a", "many 5"])
  shown.stop()
})

test("when it is quiet the names come as slow pages, then the newest again", () => {
  const shown = play(places(NAMES_A_PAGE + 1))
  shown.begin(place("newest"))
  vi.advanceTimersByTime(QUIET_TIME + 2 * PAGE_TIME)
  expect(told(scenes)).toEqual(["names 1 of 2", "names 2 of 2", "newest"])
  expect(PAGE_TIME).toBeGreaterThanOrEqual(8_000)
  shown.stop()
})

test("news interrupt the pages of names", () => {
  const shown = play(places(3))
  shown.begin(undefined)
  vi.advanceTimersByTime(QUIET_TIME)
  shown.add([place("new")])
  expect(told(scenes)).toEqual(["names 1 of 1", "new"])
  shown.stop()
})

test("the moderator goes on at once", () => {
  const shown = play(places(1))
  shown.add(places(2))
  shown.next()
  shown.next()
  expect(told(scenes)).toEqual(["p0", "p1", "names 1 of 1"])
  shown.stop()
})

test("without a name there is no page of names", () => {
  const shown = play()
  shown.begin(undefined)
  vi.advanceTimersByTime(10 * QUIET_TIME)
  expect(scenes).toEqual([])
  shown.stop()
})
