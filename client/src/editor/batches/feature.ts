/** Suggestions that were prepared together: their cards say so, and a link leads to the batch. */
import type { MakeFeature } from "../feature"
import type { Batches } from "./batches"

/** `wanted`: the batch that the page's address names, "" for none. */
export function batches(known: Batches, wanted: string): MakeFeature {
  return ({ cards }) => {
    let looked = false
    known.onChange = () => {
      cards.changed()
      const group = looked ? null : known.find(wanted)
      if (!group) return
      looked = true
      cards.showGroup(group)
    }
    return {}
  }
}
