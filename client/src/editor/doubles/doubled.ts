/**
 * Tells those people whose undo brought the same words back twice, as long as both copies stand there: one
 * passage at a time, with what can be done about it.
 */
import { TextSelection } from "prosemirror-state"
import type { EditorView } from "prosemirror-view"
import type { Strings } from "../../strings"
import { DeltaWriter } from "../deltas/delta-writer"
import { shorten } from "../suggestions/suggestion-words"
import type { YTextBinding } from "../text/binding"
import { excerpt, toPos } from "../text/positions"
import type { UndoHistory } from "../text/undo"
import { DoubledNotice } from "./doubled-notice"
import type { Couple } from "./restored"
import type { Passage, Stretch } from "./restored-twice"

/** Milliseconds: mostly the other's client takes its copy back by itself, as soon as it hears of ours. */
const CALM = 1_500
/** Characters of the passage that are shown. */
const LONGEST = 60

/** `own`: which of the client ids in it were one's own. `closed`: passages of which one wants to hear no more. */
export interface Remembered {
  couples: readonly Couple[]
  own: readonly number[]
  closed: readonly string[]
}

/** What stands in the text twice, kept from one page to the next. */
export interface Memory {
  load(): Remembered
  keep(what: Remembered): void
}

export interface Owner {
  person: number
  name: string
  municipality: string
}

export interface DoubledOptions {
  person: number
  /** Who writes or wrote with a client id; null if nobody knows. */
  ownerOf(client: number): Owner | null
  memory: Memory
}

export class Doubled {
  private readonly notice: DoubledNotice
  private closed = new Set<string>()
  private shown: Passage | null = null
  private hasRecalled = false
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly view: EditorView,
    private readonly binding: YTextBinding,
    private readonly history: UndoHistory,
    private readonly strings: Strings,
    private readonly options: DoubledOptions,
  ) {
    this.notice = new DoubledNotice(strings, {
      show: () => this.show(),
      remove: () => this.remove(),
      close: () => this.close(),
    })
    history.restoredTwice.onChange = () => {
      this.remember()
      this.timer ??= setTimeout(() => this.refresh(), CALM)
    }
  }

  get dom(): HTMLElement {
    return this.notice.dom
  }

  setEditable(editable: boolean): void {
    this.notice.setEditable(editable)
  }

  /** Once the server's text is there: what was doubled when this page was left, by a reload for example. */
  recall(): void {
    if (this.hasRecalled) return
    this.hasRecalled = true
    const { couples, own, closed } = this.options.memory.load()
    this.closed = new Set([...this.closed, ...closed])
    this.history.restoredTwice.recall(couples, own)
  }

  /** Before `recall` it would forget what the page before knew. */
  private remember(): void {
    if (!this.hasRecalled) return
    const couples = this.history.restoredTwice.known
    const own = new Set(couples.flatMap(clientsOf).filter((client) => this.isOwn(client)))
    this.options.memory.keep({ couples, own: [...own], closed: [...this.closed] })
  }

  private refresh(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    const [passage] = this.history.restoredTwice.passages().filter((each) => this.isOpen(each))
    if (!passage && this.notice.hasFocus) this.view.focus()
    this.shown = passage ?? null
    this.notice.say(passage ? this.sentence(passage) : "")
  }

  private isOpen(passage: Passage): boolean {
    if (!/\S/.test(passage.words) || passage.ids.every((id) => this.closed.has(id))) return false
    return this.concerned(passage) && !passage.stretches.every((stretch) => this.isStruckOut(stretch))
  }

  private concerned({ kept, double }: Passage): boolean {
    return [kept, double].some((client) => this.isOwn(client))
  }

  private isOwn(client: number): boolean {
    const { options, history } = this
    return history.restoredTwice.isOwn(client) || options.ownerOf(client)?.person === options.person
  }

  /** Somebody has proposed already that it goes. */
  private isStruckOut({ from, length }: Stretch): boolean {
    const { base, at } = excerpt(this.view.state.doc, from, from + length - 1)
    const isStruckOut = (attrs: object) => Object.keys(attrs).some((key) => key.startsWith("del:"))
    return at.slice(from - base, from - base + length).every(isStruckOut)
  }

  private sentence({ words, kept, double }: Passage): string {
    const { ownerOf } = this.options
    const other = [kept, double].find((client) => !this.isOwn(client))
    const sentence = other === undefined ? this.strings.doubledByYourself : this.strings.doubledByTwo
    const owner = other === undefined ? null : ownerOf(other)
    const who = owner && `${owner.name}, ${owner.municipality || this.strings.presenceCoordination}`
    return sentence
      .replace("{who}", () => who ?? this.strings.doubledSomebody)
      .replace("{words}", () => shorten(words, LONGEST))
  }

  /** The passage that the notice speaks of, where it is now. */
  private find(): Passage | undefined {
    const ids = this.shown?.ids ?? []
    return this.history.restoredTwice.passages().find((each) => each.ids.some((id) => ids.includes(id)))
  }

  private show(): void {
    const passage = this.find()
    if (passage) this.select(passage.from, passage.to)
    this.view.focus()
  }

  /** An edit like any other: it can be undone, and is a suggestion while one suggests. */
  private remove(): void {
    const passage = this.find()
    if (!passage) return
    const delta = new DeltaWriter()
    let at = 0
    for (const { from, length } of passage.stretches) {
      delta.retain(from - at, null)
      delta.delete(length)
      at = from + length
    }
    this.history.manager.stopCapturing()
    this.binding.edit(delta.finish())
    this.select(passage.from, passage.from)
    this.view.focus()
    this.refresh()
  }

  private close(): void {
    for (const id of this.shown?.ids ?? []) this.closed.add(id)
    this.remember()
    this.view.focus()
    this.refresh()
  }

  private select(from: number, to: number): void {
    const { doc, tr } = this.view.state
    const selection = TextSelection.create(doc, toPos(doc, from), toPos(doc, to))
    this.view.dispatch(tr.setSelection(selection).scrollIntoView())
  }
}

function clientsOf({ kept, double }: Couple): number[] {
  return [kept.client, double.client]
}
