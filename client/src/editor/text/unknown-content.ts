/** What another program put into the text and this one does not know is named where it stands. */
import type { Node } from "prosemirror-model"
import { Plugin } from "prosemirror-state"
import { Decoration, DecorationSet } from "prosemirror-view"
import type { MakeFeature } from "../feature"
import { EMBEDDED } from "./projection"

export const unknownContent: MakeFeature = ({ strings }) => {
  const look = (doc: Node) => DecorationSet.create(doc, decorations(doc, strings.unknownContent))
  const plugin: Plugin<DecorationSet> = new Plugin({
    state: {
      init: (_, { doc }) => look(doc),
      apply: (tr, set) => (tr.docChanged ? look(tr.doc) : set),
    },
    props: { decorations: (state) => plugin.getState(state) },
  })
  return { plugins: [plugin] }
}

function decorations(doc: Node, label: string): Decoration[] {
  const found: Decoration[] = []
  doc.descendants((node, pos) => {
    const text = node.text ?? ""
    for (let at = text.indexOf(EMBEDDED); at >= 0; at = text.indexOf(EMBEDDED, at + 1)) {
      const named = { class: "ke-unknown", "data-label": label, title: label }
      found.push(Decoration.inline(pos + at, pos + at + 1, named))
    }
  })
  return found
}
