/**
 * What the hall sees, one thing after the other: news, each for a while, and when there are none, slow pages
 * with all names. More than three at once are shown as one: a hall is told, not bombarded.
 */
import type { Place } from "./state"

export type Scene =
  | { readonly kind: "one"; readonly place: Place }
  | { readonly kind: "many"; readonly places: readonly Place[] }
  | { readonly kind: "names"; readonly page: number; readonly of: number; readonly places: readonly Place[] }

/** Milliseconds. */
export const NEWS_TIME = 8_000
export const QUIET_TIME = 30_000
export const PAGE_TIME = 10_000
export const MOST_SINGLE = 3
export const NAMES_A_PAGE = 14

export class Play {
  private waiting: Place[] = []
  private last: Scene | undefined
  private page = 0
  private timer: ReturnType<typeof setTimeout> | undefined

  /** `names`: those that stand behind the text now, in the order of the list. */
  constructor(
    private readonly names: () => readonly Place[],
    private readonly show: (scene: Scene) => void,
  ) {}

  /** What the page shows when it opens. */
  begin(newest: Place | undefined): void {
    if (newest) this.last = { kind: "one", place: newest }
    this.plan(QUIET_TIME)
  }

  add(news: readonly Place[]): void {
    if (!news.length) return
    const keys = new Set(news.map((place) => place.key))
    const wasQuiet = !this.waiting.length && !this.isNews
    this.waiting = [...this.waiting.filter((place) => !keys.has(place.key)), ...news]
    if (wasQuiet) this.next()
  }

  /** The moderator's: the next news, or the next page of names. */
  next(): void {
    if (this.waiting.length) this.showNews()
    else this.showNames()
  }

  stop(): void {
    clearTimeout(this.timer)
  }

  /** News is being shown for less than its time. */
  private isNews = false

  private showNews(): void {
    const many = this.waiting.length > MOST_SINGLE
    const places = this.waiting.splice(0, many ? this.waiting.length : 1)
    const [place] = places
    if (!place) return
    this.last = many ? { kind: "many", places } : { kind: "one", place }
    this.page = 0
    this.isNews = true
    this.show(this.last)
    this.plan(NEWS_TIME)
  }

  private showNames(): void {
    const names = this.names()
    const of = Math.ceil(names.length / NAMES_A_PAGE)
    this.isNews = false
    if (this.page >= of) {
      this.page = 0
      if (this.last) this.show(this.last)
      this.plan(QUIET_TIME)
      return
    }
    const places = names.slice(this.page * NAMES_A_PAGE, (this.page + 1) * NAMES_A_PAGE)
    this.page += 1
    this.show({ kind: "names", page: this.page, of, places })
    this.plan(PAGE_TIME)
  }

  private plan(time: number): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.ended(), time)
  }

  private ended(): void {
    if (this.waiting.length || !this.isNews) {
      this.next()
      return
    }
    this.isNews = false
    this.plan(QUIET_TIME) // the newest name stays for a while
  }
}
