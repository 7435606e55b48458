/**
 * Two people propose changes at random; then all is rejected or all is accepted.
 *
 *   rejected   the text is what it was
 *   accepted   the text is what its authors saw, insertions in, deletions out, proposed kinds in force
 */
import { deleteSelection, joinBackward, splitBlock } from "prosemirror-commands"
import { describe, expect, test } from "vitest"
import * as Y from "yjs"
import { joinReplacements } from "../src/editor/suggestions/replacements"
import type { Proposing } from "../src/editor/suggestions/suggesting"
import { deedsOf, summaryOf } from "../src/editor/suggestions/suggestion-words"
import { type Author, listSuggestions, resolveDelta } from "../src/editor/suggestions/suggestions"
import { toPos } from "../src/editor/text/positions"
import { toBlocks } from "../src/editor/text/projection"
import { schema } from "../src/editor/text/schema"
import { readStrings } from "../src/strings"
import { Peer, sync } from "./support/peer"
import { Random } from "./support/random"

const TEXT = [
  { insert: "Titel" },
  { insert: "\n", attributes: { b: "heading:1" } },
  { insert: "Wir fordern mehr Mittel." },
  { insert: "\n", attributes: { b: "paragraph:0" } },
  { insert: "Zweiter Absatz." },
  { insert: "\n", attributes: { b: "clause:1" } },
]

function proposer(id: number, initial: Uint8Array, author: Author): Peer {
  const peer = new Peer(id, initial)
  peer.binding.proposing = proposingAs(author)
  return peer
}

function proposingAs(author: Author): Proposing {
  let [count, seconds] = [0, 1_750_000_000]
  return { author, now: () => seconds++, newId: () => `${author.person}-${++count}` }
}

function start(): { a: Peer; b: Peer; reviewer: Peer } {
  const origin = new Y.Doc()
  origin.clientID = 99
  origin.getText("text").applyDelta(TEXT)
  const update = Y.encodeStateAsUpdate(origin)
  return {
    a: proposer(1, update, { person: 1, municipality: "Offenburg" }),
    b: proposer(2, update, { person: 2, municipality: "Lahr" }),
    reviewer: new Peer(3, update),
  }
}

function settleAll(peer: Peer, accept: boolean): void {
  for (let [next] = listSuggestions(peer.pm); next; [next] = listSuggestions(peer.pm)) {
    const delta = resolveDelta(peer.pm, [next.id], accept)
    peer.binding.change(delta)
  }
}

interface Part {
  insert: string
  attributes?: Record<string, string>
}

/**
 * The text with all proposals in force, read off the attributes without the code under test. Of two kinds
 * proposed for one block, that of the suggestion accepted last holds.
 */
function asProposed(peer: Peer): string {
  const order = listSuggestions(peer.pm).map(({ id }) => id)
  return (peer.ytext.toDelta() as Part[])
    .filter(({ attributes }) => !Object.keys(attributes ?? {}).some((key) => key.startsWith("del:")))
    .map(({ insert, attributes }) => insert.replaceAll("\n", `<${proposedKind(attributes ?? {}, order)}>\n`))
    .join("")
}

function proposedKind(attributes: Record<string, string>, order: string[]): string | undefined {
  const kinds = Object.keys(attributes).filter((key) => key.startsWith("kind:"))
  const last = kinds.sort((x, y) => order.indexOf(x.slice(5)) - order.indexOf(y.slice(5))).at(-1)
  return last ? attributes[last]?.split("|")[0] : attributes.b
}

function asIs(peer: Peer): string {
  return toBlocks(peer.pm)
    .map(({ kind, level, runs }) => `${runs.map((run) => run.t).join("")}<${kind}:${level}>\n`)
    .join("")
}

function actAtRandom(peer: Peer, random: Random): void {
  const from = random.int(peer.ytext.length - 1)
  const to = Math.min(peer.ytext.length - 1, from + random.int(6))
  const [start, end] = [toPos(peer.pm, from), toPos(peer.pm, to)]
  const x = random.next()
  if (x < 0.35) {
    peer.select(start)
    peer.type("xy")
  } else if (x < 0.6) {
    peer.select(start, end)
    peer.run(deleteSelection)
  } else if (x < 0.75) {
    peer.select(start)
    peer.run(splitBlock)
  } else if (x < 0.9) {
    const $pos = peer.pm.resolve(start)
    peer.dispatch(
      peer.state.tr.setNodeMarkup($pos.before(), null, { ...$pos.parent.attrs, kind: "heading", level: 3 }),
    )
  } else {
    peer.select(peer.pm.resolve(start).start())
    peer.run(joinBackward)
  }
}

