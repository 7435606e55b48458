/**
 * `node test/run.mjs states COUNT`: states of a text as Yjs updates in base64, one a line. First what people
 * leave behind in random histories, then what other programs might write.
 */
import * as Y from "yjs"
import { finalState } from "./histories"
import { Random } from "./support/random"

const count = Number(process.argv[2] ?? 300)
const WORDS = [
  "Größe",
  "ß",
  "👩‍👩‍👧",
  "𝔄",
  "e\u0301",
  "a\u0308",
  "\u2028",
  "",
  "§ 54",
  "\u00a0",
  "\ufffc",
  "x".repeat(200),
]
const BLOCKS = [
  ...["paragraph:0", "heading:1", "heading:3", "clause:2", "bullet:3", "quote:0"], // known
  ...["heading:4", "table:1", "heading", "", "paragraph:1", "quote:0 ", "clause:٢", "clause:2\n"], // unknown
]
const BY = "7|Große Kreisstadt Lahr|1781600000"
const KEYS: [key: string, values: unknown[]][] = [
  ["strong", [true, false, "true", 1]],
  ["em", [true, null]],
  ["link", ["https://example.org/ä", "javascript:alert(1)", 5, true]],
  ["comment:c1", [true, "open", 3]],
  ["comment:", ["open"]],
  ["ins:a-1", [BY, true, 4]],
  ["ins:a:b", [BY]],
  ["del:b-2", [BY, false]],
  ["kind:k", [`clause:1|${BY}`]],
  ["color", ["red"]],
  ["constructor:x", ["1"]],
  ["toString", [true]],
  ["objects", [{ a: [1, null] }]],
  ["inserted:x", [BY]],
  ["b", BLOCKS],
]

/** Parts in any order with any attributes, some of them changed or deleted afterwards. */
function strangeState(random: Random, parts: number): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = 1 + random.int(1e6)
  const text = doc.getText("text")
  for (let n = 0; n < parts; n++) addPart(text, random)
  for (let n = 0; n < parts / 6 && text.length > 2; n++) {
    const at = random.int(text.length - 1)
    if (random.chance(0.5)) text.format(at, 1, attributes(random, 1))
    else text.delete(at, 1)
  }
  return Y.encodeStateAsUpdate(doc)
}

function addPart(text: Y.Text, random: Random): void {
  const x = random.next()
  const at = random.chance(0.7) ? text.length : random.int(text.length + 1)
  if (x < 0.05)
    text.insertEmbed(at, random.chance(0.5) ? { image: "x.png" } : new Y.Map(), attributes(random, 1))
  else if (x < 0.4) text.insert(at, "\n", { b: random.pick(BLOCKS), ...attributes(random, 2) })
  else if (x < 0.45) text.insert(at, `${random.pick(WORDS)}\n${random.pick(WORDS)}`, attributes(random, 2))
  else text.insert(at, random.pick(WORDS), attributes(random, 3))
}

function attributes(random: Random, most: number): Record<string, unknown> {
  const picked = Array.from({ length: random.int(most + 1) }, () => random.pick(KEYS))
  return Object.fromEntries(picked.map(([key, values]) => [key, random.pick(values)]))
}

function manyBlocks(blocks: number): Uint8Array {
  const doc = new Y.Doc()
  const delta = Array.from({ length: blocks }, (_, n) => [
    { insert: `Absatz ${n} für Städte 🏁` },
    { insert: "\n", attributes: { b: n % 3 ? "paragraph:0" : "clause:1" } },
  ])
  doc.getText("text").applyDelta(delta.flat())
  return Y.encodeStateAsUpdate(doc)
}

function* states(): Generator<Uint8Array> {
  yield Y.encodeStateAsUpdate(new Y.Doc())
  yield manyBlocks(300)
  for (let seed = 0; seed < count; seed++) {
    yield finalState(seed)
    yield strangeState(new Random(seed), 2 + (seed % 60))
  }
}

for (const state of states()) process.stdout.write(`${Buffer.from(state).toString("base64")}\n`)
