/** What is in the card of a thread: the words it spoke of where they are gone, what was said, the form to answer. */
import { element } from "../../dom"
import type { Strings } from "../../strings"
import { isoTime, timeWords } from "../margin/times"
import { bodyDom } from "./comment-words"
import { Composer } from "./composer"
import { type Comment, type CommentWire, isRefusal, speakerOf, type Thread, type Words } from "./threads"

export interface ViewEvents {
  /** A new thread shall begin with these words. Throws Refusal. */
  opened(words: Words): Promise<void>
  cancelled(): void
  took(thread: Thread): void
  /** The card has another height. */
  changed(): void
  announce(words: string): void
}

export class ThreadView {
  private readonly said = element("ol", { class: "ke-thread__comments" })
  private readonly lost = element("p", { class: "ke-thread__lost", hidden: "" })
  private readonly trouble = element("p", { class: "ke-thread__trouble", role: "alert", hidden: "" })
  private composer: Composer | null = null
  private shown = ""
  private thread: Thread | null = null

  constructor(
    private readonly dom: HTMLElement,
    private readonly strings: Strings,
    private readonly wire: CommentWire,
    private readonly events: ViewEvents,
  ) {
    dom.replaceChildren(this.lost, this.said, this.trouble)
  }

  /** Null: a thread that is being begun. `stands`: its passage is in the text. */
  update(thread: Thread | null, stands: boolean, may: boolean): void {
    this.thread = thread
    if (!thread) {
      this.composer ??= this.compose({ send: (words) => this.events.opened(words) })
      return
    }
    const now = JSON.stringify([thread, stands, may])
    if (now === this.shown) return
    this.shown = now
    this.lost.hidden = stands
    const words = [`${this.strings.commentLost} `, element("q", { lang: "de" }, thread.quote)]
    this.lost.replaceChildren(...(stands ? [] : words))
    this.said.replaceChildren(...thread.comments.map((comment, i) => this.item(comment, i === 0, may)))
    if (thread.resolved) this.said.append(this.end(thread))
  }

  focus(): void {
    this.composer?.focus()
  }

  /** What was typed before the form was there. */
  add(words: string): void {
    this.composer?.add(words)
  }

  reply(): void {
    const { thread } = this
    if (!thread) return
    this.composer ??= this.compose({
      send: (words) => this.take(this.wire.reply(thread.key, words)),
    })
    this.composer.focus()
  }

  async settle(key: string, resolved: boolean): Promise<void> {
    await this.attempt(async () => {
      await this.take(this.wire.settle(key, resolved))
      const { commentResolvedNow, commentReopenedNow } = this.strings
      this.events.announce(resolved ? commentResolvedNow : commentReopenedNow)
    })
  }

  private change(comment: Comment): void {
    const { thread } = this
    if (!thread) return
    this.composer?.dom.remove()
    this.composer = this.compose({
      body: comment.body,
      send: (words) => this.take(this.wire.change(thread.key, comment.id, words)),
    })
    this.composer.focus()
  }

  private async remove({ id }: Comment): Promise<void> {
    const { thread } = this
    if (thread) await this.attempt(() => this.take(this.wire.remove(thread.key, id)))
  }

  private async take(answer: Promise<Thread>): Promise<void> {
    this.events.took(await answer)
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    try {
      this.trouble.hidden = true
      await work()
    } catch (error) {
      if (!isRefusal(error)) throw error
      this.trouble.textContent = error.message || this.strings.commentNoAnswer
      this.trouble.hidden = false
      this.events.changed()
    }
  }

  private compose({ body = "", send }: { body?: string; send(words: Words): Promise<void> }): Composer {
    const close = () => {
      composer.dom.remove()
      if (this.composer === composer) this.composer = null
      this.events.changed()
    }
    const composer: Composer = new Composer(this.strings, () => this.wire.names(), body, {
      send: async (words) => {
        await send(words)
        close()
      },
      cancelled: () => {
        close()
        if (!this.thread) this.events.cancelled()
      },
      changed: () => this.events.changed(),
    })
    this.dom.append(composer.dom)
    this.events.changed()
    return composer
  }

  private item(comment: Comment, first: boolean, may: boolean): HTMLElement {
    const { strings } = this
    if (comment.removed) {
      return element("li", { class: "ke-thread__comment ke-thread__comment--gone" }, strings.commentRemoved)
    }
    const head = first && !comment.recordedFor && !comment.guest ? [] : [this.head(comment)]
    const buttons = may && comment.own ? [this.tools(comment)] : []
    return element("li", { class: "ke-thread__comment" }, ...head, bodyDom(comment), ...buttons)
  }

  private head(comment: Comment): HTMLElement {
    const { strings } = this
    const { name, municipality, recordedFor, fromFile, channel, written, changed } = comment
    const seconds = Date.parse(written) / 1000
    const from = municipality || strings.presenceCoordination
    const how = channel ? ` (${strings[channelKey(channel)]})` : ""
    const who = recordedFor
      ? strings.commentRecorded.replace("{town}", recordedFor + how).replace("{name}", name)
      : fromFile === null && !comment.guest
        ? `${name}, ${from}`
        : speakerOf(comment, strings)
    const time = element(
      "time",
      { datetime: isoTime(seconds), title: timeWords(seconds, "full") },
      timeWords(seconds),
    )
    const more = changed ? [` · ${strings.commentChanged}`] : []
    return element("p", { class: "ke-thread__who" }, who, " · ", time, ...more)
  }

  private tools(comment: Comment): HTMLElement {
    const change = element("button", { type: "button", class: "ke-link" }, this.strings.commentChange)
    const remove = element("button", { type: "button", class: "ke-link" }, this.strings.commentRemove)
    change.addEventListener("click", () => this.change(comment))
    remove.addEventListener("click", () => void this.remove(comment))
    return element("p", { class: "ke-thread__tools" }, change, " ", remove)
  }

  private end({ resolvedBy, resolved }: Thread): HTMLElement {
    const when = timeWords(resolved ? Date.parse(resolved) / 1000 : null)
    const words = this.strings.commentResolvedBy.replace("{name}", resolvedBy).replace("{when}", when)
    return element("li", { class: "ke-thread__end" }, words)
  }
}

type ChannelKey = "channelTelephone" | "channelMeeting" | "channelMail" | "channelLetter"

function channelKey(channel: string): ChannelKey {
  const keys: Record<string, ChannelKey> = {
    telephone: "channelTelephone",
    meeting: "channelMeeting",
    mail: "channelMail",
    letter: "channelLetter",
  }
  return keys[channel] ?? "channelMeeting"
}
