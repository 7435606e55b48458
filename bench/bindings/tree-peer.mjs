// One client whose document is bound by y-prosemirror or y-tiptap, with what a history needs of our own Peer
// (client/test/support/peer.ts). The schema is ours, flat: these bindings keep it as a tree of one level.
import { EditorState, TextSelection } from "prosemirror-state"
import * as Y from "yjs"
import { normalizePlugin } from "../../client/src/editor/normalize"
import { schema } from "../../client/src/editor/schema"

/** As much of an EditorView as the bindings ask for. */
class Host {
  isDestroyed = false
  _root = null

  constructor(state) {
    this.state = state
    this.views = state.plugins.filter((plugin) => plugin.spec.view).map((plugin) => plugin.spec.view(this))
  }

  dispatch = (tr) => this.updateState(this.state.apply(tr))

  updateState(state) {
    const before = this.state
    this.state = state
    for (const view of this.views) view.update?.(this, before)
  }

  hasFocus() {
    return false
  }
}

export class TreePeer {
  doc = new Y.Doc()

  constructor(library, id, initial) {
    this.library = library
    this.doc.clientID = id
    if (initial) Y.applyUpdate(this.doc, initial)
    const fragment = this.doc.getXmlFragment("text")
    const { doc, mapping } = library.initProseMirrorDoc(fragment, schema)
    const undoManager = makeUndoManager(library, fragment)
    const plugins = [
      library.ySyncPlugin(fragment, { mapping }),
      library.yUndoPlugin({ undoManager }),
      normalizePlugin(),
    ]
    this.host = new Host(EditorState.create({ doc, schema, plugins }))
    this.history = {
      undo: () => {
        undoManager.stopCapturing()
        return undoManager.undo() !== null
      },
      redo: () => undoManager.redo() !== null,
    }
  }

  get state() {
    return this.host.state
  }

  get pm() {
    return this.host.state.doc
  }

  dispatch(tr) {
    this.host.dispatch(tr)
  }

  run(command) {
    return command(this.state, this.host.dispatch)
  }

  select(anchor, head = anchor) {
    this.dispatch(this.state.tr.setSelection(TextSelection.create(this.pm, anchor, head)))
    return this.state
  }

  shown() {
    return JSON.stringify(this.pm.toJSON())
  }
}

/** As the libraries' own undo plugin makes it. */
function makeUndoManager(library, fragment) {
  return new Y.UndoManager(fragment, {
    trackedOrigins: new Set([library.ySyncPluginKey]),
    deleteFilter: (item) => library.defaultDeleteFilter(item, library.defaultProtectedNodes),
    captureTransaction: (transaction) => transaction.meta.get("addToHistory") !== false,
    captureTimeout: 0,
  })
}
