// @vitest-environment jsdom
import { EditorState } from "prosemirror-state"
import { EditorView } from "prosemirror-view"
import { expect, test } from "vitest"
import * as Y from "yjs"
import { anchorsOf } from "../src/editor/carets/anchors"
import { type CaretSource, caretsPlugin, type RemoteCaret } from "../src/editor/carets/carets"
import { Following } from "../src/editor/carets/following"
import { highlight, highlights } from "../src/editor/comments/highlights"
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

/** Ways in which others make the editor draw anew. */
const OTHERS: Record<string, (ytext: Y.Text, ben: Ben, view: EditorView) => void> = {
  "moves a caret": (ytext, ben, view) => ben.moves(anchorsOf(ytext, view.state.doc, { anchor: 3, head: 3 })),
  "writes in the line before": (ytext) => receive(ytext, (theirs) => theirs.insert(0, "Am ")),
  "writes in that line": (ytext) => receive(ytext, (theirs) => theirs.insert(ytext.length - 1, " hier")),
  "puts a line before it": (ytext) => receive(ytext, (theirs) => theirs.insert(7, "Mitte\n")),
  comments: (_ytext, _ben, view) => highlight(view, [{ key: "k", passages: [{ from: 1, to: 4 }] }]),
}

const NAME = "a caret that the browser has moved stays there when somebody else %s"

test.each(Object.keys(OTHERS))(NAME, (way) => {
  const ytext = new Y.Doc().getText("text")
  ytext.insert(0, "Anfang\ndas alte Netz\n")
  const binding = new YTextBinding(ytext)
  const ben = new Ben()
  const place = document.body.appendChild(document.createElement("div"))
  const plugins = [caretsPlugin(binding, ben, "Koordination", new Following()), highlights(() => true)]
  const view = new EditorView(place, {
    state: EditorState.create({ doc: project(ytext), plugins }),
    dispatchTransaction: binding.dispatch,
  })
  binding.attach(view)
  view.focus()

  const second = view.dom.children[1]?.firstChild
  if (!second) throw new Error("the second line is not there")
  document.getSelection()?.collapse(second, 3)
  OTHERS[way]?.(ytext, ben, view)

  const { $head } = view.state.selection
  expect($head.parent.textContent).toContain("das alte Netz")
  expect($head.parentOffset).toBe(3)
  expect(document.getSelection()?.focusNode?.parentElement?.textContent).toContain("das alte Netz")
  expect(document.getSelection()?.focusOffset).toBe(3)
  view.destroy()
})

/** An update from elsewhere. */
function receive(ytext: Y.Text, write: (theirs: Y.Text) => void): void {
  const mine = ytext.doc as Y.Doc
  const theirs = new Y.Doc()
  Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine))
  write(theirs.getText("text"))
  Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs, Y.encodeStateVector(mine)), "wire")
}
