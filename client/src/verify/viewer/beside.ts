/** The checked file beside its report, where there is room for both. */
import { element } from "../../dom"
import type { Bytes } from "../bytes"
import type { Words } from "../page/words"
import { loadPages, type PagesOfFile, type ViewerScripts } from "./pages"

const WIDE = "(min-width: 75rem)"

/** More pages than these are not laid out: ours have few, and each one is an element. */
const MAX_PAGES = 300

export function isWide(): boolean {
  return matchMedia(WIDE).matches
}

export class FileBeside {
  private open: PagesOfFile | undefined
  private watch: IntersectionObserver | undefined

  /** `main` gets a second column; `scripts` say how its pages are painted. */
  constructor(
    private readonly main: HTMLElement,
    private readonly scripts: ViewerScripts,
    private readonly words: Words,
  ) {}

  /** Nothing on a narrow screen: there the report links to the file. Never rejects. */
  async show(data: Bytes): Promise<void> {
    this.clear()
    if (!isWide()) return
    const { sentences: say } = this.words
    const pages = element("div", {
      class: "k-beside__pages",
      tabindex: "0",
      role: "region",
      "aria-label": say.pages,
    })
    const place = element("aside", { class: "k-beside__file k-screen", "aria-label": say.pages }, pages)
    const hint = element("p", { class: "k-hint" }, say.pagesHint)
    place.prepend(hint)
    this.main.classList.add("k-beside")
    this.main.append(place)
    try {
      const opened = await loadPages(data.slice(), this.scripts)
      if (!place.isConnected) return opened.close()
      this.open = opened
      this.lay(pages, opened)
    } catch (error) {
      console.warn(error)
      hint.remove()
      pages.replaceChildren(element("p", {}, say.pagesFailed))
    }
  }

  clear(): void {
    this.watch?.disconnect()
    this.open?.close()
    this.open = undefined
    this.main.classList.remove("k-beside")
    for (const place of this.main.querySelectorAll(":scope > .k-beside__file")) place.remove()
  }

  /** Each page is painted when it comes near. */
  private lay(pages: HTMLElement, opened: PagesOfFile): void {
    const { count } = opened
    const watch = new IntersectionObserver(
      (seen) => {
        for (const { target, isIntersecting } of seen) {
          if (!isIntersecting || !(target instanceof HTMLCanvasElement)) continue
          watch.unobserve(target)
          opened.paint(Number(target.dataset.page), target).then(
            () => target.classList.add("k-beside__page--painted"),
            (error: unknown) => console.warn(error),
          )
        }
      },
      { root: pages, rootMargin: "400px" },
    )
    this.watch = watch
    for (let number = 1; number <= Math.min(count, MAX_PAGES); number++) {
      const name = this.words.sentences.pageOf
        .replace("{number}", String(number))
        .replace("{count}", String(count))
      const page = element("canvas", { class: "k-beside__page", role: "img", "aria-label": name })
      page.dataset.page = String(number)
      pages.append(page)
      watch.observe(page)
    }
  }
}
