/**
 * Two people propose changes at random; then all is rejected or all is accepted.
 *
 *   rejected   the text is what it was
 *   accepted   the text is what its authors saw, insertions in, deletions out, proposed kinds in force
 */
import { deleteSelection, joinBackward, splitBlock } from "prosemirror-commands"
import { TextSelection, type Transaction } from "prosemirror-state"
import { describe, expect, test } from "vitest"
import * as Y from "yjs"
import { stepDelta } from "../src/editor/delta"
import { toPos } from "../src/editor/positions"
import { toBlocks } from "../src/editor/projection"
import { propose } from "../src/editor/suggesting"
import { type Author, listSuggestions, resolveDelta } from "../src/editor/suggestions"
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

/** A peer whose edits become proposals. */
class Proposer extends Peer {
  private count = 0

  constructor(
    id: number,
    initial: Uint8Array,
    readonly author: Author,
  ) {
    super(id, initial)
  }

  override dispatch(tr: Transaction): void {
    if (!tr.docChanged) super.dispatch(tr)
    else this.propose(tr)
  }

  override run(command: Parameters<Peer["run"]>[0]): boolean {
    return command(this.state, (tr) => this.dispatch(tr))
  }

  private propose(tr: Transaction): void {
    const [step] = tr.steps
    const delta = stepDelta(tr.steps.length === 1 && step ? step : null, tr.before, tr.doc)
    const newId = () => `${this.author.person}-${++this.count}`
    const proposal = propose(delta, tr.before, { author: this.author, now: 1_750_000_000, newId })
    this.doc.transact(() => this.ytext.applyDelta(proposal.delta), "propose")
    this.caretAt(proposal.caret)
  }

  private caretAt(index: number): void {
    super.dispatch(this.state.tr.setSelection(TextSelection.create(this.pm, toPos(this.pm, index))))
  }
}

function start(): { a: Proposer; b: Proposer; reviewer: Peer } {
  const origin = new Y.Doc()
  origin.clientID = 99
  origin.getText("text").applyDelta(TEXT)
  const update = Y.encodeStateAsUpdate(origin)
  return {
    a: new Proposer(1, update, { person: 1, municipality: "Offenburg" }),
    b: new Proposer(2, update, { person: 2, municipality: "Lahr" }),
    reviewer: new Peer(3, update),
  }
}

function settleAll(peer: Peer, accept: boolean): void {
  for (let [next] = listSuggestions(peer.pm); next; [next] = listSuggestions(peer.pm)) {
    const delta = resolveDelta(peer.pm, next.id, accept)
    peer.doc.transact(() => peer.ytext.applyDelta(delta), "resolve")
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

function actAtRandom(peer: Proposer, random: Random): void {
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
  }, 60_000)

  test("all accepted make the text that their authors saw", () => {
    for (let seed = 0; seed < 100; seed++) {
      const { reviewer } = play(seed)
      const proposed = asProposed(reviewer)
      settleAll(reviewer, true)
      expect(asIs(reviewer), `seed ${seed}`).toBe(proposed)
    }
  }, 60_000)
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
})
