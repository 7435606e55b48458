import { expect, test } from "vitest"
import { plainText } from "../src/editor/text/plain-text"
import { type Kind, schema } from "../src/editor/text/schema"

function block(kind: Kind, level: number, ...text: string[]) {
  const inline = text.flatMap((line, i) => [...(i ? [schema.node("hard_break")] : []), schema.text(line)])
  return schema.node("block", { kind, level, sug: {} }, inline)
}

test("plain text has titles, numbers, bullets and line breaks", () => {
  const doc = schema.node("doc", null, [
    block("heading", 1, "Erklärung"),
    block("clause", 1, "Netze", "für alle"),
    block("clause", 2, "auch hier"),
    block("bullet", 1, "Städte 🏙"),
    block("paragraph", 0),
    block("clause", 1, "Ende"),
  ])
  expect(plainText(doc)).toBe(
    "Erklärung\n\n1. Netze\nfür alle\n\na) auch hier\n\n– Städte 🏙\n\n\n\n2. Ende\n",
  )
})
