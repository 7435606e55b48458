/**
 * What others change, for whoever cannot see it: said in one sentence once it has been calm for a while, so that no
 * screen reader speaks with every key of everybody.
 */
import { Plugin, type Transaction } from "prosemirror-state"
import type { Transaction as YTransaction } from "yjs"
import type { MakeFeature } from "../feature"
import { Whereabouts } from "../margin/whereabouts"
import { isRemote } from "../text/transactions"

/** Milliseconds without a change of others, and at the most from the first one on. */
const CALM = 4_000
const LATEST = 20_000
/** Places that are named. */
const MOST = 3

export interface Owner {
  person: number
  municipality: string
}

/** `self`: one's own number; `ownerOf`: whose client id it is. */
export function others(self: number, ownerOf: (client: number) => Owner | null): MakeFeature {
  return ({ view, binding, strings, cards }) => {
    let who = new Set<string>()
    /** Where blocks begin that were written in, as the text is now: what a heading says changes with each key. */
    let where = new Set<number>()
    let calm: ReturnType<typeof setTimeout> | undefined
    let first = 0
    const say = () => {
      const { doc } = view.state
      const places = new Whereabouts(doc, strings)
      const named = new Set(
        [...where].sort((a, b) => a - b).map((at) => places.label(Math.min(at, doc.content.size))),
      )
      if (where.size) {
        const names = [...who].join(", ") || strings.suggestedBySomebody
        const those = [...named].slice(0, MOST).join(", ")
        cards.announce(strings.othersWrote.replace("{who}", names).replace("{where}", those))
      }
      ;[who, where, first] = [new Set(), new Set(), 0]
    }
    binding.ytext.observe((_event, transaction) => {
      for (const owner of writersIn(transaction, ownerOf)) {
        if (owner.person !== self) who.add(owner.municipality || strings.presenceCoordination)
      }
    })
    const listen = new Plugin({
      state: {
        init: () => null,
        apply(tr, _value, _old, { doc }) {
          if (!tr.docChanged) return null
          if (where.size) where = new Set([...where].map((at) => tr.mapping.map(at, -1)))
          if (!isRemote(tr) || !who.size) return null
          for (const at of changedIn(tr)) where.add(doc.resolve(at).start(1))
          clearTimeout(calm)
          first ||= Date.now()
          calm = setTimeout(say, Math.min(CALM, Math.max(0, first + LATEST - Date.now())))
          return null
        },
      },
    })
    return { plugins: [listen] }
  }
}

/** Positions in the new document, one for each stretch. */
function changedIn({ mapping, doc }: Transaction): number[] {
  return mapping.maps.flatMap((map, step) => {
    const found: number[] = []
    map.forEach((_from, _to, from) => {
      const at = mapping.slice(step + 1).map(from)
      found.push(Math.max(1, Math.min(at, doc.content.size - 1)))
    })
    return found
  })
}

/** Those whose client ids have written something new in the transaction. */
function writersIn(
  { beforeState, afterState }: YTransaction,
  ownerOf: (client: number) => Owner | null,
): Owner[] {
  return [...afterState]
    .filter(([client, clock]) => clock > (beforeState.get(client) ?? 0))
    .flatMap(([client]) => ownerOf(client) ?? [])
}
