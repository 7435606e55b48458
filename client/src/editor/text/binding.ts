/**
 * Binds the editor's document to one Y.Text.
 *
 * Local: each step becomes one Delta, in one Yjs transaction whose origin is the binding itself.
 * Remote: each Y event becomes the fewest steps that lead to the new projection.
 * After every dispatch the document equals the projection of the text; the property tests hold it to that. Only
 * while an input method composes a word may the document differ, until `settle`: the browser writes that word.
 */
import type { Node } from "prosemirror-model"
import { type EditorState, TextSelection, type Transaction } from "prosemirror-state"
import type { Step } from "prosemirror-transform"
import type * as Y from "yjs"
import { type Anchors, anchorsOf } from "../carets/anchors"
import { drawnAtCaret, readCaret } from "../carets/read-selection"
import { keepSelection } from "../carets/remote-selection"
import { composeDeltas } from "../deltas/compose-deltas"
import { stepDelta } from "../deltas/delta"
import type { Op } from "../deltas/delta-writer"
import { Held } from "../deltas/held"
import { type Proposal, type Proposing, propose } from "../suggestions/suggesting"
import { BLOCK, encodeBlock } from "./codec"
import { flatLength, toIndex, toPos } from "./positions"
import { EMBEDDED, project, type Reuse } from "./projection"
import { applyRemote, untouched } from "./remote"
import { blockAttrs, isById } from "./schema"
import { isComposed, isRemote, markRemote } from "./transactions"

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
  /** Told of each edit made here before it is written. */
  beforeEdit: ((delta: readonly Op[]) => void) | null = null
  /** While set, local edits become suggestions. */
  proposing: Proposing | null = null
  private readonly queue: Transaction[] = []
  private flushing = false
  /** Of the document: what the text may see otherwise is compared after the edit. */
  private realign: Untouched | null = null
  /** What is being composed and will be proposed. */
  private held: Held | null = null
  /** A change made here comes from the text to the editor, not the other way round. */
  private showing = false
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
    if (this.proposing && tr.docChanged && !isRemote(tr)) {
      if (this.held || isComposed(tr)) this.hold(host, tr)
      else this.propose(host, tr, this.proposing)
      return
    }
    const { state, transactions } = host.state.applyTransaction(drawnAtCaret(tr, host))
    this.queue.push(...transactions.filter((each) => each.docChanged))
    if (tr.docChanged && !isRemote(tr)) {
      this.selectionBefore = anchorsOf(this.ytext, host.state.doc, host.state.selection)
    }
    this.flush() // the Y.Text first: a nested dispatch from a plugin view then finds both sides equal
    host.updateState(state)
    if (!isComposed(tr)) this.alignAfterwards(host)
  }

  /** A word that an input method composed is done, or must be at once: document and text are equal again. */
  settle(): void {
    const { host } = this
    if (!host) return
    if (this.held) this.takeHeld(host, this.held, false)
    this.alignAfterwards(host)
  }

  /** Writes a Delta to the text as an edit made here and shows it. */
  change(delta: Op[]): void {
    const host = this.host
    if (!host || !delta.length) return
    this.selectionBefore = anchorsOf(this.ytext, host.state.doc, host.state.selection)
    this.beforeEdit?.(delta)
    this.showing = true
    try {
      this.ytext.doc?.transact(() => this.ytext.applyDelta(delta), this)
    } finally {
      this.showing = false
    }
  }

  /** As `change`; while suggesting, it becomes a suggestion. */
  edit(delta: Op[]): void {
    const { host, proposing } = this
    this.change(host && proposing ? propose(delta, host.state.doc, proposing).delta : delta)
  }

  private propose(host: Host, tr: Transaction, proposing: Proposing): void {
    const { doc: before, selection } = host.state
    const { state, transactions } = host.state.applyTransaction(tr) // with what plugins append
    const delta = composeDeltas(transactions.flatMap(stepDeltas))
    const proposal = propose(delta, before, proposing, toIndex(state.doc, state.selection.head))
    const caret = caretAfter(proposal, selection.empty ? toIndex(before, selection.head) : null)
    this.change(proposal.delta)
    if (caret === null) return
    const { tr: move } = host.state // even when nothing changed: what is struck out already is passed over
    this.dispatch(move.setSelection(TextSelection.create(move.doc, toPos(move.doc, caret))).scrollIntoView())
  }

  /** The browser goes on writing in what it composes: it stays as it is until the word is done. */
  private hold(host: Host, tr: Transaction): void {
    if (!this.held) this.selectionBefore = anchorsOf(this.ytext, host.state.doc, host.state.selection)
    const { state, transactions } = host.state.applyTransaction(tr)
    host.updateState(state)
    const deltas = transactions.flatMap(stepDeltas)
    this.held = new Held(this.ytext, composeDeltas([this.held?.delta ?? [], ...deltas]))
    if (!isComposed(tr)) this.settle()
  }

  /** `moved`: somebody else has changed the text since. */
  private takeHeld(host: Host, held: Held, moved: boolean): void {
    this.held = null
    const { doc: shown, selection } = host.state
    const before = project(this.ytext)
    const delta = [...held.deltaNow(moved)]
    const proposal =
      this.proposing && propose(delta, before, this.proposing, moved ? null : toIndex(shown, selection.head))
    this.beforeEdit?.(delta)
    this.ytext.doc?.transact(() => this.ytext.applyDelta(proposal?.delta ?? delta), this)
    this.doc = shown
    const { tr } = host.state
    applyRemote(tr, project(this.ytext), null, this.stats)
    const caret = proposal && caretAfter(proposal, null)
    if (caret !== null && caret !== undefined)
      tr.setSelection(TextSelection.create(tr.doc, toPos(tr.doc, caret)))
    this.dispatch(markRemote(tr))
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
      // the editor lets them go along with a split, a join, a new letter; the text knows better
      const { blocks, untouched } = concerned(tr.before, tr.doc)
      if (blocks.some(hasSuggestions)) this.realign = fewer(this.realign, untouched)
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
    if (delta.length) {
      this.beforeEdit?.(delta)
      this.ytext.applyDelta(delta)
    }
    this.supplyLineFeed(after)
  }

  /**
   * A concurrent undo can take away the text's final line feed; then the last block has only its letters to
   * show that it is there. When they go and the block stays, it gets a line feed of its own.
   */
  private supplyLineFeed(after: Node): void {
    const last = after.lastChild
    if (!last || last.content.size || after.childCount === 1) return
    if (this.ytext.length < flatLength(after)) {
      this.ytext.insert(this.ytext.length, "\n", { [BLOCK]: encodeBlock(last)[BLOCK] })
    }
  }

  private alignAfterwards(host: Host): void {
    const { realign } = this
    if (!realign || this.queue.length) return
    this.realign = null
    const { doc, tr } = host.state
    const now = project(this.ytext, { doc, ...realign })
    if (now.eq(doc)) return
    applyRemote(tr, now, null, this.stats)
    if (tr.docChanged) this.dispatch(markRemote(tr))
  }

  private readonly observe = (event: Y.YTextEvent, transaction: Y.Transaction): void => {
    if ((transaction.origin === this && !this.showing) || !this.host) return
    if (this.held) {
      this.takeHeld(this.host, this.held, true)
      return
    }
    if (this.flushing) {
      this.realign = NOTHING // a synchronous wire answered while our own write is still under way
      return
    }
    const delta = readDelta(event)
    if (!delta.length) return // Yjs removed superfluous markers
    if (!this.showing) readCaret(this.host)
    this.takeRemote(this.host.state, delta)
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

/** What each step of the transaction changes in the text that the steps before have made. */
function stepDeltas(tr: Transaction): Op[][] {
  return tr.steps.map((step, i) => stepDelta(step, tr.docs[i] ?? tr.before, tr.docs[i + 1] ?? tr.doc))
}

/** "Delete forward" goes on behind what it struck out; everything else stays before it. */
function caretAfter({ place, caret }: Proposal, caretBefore: number | null): number | null {
  if (!place || caret !== null) return caret
  return caretBefore !== null && caretBefore <= place.start ? place.end : place.start
}

/** How many blocks at both ends of the document are as the text has them. */
type Untouched = Omit<Reuse, "doc">

const NOTHING: Untouched = { head: 0, tail: 0 }

function fewer(a: Untouched | null, b: Untouched): Untouched {
  return a ? { head: Math.min(a.head, b.head), tail: Math.min(a.tail, b.tail) } : b
}

/**
 * The blocks of either document whose line feeds the text may see in another place than the editor: those that
 * changed and one on either side, or all if their number has changed, since a new line feed among others can
 * be taken for any of them.
 */
function concerned(before: Node, after: Node): { blocks: Node[]; untouched: Untouched } {
  const [old, now] = [before.children, after.children]
  if (old.length !== now.length) return { blocks: [...old, ...now], untouched: NOTHING }
  let head = 0
  let tail = 0
  while (head < now.length && old[head] === now[head]) head++
  while (tail < now.length - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++
  const untouched = { head: Math.max(0, head - 1), tail: Math.max(0, tail - 1) }
  const [from, to] = [untouched.head, now.length - untouched.tail]
  return { blocks: [...old.slice(from, to), ...now.slice(from, to)], untouched }
}

function hasSuggestions(block: Node): boolean {
  return (
    Object.keys(blockAttrs(block).sug).length > 0 || block.children.some(({ marks }) => marks.some(isById))
  )
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
