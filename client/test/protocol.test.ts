import { describe, expect, test } from "vitest"
import { NO_RIGHTS } from "../src/rights"
import { awarenessFrame, decodeMessage, step1Frame, step2Frame, updateFrame } from "../src/sync/protocol"
import { jsonFrame } from "./support/fake-socket"

const bytes = new Uint8Array([1, 2, 3])

describe("frames", () => {
  test.each([
    ["step 1", step1Frame(bytes), [0, 0, 3, 1, 2, 3]],
    ["step 2", step2Frame(bytes), [0, 1, 3, 1, 2, 3]],
    ["update", updateFrame(bytes), [0, 2, 3, 1, 2, 3]],
    ["awareness", awarenessFrame(bytes), [1, 3, 1, 2, 3]],
  ])("of %s are those of y-protocols", (_name, frame, expected) => {
    expect([...frame]).toEqual(expected)
  })

  test("are read back", () => {
    expect(decodeMessage(step1Frame(bytes))).toEqual({ type: "step1", stateVector: bytes })
    expect(decodeMessage(step2Frame(bytes))).toEqual({ type: "step2", update: bytes })
    expect(decodeMessage(updateFrame(bytes))).toEqual({ type: "update", update: bytes })
    expect(decodeMessage(new Uint8Array([100, 172, 2]))).toEqual({ type: "saved", count: 300 })
    expect(decodeMessage(new Uint8Array([3]))).toEqual({ type: "queryAwareness" })
  })

  test("of a newer server are no error", () => {
    expect(decodeMessage(new Uint8Array([107, 1]))).toEqual({ type: "unknown", number: 107 })
  })

  test("that end too early are an error", () => {
    expect(() => decodeMessage(new Uint8Array([0, 1, 9, 1]))).toThrow()
    expect(() => decodeMessage(new Uint8Array([]))).toThrow()
  })
})

describe("what the server says in JSON", () => {
  test("is read field by field", () => {
    const rights = { edit: false, suggest: true, comment: true }
    const state = { phase: "signing", rights, schema: 2, storage: "failed" }
    expect(decodeMessage(jsonFrame(102, state))).toEqual({ type: "state", state })
  })

  test("grants nothing that is not said", () => {
    expect(decodeMessage(jsonFrame(102, { phase: "drafting", rights: { edit: "yes" } }))).toMatchObject({
      state: { rights: NO_RIGHTS },
    })
    expect(decodeMessage(jsonFrame(102, { phase: "drafting" }))).toMatchObject({
      state: { rights: NO_RIGHTS },
    })
  })

  test("may be about something that only a newer server knows", () => {
    expect(decodeMessage(jsonFrame(103, { topic: "comments", id: 7 }))).toEqual({
      type: "notice",
      topic: "comments",
      id: 7,
    })
    expect(decodeMessage(jsonFrame(103, { topic: "comments" }))).toMatchObject({ id: null })
    expect(decodeMessage(jsonFrame(103, { topic: "weather" }))).toMatchObject({ type: "unknown" })
  })

  test("of another shape is an error", () => {
    expect(() => decodeMessage(jsonFrame(101, { people: 3 }))).toThrow()
  })
})
