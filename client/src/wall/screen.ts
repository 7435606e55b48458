/** Puts scenes and states on the page that the server has made. */
import { element } from "../dom"
import type { Scene } from "./play"
import type { Place, WallState } from "./state"

/** The server's sentences, with `#` where a number stands. */
export interface Words {
  readonly locale: string
  readonly just: string
  readonly many: string
  readonly condition: string
  readonly page: string
  readonly stand: string
  readonly cut: string
  readonly gone: string
  readonly answers: Readonly<Record<string, string>>
}

export class Screen {
  private heardAt = new Date()

  constructor(
    private readonly page: Document,
    private readonly words: Words,
  ) {}

  /** Counter and map. */
  paint(state: WallState): void {
    this.write("wall-counted", String(state.counted))
    for (const place of state.places) {
      const tile = this.page.getElementById(`w-${place.key}`)
      if (!tile) continue
      tile.setAttribute("class", `w-tile is-${place.answer}`)
      const title = tile.querySelector("title")
      if (title) title.textContent = `${place.name}: ${this.words.answers[place.answer] ?? ""}`
    }
  }

  show(scene: Scene): void {
    const isNames = scene.kind === "names"
    this.toggle("wall-left", !isNames)
    this.toggle("wall-map", !isNames)
    this.toggle("wall-names", isNames)
    switch (scene.kind) {
      case "one":
        this.news(this.label(scene.place), scene.place.name, scene.place.who, [scene.place])
        break
      case "many":
        this.news(
          this.words.just,
          this.words.many.replace("#", String(scene.places.length)),
          "",
          scene.places,
        )
        break
      case "names":
        this.names(
          scene.places,
          this.words.page.replace("#", String(scene.page)).replace("#", String(scene.of)),
        )
        break
    }
  }

  heard(at: Date): void {
    this.heardAt = at
    this.status(this.words.stand, false)
  }

  cut(): void {
    this.status(this.words.cut, true)
  }

  gone(): void {
    this.write("wall-time", this.words.gone)
    this.page.documentElement.classList.add("is-cut")
  }

  private label(place: Place): string {
    return place.answer === "subject_to_council" ? this.words.condition : this.words.just
  }

  private news(label: string, name: string, who: string, lit: readonly Place[]): void {
    for (const tile of this.page.querySelectorAll(".w-tile.is-latest")) tile.classList.remove("is-latest")
    for (const place of lit) this.page.getElementById(`w-${place.key}`)?.classList.add("is-latest")
    this.write("wall-label", label)
    this.write("wall-name", name)
    this.write("wall-who", who)
    const shown = this.page.getElementById("wall-name")
    shown?.classList.toggle("is-long", name.length > 16)
  }

  private names(places: readonly Place[], title: string): void {
    this.write("wall-page", title)
    const list = this.page.getElementById("wall-list")
    list?.replaceChildren(
      ...places.map((place) => element("li", place.name.length > 16 ? { class: "is-long" } : {}, place.name)),
    )
  }

  private status(sentence: string, isCut: boolean): void {
    const time = this.heardAt.toLocaleTimeString(this.words.locale, { timeZone: "Europe/Berlin" })
    this.write("wall-time", sentence.replace("#", time))
    this.page.documentElement.classList.toggle("is-cut", isCut)
  }

  private write(id: string, words: string): void {
    const place = this.page.getElementById(id)
    if (place && place.textContent !== words) place.textContent = words
  }

  private toggle(id: string, isShown: boolean): void {
    const place = this.page.getElementById(id)
    place?.classList.toggle("w-off", !isShown)
  }
}
