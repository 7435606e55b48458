/** The people in the room, as a list. */
import { element } from "../dom"
import { paletteOf } from "../editor/carets/carets"
import type { Strings } from "../strings"
import { type Participant, participants } from "../sync/presence"
import type { PresentPerson } from "../sync/protocol"

export class PresenceList {
  private shown: readonly PresentPerson[] | null = null

  constructor(
    private readonly place: HTMLElement,
    private readonly self: number,
    private readonly strings: Strings,
  ) {
    place.classList.add("ke-presence")
  }

  update(people: readonly PresentPerson[]): void {
    if (people === this.shown) return
    this.shown = people
    const everybody = participants(people, this.self)
    const alone = everybody.every(({ person }) => person === this.self)
    const list = element("ul", { class: "ke-presence__list" }, ...everybody.map((each) => this.item(each)))
    this.place.replaceChildren(
      element("h2", { class: "ke-presence__title" }, this.strings.presenceTitle),
      list,
      ...(alone ? [element("p", { class: "ke-presence__alone" }, this.strings.presenceNobody)] : []),
    )
  }

  private item({ person, name, municipality }: Participant): HTMLElement {
    const dot = element("span", {
      class: "ke-presence__dot",
      "data-palette": String(paletteOf(person)),
      "aria-hidden": "true",
    })
    const own = person === this.self ? ` (${this.strings.presenceYou})` : ""
    const from = element(
      "span",
      { class: "ke-presence__from" },
      municipality || this.strings.presenceCoordination,
    )
    return element("li", {}, dot, element("span", { class: "ke-presence__name" }, name + own), from)
  }
}
