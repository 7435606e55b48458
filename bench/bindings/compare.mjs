import * as tiptap from "@tiptap/y-tiptap"
import * as yProsemirror from "y-prosemirror"
import { Peer } from "../../client/test/support/peer"
import { playHistory } from "./history.mjs"
import { TreePeer } from "./tree-peer.mjs"

const BINDINGS = {
  ours: (id, initial) => new Peer(id, initial),
  "y-prosemirror": (id, initial) => new TreePeer(yProsemirror, id, initial),
  "y-tiptap": (id, initial) => new TreePeer(tiptap, id, initial),
}

/** Alone nobody may lose anything: a binding that does would be used wrongly here. */
const KINDS = {
  alone: { people: 1, rounds: 30 },
  mild: { people: 2, rounds: 2 },
  heavy: { people: 4, rounds: 30 },
}

/** Prints how many of `count` histories from seed `first` on went wrong. */
export function compare(first, count) {
  const { warn, error } = console
  console.warn = console.error = () => {} // the tree bindings tell of every repair
  console.log(
    "| binding | history | character lost, doubled or risen | documents differ | exception |\n|---|---|---|---|---|",
  )
  for (const [kind, shape] of Object.entries(KINDS)) {
    for (const [name, makePeer] of Object.entries(BINDINGS))
      console.log(line(name, kind, makePeer, shape, first, count))
  }
  Object.assign(console, { warn, error })
}

function line(name, kind, makePeer, shape, first, count) {
  const sums = { violated: 0, diverged: 0, failed: 0 }
  for (let seed = first; seed < first + count; seed++) {
    const result = playHistory(makePeer, seed, shape)
    for (const key of Object.keys(sums)) if (result[key]) sums[key]++
  }
  const shares = Object.values(sums).map((sum) => `${sum} of ${count}`)
  return `| ${name} | ${kind}: ${shape.people} people, ${shape.rounds} rounds | ${shares.join(" | ")} |`
}
