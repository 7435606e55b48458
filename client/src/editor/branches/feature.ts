/** A private draft: how many proposals it holds stands above the text. */
import { Plugin } from "prosemirror-state"
import type { MakeFeature } from "../feature"
import { listSuggestions } from "../suggestions/suggestions"

/** Milliseconds after a key until they are counted anew. */
const CALM = 300

/** `prefix`: of the ids of the draft's own suggestions. `place`: where the server wrote the number. */
export function branch(prefix: string, place: HTMLElement): MakeFeature {
  return ({ view, strings }) => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const count = () => {
      timer = undefined
      const number = listSuggestions(view.state.doc).filter(({ id }) => id.startsWith(prefix)).length
      if (place.dataset.count === String(number)) return
      place.dataset.count = String(number)
      const words = number === 1 ? strings.branchOne : strings.branchMany
      place.textContent = words.replace("{count}", String(number))
    }
    const follow = new Plugin({
      view: () => ({
        update: ({ state }, old) => {
          if (state.doc !== old.doc) timer ??= setTimeout(count, CALM)
        },
        destroy: () => clearTimeout(timer),
      }),
    })
    return { plugins: [follow] }
  }
}
