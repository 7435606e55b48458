// @vitest-environment jsdom
import { EditorState } from "prosemirror-state"
import { EditorView } from "prosemirror-view"
import { expect, test } from "vitest"
import * as Y from "yjs"
import { anchorsOf } from "../src/editor/carets/anchors"
import { type CaretSource, caretsPlugin, type RemoteCaret } from "../src/editor/carets/carets"
import { Following } from "../src/editor/carets/following"
import { YTextBinding } from "../src/editor/text/binding"
import { project } from "../src/editor/text/projection"

/** Ben, whose caret can be put elsewhere. */
class Ben implements CaretSource {
  at: RemoteCaret["at"] | null = null
  private listener = () => {}

  others = (): RemoteCaret[] =>
    this.at ? [{ client: 2, person: 2, name: "Ben", municipality: "Lahr", at: this.at }] : []

  publish(): void {}

  subscribe(listener: () => void): () => void {
    this.listener = listener
    return () => {}
  }

  moves(at: RemoteCaret["at"]): void {
    this.at = at
    this.listener()
  }
}

test("a caret that the browser has moved stays there when somebody else's is drawn", () => {
  const ytext = new Y.Doc().getText("text")
  ytext.insert(0, "Anfang\ndas alte Netz\n")
  const binding = new YTextBinding(ytext)
  const ben = new Ben()
  const place = document.body.appendChild(document.createElement("div"))
  const view = new EditorView(place, {
    state: EditorState.create({
      doc: project(ytext),
      plugins: [caretsPlugin(binding, ben, "Koordination", new Following())],
    }),
    dispatchTransaction: (tr) => binding.dispatch(tr),
  })
  binding.attach(view)
  view.focus()

  const second = view.dom.children[1]?.firstChild
  if (!second) throw new Error("the second line is not there")
  document.getSelection()?.collapse(second, 3)
  ben.moves(anchorsOf(ytext, view.state.doc, { anchor: 3, head: 3 }))

  expect(view.state.selection.$head.parent.textContent).toBe("das alte Netz")
  expect(view.state.selection.$head.parentOffset).toBe(3)
})
