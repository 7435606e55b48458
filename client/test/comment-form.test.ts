// @vitest-environment jsdom
/** What is typed before the form of a new comment has come: its script is loaded when it is first needed. */
import { beforeEach, expect, test } from "vitest"
import { DRAFT, ThreadCards } from "../src/editor/comments/thread-cards"
import * as parts from "../src/editor/comments/thread-view"
import type { CommentWire } from "../src/editor/comments/threads"
import { schema } from "../src/editor/text/schema"
import { readStrings } from "../src/strings"

const doc = schema.node("doc", null, [schema.node("block", null, [schema.text("Wir bauen Netze aus.")])])
const strings = readStrings({})
const wire = { names: () => Promise.resolve({ persons: [], municipalities: [], channels: [] }) }
const events = {
  opened: () => Promise.resolve(),
  cancelled: () => {},
  took: () => {},
  changed: () => {},
  announce: () => {},
}

beforeEach(() => document.body.replaceChildren())

/** A card of a new comment whose script comes by `load`; `draw` shows it (again). */
function begun(load: () => Promise<typeof parts>) {
  const cards = new ThreadCards(strings, wire as unknown as CommentWire, load, events)
  const draw = () => {
    const card = cards.list(doc, [], new Map(), { from: 1, to: 4 }, true).find(({ id }) => id === DRAFT)
    document.body.replaceChildren(...(card?.body ? [card.body] : []))
  }
  draw()
  return { cards, draw }
}

function field(): HTMLTextAreaElement {
  const found = document.querySelector("textarea")
  if (!found) throw new Error("nothing to write in")
  return found
}

test("is in the form once it is there, and the keyboard with it", async () => {
  let come = (_: typeof parts): void => {}
  const { cards } = begun(() => new Promise((resolve) => (come = resolve)))
  const focused = cards.focusDraft()
  field().value = "Wessen Maß"
  come(parts)
  await focused
  expect(field().value).toBe("Wessen Maß")
  expect(document.activeElement).toBe(field())
  expect(document.querySelector("button")).not.toBeNull()
})

test("stays without a connection, with a sentence, and is in the form that comes later", async () => {
  let there = false
  const { cards, draw } = begun(() => (there ? Promise.resolve(parts) : Promise.reject(new Error("offline"))))
  await cards.focusDraft()
  field().value = "Wessen Maß"
  expect(document.querySelector("[role=alert]")?.textContent).toBe(strings.commentNoAnswer)
  there = true
  draw()
  await expect.poll(() => document.querySelector("button")).not.toBeNull()
  expect(field().value).toBe("Wessen Maß")
  expect(document.querySelector("[role=alert]:not([hidden])")).toBeNull()
})
