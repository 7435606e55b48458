/** Threads as cards beside the text. What is in a card comes with the first of them (`thread-view.ts`). */
import type { Node } from "prosemirror-model"
import { element } from "../../dom"
import type { Strings } from "../../strings"
import type { Card, CardAction } from "../margin/card"
import { listSuggestions } from "../suggestions/suggestions"
import { toPos } from "../text/positions"
import { type Passage, placeOfWords, whole } from "./passages"
import type { ThreadView, ViewEvents } from "./thread-view"
import { type CommentWire, speakerOf, type Thread } from "./threads"

/** The script that shows threads: `src/editor-comments.ts`. */
export type LoadView = () => Promise<typeof import("./thread-view")>

export const DRAFT = "thread:new"
const KIND = "thread"
const TICK = "m4 12.5 5 5L20 6.5"
/** Of the action, wherever one can answer. */
export const REPLY_KEY = "Mod-Alt-r"
const REPLY = "M10 5 4 11l6 6M4 11h9a7 7 0 0 1 7 7"

export class ThreadCards {
  private readonly bodies = new Map<string, HTMLElement>()
  private readonly views = new Map<string, ThreadView>()
  private parts: ReturnType<LoadView> | null = null
  /** Where a new comment is written until its form has come. */
  private early: HTMLTextAreaElement | null = null

  constructor(
    private readonly strings: Strings,
    private readonly wire: CommentWire,
    private readonly load: LoadView,
    private readonly events: ViewEvents,
  ) {}

  /** `found`: the marked stretches; `draft`: where a new thread is being begun. */
  list(
    doc: Node,
    threads: readonly Thread[],
    found: ReadonlyMap<string, readonly Passage[]>,
    draft: Passage | null,
    may: boolean,
  ): Card[] {
    const proposals = threads.some(({ suggestion }) => suggestion) ? placesOfSuggestions(doc) : new Map()
    const cards = threads.map((thread) => {
      const passage: Passage | null = thread.suggestion
        ? (proposals.get(thread.suggestion) ?? null)
        : whole(found.get(thread.key) ?? [])
      return this.card(thread, passage, doc, may)
    })
    if (draft) cards.push(this.draftCard(draft))
    this.forget(new Set(cards.map(({ id }) => id)))
    return cards
  }

  /** Leads the keyboard into the words that are being written. */
  async focusDraft(): Promise<void> {
    if (!this.views.has(DRAFT)) this.early ??= this.fieldAtOnce()
    this.early?.focus()
    await this.view(DRAFT, null, null, true)
    this.views.get(DRAFT)?.focus()
  }

  /** What is typed before the form has come belongs to the comment, not over the words that are selected. */
  private fieldAtOnce(): HTMLTextAreaElement {
    const field = element("textarea", { rows: "3", "aria-label": this.strings.commentWords, lang: "de" })
    this.bodies.get(DRAFT)?.replaceChildren(element("div", { class: "ke-composer" }, field))
    return field
  }

  private card(thread: Thread, passage: Passage | null, doc: Node, may: boolean): Card {
    const [first] = thread.comments.filter(({ removed }) => !removed)
    const at = passage ?? placeOfWords(doc, thread.quote) ?? endOf(doc)
    const id = `${KIND}:${thread.key}`
    const who = first ? speakerOf(first, this.strings) : this.strings.presenceCoordination
    const answers = thread.comments.length - 1
    const summary = answers > 0 ? `${first?.body ?? ""} (+${answers})` : (first?.body ?? "")
    return {
      id,
      kind: KIND,
      ...at,
      who,
      name: first?.recordedFor || first?.guest || first?.fromFile != null ? "" : (first?.name ?? ""),
      since: Date.parse(thread.opened) / 1000,
      summary,
      body: this.body(id, thread, passage, may),
      actions: may ? this.actions(id, thread) : [],
      open: thread.resolved === null,
    }
  }

  private draftCard(at: Passage): Card {
    return {
      id: DRAFT,
      kind: KIND,
      ...at,
      who: this.strings.commentNew,
      name: "",
      since: null,
      summary: "",
      body: this.body(DRAFT, null, at, true),
      actions: [],
      open: false,
    }
  }

  private actions(id: string, { key, resolved }: Thread): CardAction[] {
    const { strings } = this
    const settle = (done: boolean) => void this.views.get(id)?.settle(key, done)
    if (resolved) return [{ name: "reopen", label: strings.commentReopen, run: () => settle(false) }]
    return [
      {
        name: "reply",
        label: strings.commentReply,
        icon: REPLY,
        key: REPLY_KEY,
        run: () => this.views.get(id)?.reply(),
      },
      {
        name: "resolve",
        label: strings.commentResolve,
        icon: TICK,
        key: "Mod-Alt-Enter",
        run: () => settle(true),
      },
    ]
  }

  private body(id: string, thread: Thread | null, passage: Passage | null, may: boolean): HTMLElement {
    const body = this.bodies.get(id) ?? element("div", { class: "ke-thread" })
    this.bodies.set(id, body)
    const view = this.views.get(id)
    if (view) view.update(thread, passage !== null, may)
    else void this.view(id, thread, passage, may)
    return body
  }

  private async view(
    id: string,
    thread: Thread | null,
    passage: Passage | null,
    may: boolean,
  ): Promise<void> {
    const parts = await this.loaded(id)
    const body = this.bodies.get(id)
    if (!parts || !body || this.views.has(id)) return
    const early = id === DRAFT ? this.early : null
    const typing = early !== null && document.activeElement === early
    const view = new parts.ThreadView(body, this.strings, this.wire, this.events)
    this.views.set(id, view)
    view.update(thread, passage !== null || id === DRAFT, may)
    if (early) {
      this.early = null
      view.add(early.value)
      if (typing) view.focus()
    }
    this.events.changed() // it has a height now
  }

  /** Null without a connection: that is said, and whenever the cards are drawn it is tried again. */
  private async loaded(id: string): Promise<Awaited<ReturnType<LoadView>> | null> {
    try {
      this.parts ??= this.load()
      return await this.parts
    } catch {
      this.parts = null
      const body = this.bodies.get(id)
      if (body && !body.querySelector("[role=alert]")) {
        body.append(
          element("p", { class: "ke-thread__trouble", role: "alert" }, this.strings.commentNoAnswer),
        )
        this.events.changed()
      }
      return null
    }
  }

  private forget(kept: ReadonlySet<string>): void {
    for (const id of this.bodies.keys()) {
      if (kept.has(id)) continue
      this.bodies.delete(id)
      this.views.delete(id)
      if (id === DRAFT) this.early = null
    }
  }
}

function placesOfSuggestions(doc: Node): Map<string, Passage> {
  return new Map(
    listSuggestions(doc).map(({ id, parts }) => [
      id,
      {
        from: toPos(doc, Math.min(...parts.map(({ index }) => index))),
        to: toPos(doc, Math.max(...parts.map(({ index, length }) => index + length))),
      },
    ]),
  )
}

/** For passages that are gone without a trace. */
function endOf(doc: Node): Passage {
  return { from: doc.content.size - 1, to: doc.content.size - 1 }
}
