/**
 * Binds the editor's document to one Y.Text.
 *
 * Local: each step becomes one Delta, in one Yjs transaction whose origin is the binding itself.
 * Remote: each Y event becomes the fewest steps that lead to the new projection.
 * After every dispatch the document equals the projection of the text; the property tests hold it to that.
 */
import type { Node } from "prosemirror-model"
import type { EditorState, Transaction } from "prosemirror-state"
import type { Step } from "prosemirror-transform"
import type * as Y from "yjs"
import { type Anchors, anchorsOf } from "./anchors"
import { type Op, stepDelta } from "./delta"
import { EMBEDDED, project } from "./projection"
import { applyRemote, untouched } from "./remote"
import { keepSelection } from "./remote-selection"
import { blockAttrs } from "./schema"
import { isRemote, markRemote } from "./transactions"

/** What holds the editor's state: an EditorView, or a plain object in a test. */
export interface Host {
  readonly state: EditorState
  updateState(state: EditorState): void
}

export class YTextBinding {
  readonly stats = { fallback: 0, remote: 0, local: 0 }
  /** The document that the Y.Text holds, as far as it has been written or read. */
  doc: Node
  /** Where the selection stood before the local edit under way: the undo history keeps it. */
  selectionBefore: Anchors | null = null
  private readonly queue: Transaction[] = []
  private flushing = false
  private realign = false
  private host: Host | null = null

  constructor(readonly ytext: Y.Text) {
    this.doc = project(ytext)
    ytext.observe(this.observe)
  }

  /** The host's document must be `this.doc`, unchanged since. */
  attach(host: Host): void {
    this.host = host
    this.doc = host.state.doc
  }

  destroy(): void {
    this.ytext.unobserve(this.observe)
    this.host = null
  }

  get state(): EditorState | null {
    return this.host?.state ?? null
  }

  /** To be used as the view's `dispatchTransaction`. */
  readonly dispatch = (tr: Transaction): void => {
    const host = this.host
    if (!host) return
    const { state, transactions } = host.state.applyTransaction(tr)
    this.queue.push(...transactions.filter((each) => each.docChanged))
    if (tr.docChanged && !isRemote(tr)) {
      this.selectionBefore = anchorsOf(this.ytext, host.state.doc, host.state.selection)
    }
    this.flush() // the Y.Text first: a nested dispatch from a plugin view then finds both sides equal
    host.updateState(state)
    this.alignAfterwards(host)
  }

  private flush(): void {
    if (this.flushing) return
    this.flushing = true
    try {
      for (let tr = this.queue.shift(); tr; tr = this.queue.shift()) this.take(tr)
    } finally {
      this.flushing = false
    }
  }

  private take(tr: Transaction): void {
    if (!isRemote(tr)) {
      this.stats.local++
      this.ytext.doc?.transact(() => this.writeAll(tr), this)
      // the editor copies suggestion keys on a split and drops them on a join; the text knows better
      if (tr.doc.children.some(hasSuggestions)) this.realign = true
    }
    this.doc = tr.doc
  }

  private writeAll(tr: Transaction): void {
    // somebody changed the state without dispatch: then the difference counts
    if (tr.before !== this.doc) {
      this.write(null, this.doc, tr.doc)
      return
    }
    for (const [i, step] of tr.steps.entries()) {
      this.write(step, tr.docs[i] ?? tr.before, tr.docs[i + 1] ?? tr.doc)
    }
  }

  private write(step: Step | null, before: Node, after: Node): void {
    const delta = stepDelta(step, before, after)
    if (delta.length) this.ytext.applyDelta(delta)
  }

  private alignAfterwards(host: Host): void {
    if (!this.realign || this.queue.length) return
    this.realign = false
    const tr = host.state.tr
    applyRemote(tr, project(this.ytext), null, this.stats)
    if (tr.docChanged) this.dispatch(markRemote(tr))
  }

  private readonly observe = (event: Y.YTextEvent, transaction: Y.Transaction): void => {
    if (transaction.origin === this || !this.host) return
    if (this.flushing) {
      this.realign = true // a synchronous wire answered while our own write is still under way
      return
    }
    const delta = readDelta(event)
    if (delta.length) this.takeRemote(this.host.state, delta) // empty: Yjs removed superfluous markers
  }

  private takeRemote(state: EditorState, delta: Op[]): void {
    this.stats.remote++
    const tr = state.tr
    applyRemote(tr, project(this.ytext, untouched(tr.doc, delta)), delta, this.stats)
    if (!tr.docChanged) return
    keepSelection(tr, state)
    if (state.storedMarks) tr.setStoredMarks(state.storedMarks) // "bold on" survives a remote letter
    this.dispatch(markRemote(tr))
  }
}

function hasSuggestions(block: Node): boolean {
  return Object.keys(blockAttrs(block).sug).length > 0
}

/** The event's Delta with embedded objects, which are one unit long, as the character that stands for them. */
function readDelta(event: Y.YTextEvent): Op[] {
  return event.delta.map((op) => ({
    ...(op.insert === undefined ? {} : { insert: typeof op.insert === "string" ? op.insert : EMBEDDED }),
    ...(op.delete === undefined ? {} : { delete: op.delete }),
    ...(op.retain === undefined ? {} : { retain: op.retain }),
    ...(op.attributes === undefined ? {} : { attributes: op.attributes as NonNullable<Op["attributes"]> }),
  }))
}
