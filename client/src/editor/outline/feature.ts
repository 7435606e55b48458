/** The outline: a list of the sections beside the text, each with what is open in it. On phones it opens from the toolbar. */
import type { Node } from "prosemirror-model"
import { Plugin, TextSelection } from "prosemirror-state"
import type { EditorView } from "prosemirror-view"
import type { Text } from "yjs"
import { element } from "../../dom"
import type { Strings } from "../../strings"
import { followWidth } from "../../width"
import type { MakeFeature } from "../feature"
import type { Cards } from "../margin/card"
import { sectionKey } from "./keys"
import { type Section, sectionAt, sectionsOf, settledWords } from "./sections"
import { type Standing, type StandingWire, standingWords } from "./standing"

const LIST = "M9 6h11M9 12h11M9 18h11M4 6h.01M4 12h.01M4 18h.01"
/** Milliseconds after a key until the list is looked at anew. */
const CALM = 300

/** `place`: where it stands on the page. `wire`: brings how far the sections are. */
export function outline(place: HTMLElement, wire: StandingWire | null = null): MakeFeature {
  return ({ view, binding, strings, cards }) => {
    const list = new Outline(view, binding.ytext, strings, cards, place)
    const load = () =>
      void wire
        ?.load()
        .then((known) => list.know(known))
        .catch(() => {}) // asked again when the room is back
    wire?.onChange(load)
    cards.follow(() => list.changed())
    const run = () => list.toggle()
    return {
      plugins: [new Plugin({ view: () => ({ update: () => list.changed() }) })],
      tools: [{ name: "reading", tools: [{ label: strings.outlineTitle, icon: LIST, run }] }],
      synced: () => list.draw(),
    }
  }
}

class Outline {
  private readonly list = element("ol", { class: "ke-outline__list" })
  private sections: readonly Section[] = []
  private shown = ""
  private narrow = false
  private timer: ReturnType<typeof setTimeout> | undefined
  private known: Readonly<Record<string, Standing>> = {}
  /** The words of agreed sections when that was learned, by key: nobody is asked when they change. */
  private readonly agreed = new Map<string, string>()

  constructor(
    private readonly view: EditorView,
    private readonly ytext: Text,
    private readonly strings: Strings,
    private readonly cards: Cards,
    private readonly place: HTMLElement,
  ) {
    place.classList.add("ke-outline")
    place.setAttribute("popover", "auto")
    place.setAttribute("aria-label", strings.outlineTitle)
    place.append(element("h2", { class: "ke-outline__title" }, strings.outlineTitle), this.list)
    followWidth((narrow) => {
      this.narrow = narrow
      if (!narrow && this.isOpen) place.hidePopover()
    })
  }

  /** What divides its width among outline, text and cards. */
  private get desk(): HTMLElement {
    return this.place.parentElement ?? this.place
  }

  private get isOpen(): boolean {
    return typeof this.place.showPopover === "function" && this.place.matches(":popover-open")
  }

  /** Narrow: opens and closes. Wide: gives its column back, or takes it. */
  toggle(): boolean {
    if (!this.narrow) this.desk.dataset.outline = this.desk.dataset.outline === "closed" ? "open" : "closed"
    else if (this.isOpen) this.place.hidePopover()
    else this.place.showPopover()
    this.draw()
    return true
  }

  know(known: Readonly<Record<string, Standing>>): void {
    this.known = known
    this.agreed.clear()
    this.draw()
  }

  changed(): void {
    this.timer ??= setTimeout(() => this.draw(), CALM)
  }

  draw(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    const { doc, selection } = this.view.state
    this.sections = sectionsOf(doc)
    const here = sectionAt(this.sections, selection.head)
    const open = this.openIn()
    const standing = this.standing(doc)
    const titles = this.sections.map(({ title, level }) => [title, level])
    const now = JSON.stringify([titles, here, open, standing])
    if (now === this.shown) return
    this.shown = now
    this.list.replaceChildren(
      ...this.sections.map((section, i) => this.item(section, i === here, open[i] ?? 0, standing[i] ?? null)),
    )
  }

  /** Of each section; null where nothing is known. */
  private standing(doc: Node): (Standing | null)[] {
    if (!Object.keys(this.known).length) return []
    return this.sections.map((section, i) => {
      const key = sectionKey(this.ytext, doc, section)
      const standing = this.known[key] ?? null
      if (!standing?.agreed) return standing
      const words = settledWords(doc, section.pos, this.sections[i + 1]?.pos ?? doc.content.size)
      if (!this.agreed.has(key)) this.agreed.set(key, words)
      return this.agreed.get(key) === words ? standing : { ...standing, agreed: false, changed: true }
    })
  }

  private openIn(): number[] {
    const counts = this.sections.map(() => 0)
    for (const { from, open } of this.cards.all) {
      const at = sectionAt(this.sections, from)
      if (open && at >= 0) counts[at] = (counts[at] ?? 0) + 1
    }
    return counts
  }

  private item(section: Section, here: boolean, open: number, standing: Standing | null): HTMLElement {
    const attributes = { type: "button", "data-level": String(section.level) }
    const button = element(
      "button",
      { ...attributes, ...(here ? { "aria-current": "location" } : {}) },
      section.title,
    )
    if (open) button.append(element("span", { class: "ke-outline__open" }, this.words(open)))
    if (standing) {
      const words = standingWords(standing, this.strings)
      const state = standing.agreed ? "agreed" : standing.changed ? "changed" : "open"
      button.append(element("span", { class: "ke-outline__standing", "data-state": state }, words))
    }
    button.addEventListener("click", () => this.go(section))
    return element("li", {}, button)
  }

  private words(open: number): string {
    const { openPoint, openPoints } = this.strings
    return (open === 1 ? openPoint : openPoints).replace("{count}", String(open))
  }

  private go({ pos }: Section): void {
    if (this.isOpen) this.place.hidePopover()
    const { tr, doc } = this.view.state
    const at = Math.min(pos + 1, doc.content.size)
    this.view.dispatch(tr.setSelection(TextSelection.near(doc.resolve(at))).scrollIntoView())
    this.view.focus()
  }
}
