/** Carets beside letters that go because others stand for them: they go on beside those. */
import { TextSelection } from "prosemirror-state"
import * as Y from "yjs"
import type { YTextBinding } from "./binding"
import { toIndex, toPos } from "./positions"
import type { Twin } from "./restored"

/** A place beside a letter: behind it, or before it. */
interface Beside {
  letter: Y.ID
  behind: boolean
}

/** Calls `remove`, which deletes the doubles of these twins. */
export function keepCarets(binding: YTextBinding, twins: readonly Twin[], remove: () => void): void {
  const selection = binding.state?.selection
  const places =
    selection instanceof TextSelection
      ? [selection.$anchor.pos, selection.$head.pos].map((pos) => {
          const startsSelection = !selection.empty && pos === selection.from
          return besideKept(binding, twins, pos, !startsSelection)
        })
      : []
  remove()
  const { state } = binding
  if (!state || !places.some(Boolean)) return
  const [anchor, head] = [state.selection.anchor, state.selection.head].map((pos, i) => {
    const place = places[i]
    const index = place ? indexOf(binding.ytext, place) : null
    return index === null ? pos : toPos(state.doc, index)
  })
  if (anchor === undefined || head === undefined) return
  binding.dispatch(state.tr.setSelection(TextSelection.create(state.doc, anchor, head)))
}

/** The letter that stays, if the one beside the place goes. */
function besideKept(
  { ytext, doc }: YTextBinding,
  twins: readonly Twin[],
  pos: number,
  behind: boolean,
): Beside | null {
  const { item } = Y.createRelativePositionFromTypeIndex(ytext, toIndex(doc, pos), behind ? -1 : 0)
  const twin = item && twins.find(({ double }) => Y.compareIDs(double, item))
  return twin ? { letter: twin.kept, behind } : null
}

function indexOf(ytext: Y.Text, { letter, behind }: Beside): number | null {
  const place = Y.createRelativePositionFromJSON({ item: letter, assoc: 0 })
  const found = ytext.doc && Y.createAbsolutePositionFromRelativePosition(place, ytext.doc)
  return found?.type === ytext ? found.index + (behind ? 1 : 0) : null
}
