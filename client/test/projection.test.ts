import { describe, expect, test } from "vitest"
import * as Y from "yjs"
import { project, toBlocks } from "../src/editor/text/projection"

function blocksOf(delta: object[]): unknown {
  const ytext = new Y.Doc().getText("text")
  ytext.applyDelta(delta)
  return toBlocks(project(ytext))
}

function end(b: unknown, more: object = {}): object {
  return { insert: "\n", attributes: { b, ...more } }
}

const plain = (text: string) => ({ kind: "paragraph", level: 0, sug: {}, runs: [{ t: text, m: {} }] })

describe("the projection of a text", () => {
  test("that is empty is one empty paragraph", () => {
    expect(blocksOf([])).toEqual([{ kind: "paragraph", level: 0, sug: {}, runs: [] }])
  })

  test("without a final line feed ends with a paragraph", () => {
    expect(blocksOf([{ insert: "a" }, end("heading:1"), { insert: "b" }])).toMatchObject([
      { kind: "heading", level: 1 },
      { kind: "paragraph", level: 0, runs: [{ t: "b" }] },
    ])
  })

  test("with a final line feed has no empty block after it", () => {
    expect(blocksOf([{ insert: "a" }, end("paragraph:0")])).toEqual([plain("a")])
  })

  test.each([
    "Grüße aus Köln",
    "👍🏽 und 👨‍👩‍👧",
    "a\u0308o\u0308u\u0308",
    "𝔎raftakt",
    "\u00adweich",
  ])("keeps %s as it is", (text) => {
    expect(blocksOf([{ insert: text }, end("paragraph:0")])).toEqual([plain(text)])
  })

  test("keeps hard breaks inside a run", () => {
    expect(blocksOf([{ insert: "a\u2028b\u2028" }, end("quote:0")])).toEqual([
      { kind: "quote", level: 0, sug: {}, runs: [{ t: "a\u2028b\u2028", m: {} }] },
    ])
  })

  test.each([
    undefined,
    "",
    "heading",
    "heading:0",
    "heading:4",
    "clause:9",
    "paragraph:1",
    "h1:1",
    "clause:01",
    3,
    true,
  ])("shows the unknown kind %j as a paragraph", (b) => {
    expect(blocksOf([{ insert: "a" }, end(b)])).toEqual([plain("a")])
  })

  test("sorts marks by key, joins equal runs and passes over what it does not know", () => {
    const marks = { strong: true, em: true, "comment:2": true, "comment:1": "x", link: "https://a.de" }
    const strange = { b: "heading:1", blink: true, "ins:1": 7, underline: null }
    expect(
      blocksOf([
        { insert: "a", attributes: { ...marks, ...strange } },
        { insert: "b", attributes: marks },
      ]),
    ).toEqual([
      {
        kind: "paragraph",
        level: 0,
        sug: {},
        runs: [
          {
            t: "ab",
            m: { "comment:1": "x", "comment:2": true, em: true, link: "https://a.de", strong: true },
          },
        ],
      },
    ])
    const [block] = blocksOf([{ insert: "a", attributes: marks }]) as [{ runs: [{ m: object }] }]
    expect(Object.keys(block.runs[0].m)).toEqual(["comment:1", "comment:2", "em", "link", "strong"])
  })

  test("shows suggestion keys of a block's end, and no marks there", () => {
    const attributes = { "ins:9": "3|Lahr|1", "kind:2": "heading:1|3|Lahr|1", "del:1": true, strong: true }
    expect(blocksOf([{ insert: "a" }, end("clause:2", attributes)])).toEqual([
      {
        kind: "clause",
        level: 2,
        sug: { "del:1": true, "ins:9": "3|Lahr|1", "kind:2": "heading:1|3|Lahr|1" },
        runs: [{ t: "a", m: {} }],
      },
    ])
  })

  test("shows an embedded object as one character", () => {
    expect(blocksOf([{ insert: { image: "x" } }, end("paragraph:0")])).toEqual([plain("\ufffc")])
  })
})
