/** Carets beside letters that go because others stand for them: they go on beside those. */
import { TextSelection } from "prosemirror-state"
import * as Y from "yjs"
import type { Twin } from "../doubles/restored"
import type { YTextBinding } from "../text/binding"
import { toAbsolute, toRelative } from "./anchors"

/** Calls `remove`, which deletes the doubles of these twins. */
export function keepCarets(binding: YTextBinding, twins: readonly Twin[], remove: () => void): void {
  const before = binding.state?.selection
  const places =
    before instanceof TextSelection
      ? [before.anchor, before.head].map((pos) => {
          const startsSelection = !before.empty && pos === before.from
          return besideKept(binding, twins, pos, startsSelection ? 0 : -1)
        })
      : []
  remove()
  const { state, ytext } = binding
  if (!state || !places.some(Boolean)) return
  const { anchor, head } = state.selection
  const now = (place: Y.RelativePosition | null | undefined) =>
    place ? toAbsolute(ytext, state.doc, place) : null
  const moved = TextSelection.create(state.doc, now(places[0]) ?? anchor, now(places[1]) ?? head)
  binding.dispatch(state.tr.setSelection(moved))
}

/** The same place beside the letter that stays, if the one beside it goes. */
function besideKept(
  { ytext, doc }: YTextBinding,
  twins: readonly Twin[],
  pos: number,
  assoc: number,
): Y.RelativePosition | null {
  const { item } = toRelative(ytext, doc, pos, assoc)
  const twin = item && twins.find(({ double }) => Y.compareIDs(double, item))
  return twin ? new Y.RelativePosition(null, null, twin.kept, assoc) : null
}
