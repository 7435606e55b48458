/** A page that names a block leads there: `#block-3` is the third block of the text. */
import { TextSelection } from "prosemirror-state"
import type { MakeFeature } from "../feature"

export function goToBlock(hash: string): MakeFeature {
  return ({ view }) => {
    let wanted = Number(/^#block-([0-9]{1,6})$/.exec(hash)?.[1] ?? 0)
    return {
      synced() {
        const { doc, tr } = view.state
        if (wanted < 1 || wanted > doc.childCount) return
        let before = 0
        for (let k = 0; k < wanted - 1; k++) before += doc.child(k).nodeSize
        wanted = 0
        const inside = [before + 1, before + doc.resolve(before + 1).parent.nodeSize - 1] as const
        view.dispatch(tr.setSelection(TextSelection.create(doc, ...inside)).scrollIntoView())
        view.focus()
      },
    }
  }
}
