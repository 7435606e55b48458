/** One client as far as a test needs it: a doc, the binding, a state instead of a view, an undo history. */
import type { Node } from "prosemirror-model"
import { type Command, EditorState, type Plugin, TextSelection, type Transaction } from "prosemirror-state"
import * as Y from "yjs"
import { YTextBinding } from "../../src/editor/text/binding"
import { normalizePlugin } from "../../src/editor/text/normalize"
import { toPos } from "../../src/editor/text/positions"
import { project, toBlocks } from "../../src/editor/text/projection"
import { UndoHistory } from "../../src/editor/text/undo"

export const NET = "net"

export class Peer {
  readonly doc = new Y.Doc()
  readonly binding: YTextBinding
  readonly history: UndoHistory
  private current: EditorState

  constructor(id: number, initial: Uint8Array | null, plugins: Plugin[] = []) {
    this.doc.clientID = id
    if (initial) Y.applyUpdate(this.doc, initial)
    this.binding = new YTextBinding(this.ytext)
    this.history = new UndoHistory(this.binding, 0)
    this.current = EditorState.create({ doc: this.binding.doc, plugins: [normalizePlugin(), ...plugins] })
    const peer = this
    this.binding.attach({
      get state() {
        return peer.current
      },
      updateState(state) {
        peer.current = state
      },
    })
  }

  get ytext(): Y.Text {
    return this.doc.getText("text")
  }

  get state(): EditorState {
    return this.current
  }

  get pm(): Node {
    return this.current.doc
  }

  dispatch(tr: Transaction): void {
    this.binding.dispatch(tr)
  }

  run(command: Command): boolean {
    return command(this.state, this.binding.dispatch)
  }

  select(anchor: number, head = anchor): EditorState {
    this.dispatch(this.state.tr.setSelection(TextSelection.create(this.pm, anchor, head)))
    return this.state
  }

  /** Position of the text, plus an offset in UTF-16 units. */
  find(text: string, offset = 0): number {
    const index = this.ytext.toString().indexOf(text)
    if (index < 0) throw new Error(`${text} is not in the text`)
    return toPos(this.pm, index + offset)
  }

  type(text: string): void {
    for (const char of text) this.dispatch(this.state.tr.insertText(char))
  }

  /** What the editor shows, as JSON text. */
  shown(): string {
    return JSON.stringify(toBlocks(this.pm))
  }

  /** What the Y.Text holds, freshly projected. */
  held(): string {
    return JSON.stringify(toBlocks(project(this.ytext)))
  }

  /** Whether the editor shows something else than the Y.Text holds. Equal nodes have equal blocks; only what
   * differs is written out. */
  isAstray(): boolean {
    return !project(this.ytext).eq(this.pm) && this.shown() !== this.held()
  }

  /** "heading1[Titel] paragraph[abc]", hard breaks as ⏎. */
  outline(): string {
    return toBlocks(this.pm)
      .map(({ kind, level, runs }) => `${kind}${level || ""}[${runs.map((run) => run.t).join("")}]`)
      .join(" ")
      .replaceAll("\u2028", "⏎")
  }
}

/** Brings all peers to the same state, by state vectors. */
export function sync(...peers: Peer[]): void {
  for (let round = 0; round < 3; round++) {
    for (const from of peers) for (const to of peers) if (from !== to) resync(from, to)
  }
}

/** `to` gets what it lacks, as after a reconnection. */
export function resync(from: Peer, to: Peer): void {
  Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)), NET)
}

type Seed = { insert: string; attributes?: Record<string, string | true> }[]

/** Peers that start from the same text. */
export function peersOf(seed: Seed, count: number): Peer[] {
  const origin = new Y.Doc()
  origin.clientID = 99
  origin.getText("text").applyDelta(seed)
  const update = Y.encodeStateAsUpdate(origin)
  return Array.from({ length: count }, (_, i) => new Peer(i + 1, update))
}

export function pair(seed: Seed): [Peer, Peer] {
  const [a, b] = peersOf(seed, 2)
  if (!a || !b) throw new Error("two peers are two peers")
  return [a, b]
}
