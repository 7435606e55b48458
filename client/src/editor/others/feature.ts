/**
 * What others change, for whoever cannot see it: said in one sentence once it has been calm for a while, so that no
 * screen reader speaks with every key of everybody.
 */
import { Plugin } from "prosemirror-state"
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
  return ({ binding, strings, cards }) => {
    let who = new Set<string>()
    let where = new Set<string>()
    let calm: ReturnType<typeof setTimeout> | undefined
    let first = 0
    const say = () => {
      const names = [...who].join(", ") || strings.suggestedBySomebody
      const places = [...where].slice(0, MOST).join(", ")
      if (where.size) {
        cards.announce(strings.othersWrote.replace("{who}", names).replace("{where}", places))
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
          if (!tr.docChanged || !isRemote(tr) || !who.size) return null
          const places = new Whereabouts(doc, strings)
          tr.mapping.maps.forEach((map) => {
            map.forEach((_from, _to, from) => {
              where.add(places.label(from))
            })
          })
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

/** Those whose client ids have written something new in the transaction. */
function writersIn(
  { beforeState, afterState }: YTransaction,
  ownerOf: (client: number) => Owner | null,
): Owner[] {
  return [...afterState]
    .filter(([client, clock]) => clock > (beforeState.get(client) ?? 0))
    .flatMap(([client]) => ownerOf(client) ?? [])
}
