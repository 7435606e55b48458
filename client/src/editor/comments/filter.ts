/** Which threads are shown: open ones, those that concern oneself, those of one municipality, resolved ones. */
import { element } from "../../dom"
import type { Strings } from "../../strings"
import type { Thread } from "./threads"

const TOWN = "town:"

export class CommentFilter {
  readonly dom = element("div", { class: "ke-comments-filter", hidden: "" })
  private readonly select = element("select", { class: "ke-comments-filter__choice" })
  private readonly more: HTMLButtonElement
  private value = "open"
  private options = ""

  /** `changed`: something else was chosen, or more is wanted. */
  constructor(
    private readonly strings: Strings,
    private readonly own: string,
    private readonly changed: () => void,
  ) {
    const label = element("label", {}, element("span", {}, strings.commentsShow), this.select)
    this.more = element("button", { type: "button", class: "ke-button", hidden: "" }, strings.commentsMore)
    this.more.addEventListener("click", () => changed())
    this.select.addEventListener("change", () => this.choose(this.select.value))
    this.dom.append(label, this.more)
  }

  get wantsResolved(): boolean {
    return this.value === "resolved"
  }

  choose(value: string): void {
    this.value = value
    this.changed()
  }

  takes(thread: Thread): boolean {
    if (this.value === "resolved") return thread.resolved !== null
    if (thread.resolved) return false
    if (this.value === "mine") return thread.mine
    if (this.value.startsWith(TOWN)) return townsOf(thread).has(this.value.slice(TOWN.length))
    return true
  }

  /** Hidden as long as there is nothing to choose from. */
  update(threads: readonly Thread[], moreResolved: boolean): void {
    const towns = new Set(threads.flatMap((thread) => [...townsOf(thread)]))
    const { commentsOpen, commentsMine, commentsResolved, presenceCoordination } = this.strings
    const names = [...towns]
      .filter((town) => town !== this.own || town)
      .sort((a, b) => a.localeCompare(b, "de"))
    const choices: [string, string][] = [
      ["open", commentsOpen],
      ["mine", commentsMine],
      ...names.map((town): [string, string] => [TOWN + town, town || presenceCoordination]),
      ["resolved", commentsResolved],
    ]
    this.dom.hidden = threads.length === 0 && this.value === "open"
    this.more.hidden = !(this.wantsResolved && moreResolved)
    const now = JSON.stringify(choices)
    if (now !== this.options) {
      this.options = now
      this.select.replaceChildren(...choices.map(([value, label]) => element("option", { value }, label)))
    }
    this.select.value = this.value
  }
}

/** Of whoever speaks in it; a comment written down for somebody else is theirs. */
function townsOf({ comments }: Thread): Set<string> {
  const live = comments.filter(({ removed }) => !removed)
  const own = live.filter(({ fromFile }) => fromFile === null)
  return new Set(own.map(({ recordedFor, municipality }) => recordedFor || municipality))
}
