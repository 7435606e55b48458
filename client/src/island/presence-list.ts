/** Who is in the room: the municipalities in the bar, and the people in a list that opens from there. */
import { element } from "../dom"
import { paletteOf } from "../editor/carets/carets"
import type { Following } from "../editor/carets/following"
import type { Strings } from "../strings"
import { type Participant, participants } from "../sync/presence"
import type { PresentPerson } from "../sync/protocol"

/** Municipalities that the bar has room for. */
const MOST = 3

export class PresenceList {
  private shown: readonly PresentPerson[] | null = null
  private readonly open: HTMLButtonElement
  private readonly list: HTMLElement

  constructor(
    place: HTMLElement,
    private readonly self: number,
    private readonly strings: Strings,
    private readonly following: Following,
  ) {
    const attributes = { type: "button", class: "ke-tool ke-presence__open", popovertarget: "people" }
    this.open = element("button", attributes)
    this.list = element("section", { class: "ke-presence__list", id: "people", popover: "auto" })
    this.list.setAttribute("aria-label", strings.presenceTitle)
    place.replaceChildren(this.open, this.list)
    following.onChange(() => this.redraw())
    this.update([])
  }

  update(people: readonly PresentPerson[]): void {
    if (people === this.shown) return
    this.shown = people
    const everybody = participants(people, this.self)
    this.open.hidden = everybody.length === 0
    this.drawBar(everybody)
    this.drawList(everybody)
  }

  private redraw(): void {
    this.drawList(participants(this.shown ?? [], this.self))
  }

  private drawBar(everybody: readonly Participant[]): void {
    const places = [...new Set(everybody.map(({ municipality }) => municipality))]
    const own = everybody.find(({ person }) => person === this.self)?.municipality
    const shown = places.slice(0, MOST).map((place) => {
      const words = this.nameOf(place) + (place === own ? ` (${this.strings.presenceYou})` : "")
      return element("span", { class: "ke-presence__place" }, dot(place), element("span", {}, words))
    })
    const more = places.length > MOST ? [element("span", {}, `+ ${places.length - MOST}`)] : []
    const title = element("span", { class: "ke-visually-hidden" }, `${this.strings.presenceTitle}: `)
    this.open.replaceChildren(title, ...shown, ...more)
  }

  private drawList(everybody: readonly Participant[]): void {
    const { strings } = this
    const alone = everybody.every(({ person }) => person === this.self)
    this.list.replaceChildren(
      element("h2", {}, strings.presenceTitle),
      element("ul", {}, ...everybody.map((each) => this.item(each))),
      ...(alone ? [element("p", { class: "ke-presence__alone" }, strings.presenceNobody)] : []),
    )
  }

  private item({ person, name, municipality }: Participant): HTMLElement {
    const own = person === this.self ? ` (${this.strings.presenceYou})` : ""
    const from = element("span", { class: "ke-presence__from" }, this.nameOf(municipality))
    const follow = person === this.self ? [] : [this.followButton(person, name, municipality)]
    return element("li", {}, dot(municipality), element("span", {}, name + own, from), ...follow)
  }

  private followButton(person: number, name: string, municipality: string): HTMLButtonElement {
    const on = this.following.followed?.person === person
    const words = on ? this.strings.followStop : this.strings.followCaret
    const attributes = { type: "button", class: "ke-tool", "aria-pressed": String(on) }
    const button = element("button", { ...attributes, "aria-label": `${words}: ${name}` }, words)
    const label = municipality || name
    button.addEventListener("click", () => this.following.follow(on ? null : { person, label }))
    return button
  }

  private nameOf(municipality: string): string {
    return municipality || this.strings.presenceCoordination
  }
}

function dot(municipality: string): HTMLElement {
  const attributes = { "data-palette": String(paletteOf(municipality)), "aria-hidden": "true" }
  return element("span", { class: "ke-presence__dot", ...attributes })
}
