/** The lines of `tests/domain/text/lines.json`, which the server's tests read too. */
import { readFileSync } from "node:fs"
import { expect, it } from "vitest"
import { lineStarts } from "../src/editor/lines/lines"

interface Row {
  what: string
  length: number
  text: string
  lines: string[]
}

const path = new URL("../../tests/domain/text/lines.json", import.meta.url)
const table = JSON.parse(readFileSync(path, "utf8")) as Row[]

it.each(table)("$what", ({ length, text, lines }) => {
  const starts = lineStarts(text, length)
  expect(starts.map((start, at) => text.slice(start, starts[at + 1]))).toEqual(lines)
})
