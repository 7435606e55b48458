/** The threads that are known here. Open ones are loaded once, later only what has changed; resolved ones when asked for. */
import type { CommentWire, Page, Thread } from "./threads"
import { isEmpty } from "./threads"

/** Pages of one answer after the other; no text has more. */
const MOST_PAGES = 100

export class ThreadStore {
  /** Told after every change. */
  onChange: (() => void) | null = null
  /** Resolved ones that are not loaded yet. */
  moreResolved = true
  private readonly threads = new Map<string, Thread>()
  private newest: number | null = null
  private loading: Promise<void> | null = null
  private again = false

  constructor(private readonly wire: Pick<CommentWire, "list">) {}

  get all(): readonly Thread[] {
    return [...this.threads.values()]
  }

  /** Everything that is open has been loaded at least once. */
  get ready(): boolean {
    return this.newest !== null
  }

  get(key: string): Thread | null {
    return this.threads.get(key) ?? null
  }

  /** The answer to something that was sent. */
  put(thread: Thread): void {
    this.take([thread])
    this.onChange?.()
  }

  /** Something has changed, or may have. While one answer is under way, the next question waits. */
  refresh(): Promise<void> {
    if (this.loading) {
      this.again = true
      return this.loading
    }
    this.loading = this.load().finally(() => {
      this.loading = null
      if (!this.again) return
      this.again = false
      void this.refresh()
    })
    return this.loading
  }

  /** One page more of what is resolved. */
  async loadResolved(): Promise<void> {
    const known = this.all.filter(({ resolved }) => resolved).map(({ stamp }) => stamp)
    const page = await this.attempt("resolved", Math.min(...known, 999_999_999))
    if (!page) return
    this.moreResolved = page.more
    this.take(page.threads)
    this.onChange?.()
  }

  private async load(): Promise<void> {
    const first = this.newest === null
    let newest: number | null = null
    let at = this.newest ?? 0
    for (let pages = 0; pages < MOST_PAGES; pages++) {
      const page = await this.attempt(first ? "open" : "changed", at)
      if (!page) return // the next connection asks again
      newest ??= page.newest
      this.take(page.threads)
      at = page.threads.at(-1)?.stamp ?? at
      if (!page.more) break
    }
    this.newest = newest
    this.onChange?.()
  }

  private async attempt(...asked: Parameters<CommentWire["list"]>): Promise<Page | null> {
    try {
      return await this.wire.list(...asked)
    } catch {
      return null // without a connection, or without the right
    }
  }

  private take(threads: readonly Thread[]): void {
    for (const thread of threads) {
      const known = this.threads.get(thread.key)
      if (isEmpty(thread)) this.threads.delete(thread.key)
      else if (!known || known.stamp <= thread.stamp) this.threads.set(thread.key, thread)
    }
  }
}
