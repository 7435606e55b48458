/**
 * Random histories of several people writing at once over a bad network, and what must hold in each.
 *
 *   equal      all documents are equal in the end, and each always equals a fresh projection of its text
 *   once       every character is there exactly once unless it was deleted or undone
 *   carets     a caret keeps a neighbour, and nothing passes from one side of it to the other
 *   own undo   undo and redo touch only what their owner inserted or deleted
 *              (also while some propose changes and others accept or reject them)
 *   named      what two people's undo doubled is named to both
 *   valid      the document always satisfies the schema, and no remote edit needs the fallback
 */
import * as Y from "yjs"
import { CaretWatch } from "./support/caret-watch"
import { misnamed } from "./support/doubled"
import { Alphabet, Editing, makeBlock } from "./support/edits"
import { countChars, Ledger, type Verdict } from "./support/ledger"
import { Network } from "./support/network"
import { Peer } from "./support/peer"
import { Random } from "./support/random"

export interface Outcome extends Verdict {
  seed: number
  foreignUndo: string[]
  diverged: boolean
  /** How often the editor showed something else than its text held. */
  misshown: number
  invalid: number
  fallbacks: number
  /** Doubled by this person's undo and another's without their being told, or told though it is not so. */
  misnamed: string[]
  caretsChecked: number
  caretsMoved: string[]
  messagesLost: number
}

/** Short and long ones: most mistakes need few rounds, some need many. */
function roundsOf(seed: number): number {
  return 14 + (seed % 19)
}

export function playHistory(seed: number): Outcome {
  return new History(seed).play(roundsOf(seed))
}

/** What all have in the end, as one Yjs update. Nobody looks what holds on the way. */
export function finalState(seed: number): Uint8Array {
  return new History(seed, false).settle(roundsOf(seed))
}

/** Empty when everything held; doubling by Yjs itself is no failure of ours. */
export function complaints(outcome: Outcome): string[] {
  const { lost, doubled, risen, foreignUndo, caretsMoved, misnamed, diverged, misshown, invalid, fallbacks } =
    outcome
  return Object.entries({
    lost: lost.length,
    doubled: doubled.length,
    risen: risen.length,
    "undo touched another's text": foreignUndo.length,
    "caret moved": caretsMoved.length,
    "doubled without a word": misnamed.length,
    "documents differ": diverged,
    "editor differs from its text": misshown,
    "invalid document": invalid,
    "whole document replaced": fallbacks,
  })
    .filter(([, found]) => found)
    .map(([name, found]) => `${name}: ${found}`)
}

class History {
  private readonly random: Random
  private readonly alphabet = new Alphabet()
  private readonly carets = new CaretWatch()
  private readonly peers: Peer[]
  private readonly ledger: Ledger
  private readonly network: Network
  private readonly editing: Editing
  private misshown = 0
  private invalid = 0

  constructor(
    private readonly seed: number,
    private readonly isWatched = true,
  ) {
    this.random = new Random(seed)
    this.editing = new Editing(this.random, this.alphabet)
    const origin = this.makeOrigin()
    this.ledger = new Ledger(origin.pm)
    const initial = Y.encodeStateAsUpdate(origin.doc)
    const ids = this.random.shuffle([7, 14, 21, 28, 35].slice(0, 3 + (seed % 3)))
    this.peers = ids.map((id) => new Peer(id, initial))
    this.network = new Network(this.peers, this.random, (peer, deliver) => {
      if (!this.isWatched) return deliver()
      this.carets.around(peer, deliver)
      this.check(peer)
    })
  }

  play(rounds: number): Outcome {
    this.settle(rounds)
    return this.outcome()
  }

  settle(rounds: number): Uint8Array {
    for (let round = 0; round < rounds; round++) this.playRound()
    this.network.settle()
    const [first] = this.peers
    if (!first) throw new Error("a history has people")
    return Y.encodeStateAsUpdate(first.doc)
  }

  private makeOrigin(): Peer {
    const origin = new Peer(1000, null)
    const blocks = [
      makeBlock(this.alphabet.take(5), "heading", 1),
      makeBlock(this.alphabet.take(10)),
      makeBlock(this.alphabet.take(6), "bullet", 1),
      makeBlock(this.alphabet.take(8), "clause", 1),
      makeBlock(this.alphabet.take(4)),
    ]
    origin.dispatch(origin.state.tr.replaceWith(0, origin.pm.content.size, blocks))
    return origin
  }

  private playRound(): void {
    const peer = this.random.pick(this.peers)
    for (let edits = 1 + this.random.int(3); edits > 0; edits--) this.edit(peer)
    if (this.random.chance(0.35)) this.network.deliver(this.random.int(this.peers.length), false)
    if (this.random.chance(0.04)) this.network.toggle(this.random.int(this.peers.length))
  }

  private edit(peer: Peer): void {
    if (!this.isWatched) return void this.editing.act(peer)
    const before = countChars(peer.pm)
    const isUndo = this.editing.act(peer)
    this.ledger.record(peer.doc.clientID, before, countChars(peer.pm), isUndo)
    this.check(peer)
  }

  private check(peer: Peer): void {
    try {
      peer.pm.check()
    } catch {
      this.invalid++
    }
    if (peer.isAstray()) this.misshown++
  }

  private outcome(): Outcome {
    const [first] = this.peers
    if (!first) throw new Error("a history has people")
    return {
      seed: this.seed,
      ...this.ledger.judge(first.pm),
      foreignUndo: this.ledger.foreign,
      diverged: this.peers.some((peer) => peer.shown() !== first.shown() || peer.held() !== first.shown()),
      misshown: this.misshown,
      invalid: this.invalid,
      fallbacks: this.peers.reduce((sum, peer) => sum + peer.binding.stats.fallback, 0),
      misnamed: this.peers.flatMap(misnamed),
      caretsChecked: this.carets.checked,
      caretsMoved: this.carets.moved,
      messagesLost: this.network.lost,
    }
  }
}
