// One history: people with a document each, random edits, a bad network, and the account of every character.
import * as Y from "yjs"
import { Alphabet, Editing, makeBlock } from "../../client/test/support/edits"
import { countChars, Ledger } from "../../client/test/support/ledger"
import { Network } from "../../client/test/support/network"
import { Random } from "../../client/test/support/random"

/**
 * `makePeer(id, initial)`. The same seed draws the same edits as long as the documents are the same; where a
 * binding has changed the text, what is drawn next happens to that text.
 * Returns {violated, diverged, failed}: violated when a character was lost, doubled, or rose from deletion.
 */
export function playHistory(makePeer, seed, { people, rounds }) {
  const random = new Random(seed)
  const alphabet = new Alphabet()
  const editing = new Editing(random, alphabet)
  const origin = makeOrigin(makePeer, alphabet)
  const ledger = new Ledger(origin.pm)
  const initial = Y.encodeStateAsUpdate(origin.doc)
  const peers = Array.from({ length: people }, (_, index) => makePeer((index + 1) * 7, initial))
  const network = new Network(peers, random, (_, deliver) => deliver())
  try {
    for (let round = 0; round < rounds; round++) playRound({ random, editing, ledger, peers, network })
    network.settle()
  } catch {
    return { violated: false, diverged: false, failed: true }
  }
  const { lost, doubled, risen } = ledger.judge(peers[0].pm)
  return {
    violated: lost.length + doubled.length + risen.length > 0,
    diverged: peers.some((peer) => peer.shown() !== peers[0].shown()),
    failed: false,
  }
}

function makeOrigin(makePeer, alphabet) {
  const origin = makePeer(1000, null)
  const blocks = [
    makeBlock(alphabet.take(5), "heading", 1),
    makeBlock(alphabet.take(10)),
    makeBlock(alphabet.take(6), "bullet", 1),
    makeBlock(alphabet.take(8), "clause", 1),
  ]
  origin.dispatch(origin.state.tr.replaceWith(0, origin.pm.content.size, blocks))
  return origin
}

function playRound({ random, editing, ledger, peers, network }) {
  const peer = random.pick(peers)
  for (let edits = 1 + random.int(3); edits > 0; edits--) {
    const before = countChars(peer.pm)
    const isUndo = editing.act(peer)
    ledger.record(peer.doc.clientID, before, countChars(peer.pm), isUndo)
  }
  if (random.chance(0.35)) network.deliver(random.int(peers.length), false)
}
