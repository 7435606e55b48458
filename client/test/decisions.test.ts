/** What was decided is told once, and told again when it is undone or done once more. */
import { expect, test } from "vitest"
import { type Decision, Decisions } from "../src/editor/suggestions/decisions"

const proposal = { id: "x", ids: ["x"], author: { person: 2, municipality: "Lahr" }, since: null, parts: [] }

test("an undone decision is told as reopened, and a redone one as before", () => {
  const told: Decision[] = []
  const decisions = new Decisions((more) => told.push(...more))
  decisions.decide([proposal], true, () => "Ersetzen: alt / neu")
  decisions.compare(new Set()) // nothing is open again
  decisions.compare(new Set(["x"]))
  decisions.compare(new Set(["x"]))
  decisions.compare(new Set())
  expect(told.map(({ verdict }) => verdict)).toEqual(["accepted", "reopened", "accepted"])
  expect(told[0]).toMatchObject({
    suggestion: "x",
    person: 2,
    municipality: "Lahr",
    words: "Ersetzen: alt / neu",
  })
})