function play(seed: number): ReturnType<typeof start> {
  const random = new Random(seed)
  const all = start()
  for (let i = 0; i < 14; i++) {
    actAtRandom(random.chance(0.5) ? all.a : all.b, random)
    if (random.chance(0.3)) sync(all.a, all.b)
  }
  sync(all.a, all.b, all.reviewer)
  for (const peer of [all.a, all.b]) expect(peer.shown(), `seed ${seed}`).toBe(all.reviewer.held())
  return all
}

describe("suggestions of two people at random", () => {
  test("all rejected leave the text as it was", () => {
    const original = asIs(start().reviewer)
    for (let seed = 0; seed < 100; seed++) {
      const { reviewer } = play(seed)
      settleAll(reviewer, false)
      expect(asIs(reviewer), `seed ${seed}`).toBe(original)
    }
  })

  test("all accepted make the text that their authors saw", () => {
    for (let seed = 0; seed < 100; seed++) {
      const { reviewer } = play(seed)
      const proposed = asProposed(reviewer)
      settleAll(reviewer, true)
      expect(asIs(reviewer), `seed ${seed}`).toBe(proposed)
    }
  })
})

describe("a suggestion", () => {
  test("to replace a word is one, with author and time", () => {
    const { a } = start()
    a.select(a.find("mehr"), a.find("mehr", 4))
    a.run(deleteSelection)
    a.type("weniger")
    expect(listSuggestions(a.pm)).toMatchObject([
      {
        id: "1-1",
        author: { person: 1, municipality: "Offenburg" },
        since: 1_750_000_000,
        parts: [
          { type: "ins", text: "weniger" },
          { type: "del", text: "mehr" },
        ],
      },
    ])
  })

  test("to strike a mere blank is said with its sign, and the words around it stay apart", () => {
    const { a } = start()
    const blank = a.find("mehr", 4)
    a.select(blank, blank + 1)
    a.run(deleteSelection)
    const [suggestion] = listSuggestions(a.pm)
    const deeds = suggestion ? deedsOf(suggestion, a.pm, readStrings({})) : []
    expect(deeds).toMatchObject([{ before: "Wir fordern mehr", after: "Mittel." }])
    expect(summaryOf(deeds)).toMatch(/: ␣$/)
  })

  test("of one's own shrinks when one deletes from it", () => {
    const { a } = start()
    a.select(a.find("mehr"))
    a.type("sehr ")
    a.select(a.find("sehr "), a.find("sehr ", 3))
    a.run(deleteSelection)
    expect(listSuggestions(a.pm)[0]?.parts).toMatchObject([{ type: "ins", text: "r " }])
  })

  test("of another stays when one proposes to delete from it", () => {
    const { a, b } = start()
    a.select(a.find("mehr"))
    a.type("sehr ")
    sync(a, b)
    b.select(b.find("sehr "), b.find("sehr ", 5))
    b.run(deleteSelection)
    sync(a, b)
    expect(listSuggestions(a.pm).map(({ author, parts }) => [author?.person, parts[0]?.type])).toEqual([
      [2, "del"],
      [1, "ins"],
    ])
  })

  test("of a kind that goes back to what it was is withdrawn", () => {
    const { a } = start()
    const setKind = (kind: string, level: number) => {
      const $pos = a.pm.resolve(a.find("Zweiter"))
      a.dispatch(a.state.tr.setNodeMarkup($pos.before(), null, { ...$pos.parent.attrs, kind, level }))
    }
    setKind("heading", 2)
    expect(listSuggestions(a.pm)).toHaveLength(1)
    expect(a.outline()).toContain("clause1[Zweiter Absatz.]")
  })

  test("of a format lies on other people's text, and is the format itself on one's own proposed words", () => {
    const { a } = start()
    const strong = schema.marks.strong.create()
    const before = a.held()
    const bold = () => a.dispatch(a.state.tr.addMark(a.find("mehr"), a.find("mehr", 4), strong))
    bold()
    expect(listSuggestions(a.pm)[0]?.parts).toMatchObject([
      { type: "format", format: "strong=1", text: "mehr" },
    ])
    bold() // once more takes it back
    expect(a.held()).toBe(before)
    a.select(a.find("mehr"))
    a.type("viel ")
    a.dispatch(a.state.tr.addMark(a.find("fordern"), a.find("mehr"), strong))
    const words = (a.ytext.toDelta() as Part[]).filter(
      ({ attributes }) => attributes && "strong" in attributes,
    )
    expect(words.map(({ insert }) => insert)).toEqual(["viel "])
  })

  test("of a format is in force once it is accepted, and leaves nothing when it is rejected", () => {
    for (const accept of [true, false]) {
      const { a } = start()
      const [from, to] = [a.find("mehr"), a.find("mehr", 4)]
      a.dispatch(a.state.tr.addMark(from, to, schema.marks.strong.create()))
      a.dispatch(a.state.tr.addMark(from, to, schema.marks.link.create({ href: "https://lahr.example/a|b" })))
      expect(listSuggestions(a.pm)).toHaveLength(2)
      settleAll(a, accept)
      const attributes = (a.ytext.toDelta() as Part[]).find(({ insert }) => insert === "mehr")?.attributes
      expect(attributes).toEqual(accept ? { strong: true, link: "https://lahr.example/a%7Cb" } : undefined)
      a.history.undo()
      expect(listSuggestions(a.pm).length).toBeGreaterThan(0)
    }
  })

  test("to replace reads as one, also where the two have ids of their own; those of two people stay two", () => {
    const { a, reviewer } = start()
    const by = (person: number) => `${person}|Lahr|1750000000`
    a.ytext.applyDelta([
      { retain: a.ytext.toString().indexOf("mehr") },
      { retain: 4, attributes: { "del:x": by(1) } },
      { insert: "weniger", attributes: { "ins:y": by(1) } },
    ])
    expect(joinReplacements(listSuggestions(a.pm)).map(({ ids }) => ids)).toEqual([["x", "y"]])
    reviewer.ytext.applyDelta([
      { retain: reviewer.ytext.toString().indexOf("mehr") },
      { retain: 4, attributes: { "del:x": by(1) } },
      { insert: "weniger", attributes: { "ins:y": by(2) } },
    ])
    expect(joinReplacements(listSuggestions(reviewer.pm)).map(({ ids }) => ids)).toEqual([["x"], ["y"]])
  })

  test("is undone by its author alone, and an answer to it by whoever gave it", () => {
    const { a, b } = start()
    const before = a.shown()
    a.select(a.find("mehr"), a.find("mehr", 4))
    a.type("weniger")
    sync(a, b)
    b.select(b.find("Zweiter"))
    b.type("Ein ")
    sync(a, b)
    for (let n = 0; n < 9; n++) a.history.undo()
    sync(a, b)
    expect(listSuggestions(a.pm).map(({ author }) => author?.person)).toEqual([2])
    settleAll(a, false)
    expect(a.shown()).toBe(before)
    a.history.undo()
    expect(listSuggestions(a.pm).map(({ parts }) => parts[0]?.text)).toEqual(["Ein "])
  })

  test("lets the caret pass over what is struck out, in both directions", () => {
    const { a } = start()
    const at = (n: number) => a.find("mehr", n)
    a.select(at(4))
    for (const left of [3, 2]) {
      a.dispatch(a.state.tr.delete(at(left), at(left + 1)))
      expect(a.state.selection.head).toBe(at(left))
    }
    a.select(at(1))
    for (const right of [2, 3, 4]) {
      a.dispatch(a.state.tr.delete(at(right - 1), at(right)))
      expect(a.state.selection.head).toBe(at(right))
    }
    expect(listSuggestions(a.pm)).toHaveLength(1)
  })

  test("of a kind leaves the caret where it was", () => {
    const { a } = start()
    a.select(a.find("Zweiter", 3))
    const $pos = a.pm.resolve(a.find("Zweiter"))
    a.dispatch(a.state.tr.setNodeMarkup($pos.before(), null, { ...$pos.parent.attrs, level: 2 }))
    expect(a.state.selection.head).toBe(a.find("Zweiter", 3))
    expect(listSuggestions(a.pm)[0]?.parts).toMatchObject([{ type: "kind", kind: "clause:2" }])
  })

  test("to make a block something nobody knows only goes away", () => {
    const { a } = start()
    a.ytext.format(a.ytext.length - 1, 1, { "kind:x": "table:9|3|Lahr|1750000000" })
    settleAll(a, true)
    expect(a.held()).toBe(start().a.held())
  })
})
