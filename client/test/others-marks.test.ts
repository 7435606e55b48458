/**
 * Proposals and comments of others, while one person writes, composes, drags, pastes and formats in and around
 * them, changing the text or proposing changes.
 *
 *   untouched   what was there keeps its keys, on letters and line feeds alike, as long as it is there
 *   not joined  what is written belongs to nobody else's proposal; it may stand in a passage that is commented on
 *   open        who proposes takes away nothing that is not theirs
 *   shown       after each edit the editor shows what its text holds
 */
import { deleteSelection, joinBackward, joinForward, splitBlock } from "prosemirror-commands"
import { Fragment, Slice } from "prosemirror-model"
import { describe, expect, test } from "vitest"
import { plainAtStart } from "../src/editor/controls/commands"
import { schema } from "../src/editor/text/schema"
import { Alphabet, caretPlaces, makeBlock } from "./support/edits"
import { type Peer, peersOf } from "./support/peer"
import { Random } from "./support/random"
import { HISTORIES } from "./support/slices"
import { type Unit, unitsOf } from "./support/units"

const ME = { person: 1, municipality: "Offenburg" }
const MINE = "1|Offenburg|1750000000"
const BEN = "2|Lahr|1750000000"
const MARKS: Record<string, string | true>[] = [
  {},
  { "ins:b1": BEN },
  { "del:b2": BEN },
  { "comment:c1": true },
  { "ins:b3": BEN, "del:b4": BEN, "comment:c2": true },
  { "ins:m1": MINE },
  { strong: true, "del:b2": BEN },
]
const KEY = /^(ins|del|comment|kind):/

function textOf(random: Random, alphabet: Alphabet) {
  return Array.from({ length: 4 }, () => [
    ...Array.from({ length: 4 }, () => ({ insert: alphabet.take(3), attributes: random.pick(MARKS) })),
    { insert: "\n", attributes: { b: "paragraph:0", ...random.pick(LINE_FEEDS) } },
  ]).flat()
}

const LINE_FEEDS: Record<string, string>[] = [
  {},
  { "ins:b5": BEN },
  { "del:b6": BEN },
  { "kind:b7": `clause:1|${BEN}` },
  { b: "clause:1" },
]

function selectRange(peer: Peer, random: Random): { from: number; to: number } {
  const places = caretPlaces(peer.pm)
  const from = random.int(places.length)
  const to = Math.min(places.length - 1, from + random.int(6))
  return peer.select(places[from] ?? 1, places[to] ?? 1).selection
}

/** What the browser's own text holds after a composed word: letters without what it knows nothing of. */
function compose(peer: Peer, random: Random, alphabet: Alphabet): void {
  selectRange(peer, random)
  const { $from, from } = peer.state.selection
  const to = Math.min($from.end(), from + random.int(5))
  for (let step = 0, end = to; step < 3; step++) {
    const kept = peer.pm.textBetween(from, end)
    const word = kept.slice(0, random.int(kept.length + 1)) + alphabet.take(1)
    const whole = /\p{Surrogate}/u.test(word) ? alphabet.take(2) : word
    peer.dispatch(peer.state.tr.replaceWith(from, end, schema.text(whole)).setMeta("composition", 1))
    end = from + whole.length
  }
  peer.binding.settle()
}

function drag(peer: Peer, random: Random): void {
  const { from, to } = selectRange(peer, random)
  const slice = peer.pm.slice(from, to)
  const tr = peer.state.tr.deleteSelection()
  const at = random.pick(caretPlaces(tr.doc))
  peer.dispatch(tr.replaceRange(at, at, slice))
}

function pasteCopy(peer: Peer, random: Random): void {
  const { from, to } = selectRange(peer, random)
  const slice = peer.pm.slice(from, to)
  selectRange(peer, random)
  peer.dispatch(peer.state.tr.replaceSelection(slice))
}

function act(peer: Peer, random: Random, alphabet: Alphabet): void {
  const { from, to } = selectRange(peer, random)
  const { strong, em } = schema.marks
  const actions: (() => unknown)[] = [
    () => compose(peer, random, alphabet),
    () => compose(peer, random, alphabet),
    () => peer.type(alphabet.take(2)),
    () => peer.dispatch(peer.state.tr.insertText(alphabet.take(2))),
    () => drag(peer, random),
    () => pasteCopy(peer, random),
    () => peer.run(deleteSelection),
    () => peer.run(splitBlock),
    () => peer.run(joinBackward) || peer.run(joinForward) || peer.run(plainAtStart),
    () => peer.dispatch(peer.state.tr.addMark(from, to, strong.create())),
    () => peer.dispatch(peer.state.tr.removeMark(from, to)),
    () => peer.dispatch(peer.state.tr.replaceWith(from, to, schema.text(alphabet.take(1), [em.create()]))),
    () => {
      const blocks = [makeBlock(alphabet.take(2)), makeBlock(alphabet.take(2), "clause", 1)]
      peer.dispatch(peer.state.tr.replaceSelection(new Slice(Fragment.from(blocks), 1, random.int(2))))
    },
  ]
  random.pick(actions)()
}

function keysOf({ attrs }: Unit): Record<string, unknown> {
  const found = Object.entries(attrs).filter(([key]) => KEY.test(key))
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)))
}

function others(unit: Unit): string {
  const keys = Object.entries(keysOf(unit)).filter(([, value]) => !String(value).includes("1|Offenburg|"))
  return JSON.stringify(keys.sort())
}

/** A new letter. */
function isFree(unit: Unit, proposes: boolean): boolean {
  const attrs = Object.fromEntries(Object.entries(unit.attrs).filter(([key]) => !key.startsWith("comment:")))
  return (
    others({ ...unit, attrs }) === "[]" && (proposes || Object.keys(keysOf({ ...unit, attrs })).length === 0)
  )
}

function play(seed: number): string[] {
  const [random, alphabet] = [new Random(seed), new Alphabet()]
  const [peer] = peersOf(textOf(random, alphabet), 1) as [Peer]
  const proposes = seed % 2 === 1
  let count = 0
  const newId = () => `own-${++count}`
  peer.binding.proposing = proposes ? { author: ME, newId, now: () => 1_750_000_000 } : null
  const before = new Map(unitsOf(peer.ytext).map((unit) => [unit.id, unit]))
  const found: string[] = []
  for (let edit = 0; edit < 8; edit++) {
    act(peer, random, alphabet)
    if (peer.isAstray()) found.push(`seed ${seed}: shows something else after edit ${edit}`)
  }
  const now = unitsOf(peer.ytext)
  for (const unit of now) {
    const was = before.get(unit.id)
    const kept = proposes ? others : (each: Unit) => JSON.stringify(keysOf(each))
    if (was ? kept(unit) !== kept(was) : !isFree(unit, proposes))
      found.push(`seed ${seed}: ${JSON.stringify(was ?? null)} → ${JSON.stringify(unit)}`)
  }
  const there = new Set(now.map(({ id }) => id))
  const gone = [...before.values()].filter(({ id, attrs }) => !there.has(id) && !("ins:m1" in attrs))
  if (proposes && gone.length) found.push(`seed ${seed}: gone ${JSON.stringify(gone)}`)
  return found
}

describe("others' proposals and comments", () => {
  test(`stay as they are in ${HISTORIES} histories of one who writes among them`, () => {
    const found: string[] = []
    for (let seed = 0; seed < HISTORIES && found.length < 5; seed++) found.push(...play(seed))
    expect(found).toEqual([])
  })
})
