/**
 * Asks the server how things stand, again and again, whatever happens to the line or to the server. Nobody
 * touches the machine in the hall.
 */
import { isState, type WallState } from "./state"

/** Milliseconds between two looks while all is well. */
export const PACE = 4_000
/** After a failure first so long, then twice as long, and so on. */
const FIRST_PAUSE = 1_000
const LONGEST_PAUSE = 15_000
/** A link that was taken back may have been so by mistake; it is looked at now and then. */
const GONE_PAUSE = 60_000
/** A look that hangs is given up. */
const TIMEOUT = 10_000

export interface Listener {
  /** Something changed since the last look. */
  changed(state: WallState): void
  /** The line works; `at`: the time of this look. */
  heard(at: Date): void
  cut(): void
  gone(): void
}

export class Feed {
  private tag = ""
  private failures = 0
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly address: string,
    private readonly listener: Listener,
    private readonly ask: typeof fetch = (...request) => fetch(...request),
    private readonly random: () => number = Math.random,
  ) {}

  start(): void {
    this.plan(PACE)
  }

  /** At once: the line is said to be back, or the page is looked at again. */
  hurry(): void {
    this.plan(0)
  }

  stop(): void {
    clearTimeout(this.timer)
  }

  private plan(pause: number): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.look(), pause)
  }

  private async look(): Promise<void> {
    try {
      this.plan(this.told(await this.request()))
    } catch {
      this.plan(this.failed())
    }
  }

  private async request(): Promise<{ status: number; tag: string; body: unknown }> {
    const limit = new AbortController()
    const timeout = setTimeout(() => limit.abort(), TIMEOUT)
    try {
      const answer = await this.ask(this.address, {
        cache: "no-store",
        headers: this.tag ? { "If-None-Match": this.tag } : {},
        signal: limit.signal,
      })
      const body: unknown = answer.status === 200 ? await answer.json() : null
      return { status: answer.status, tag: answer.headers.get("ETag") ?? "", body }
    } finally {
      clearTimeout(timeout)
    }
  }

  /** The pause until the next look. */
  private told(answer: { status: number; tag: string; body: unknown }): number {
    if (answer.status === 404) {
      this.listener.gone()
      return GONE_PAUSE
    }
    if (answer.status === 200 && isState(answer.body)) {
      this.tag = answer.tag
      this.listener.changed(answer.body)
    } else if (answer.status !== 304) {
      return this.failed()
    }
    this.failures = 0
    this.listener.heard(new Date())
    return this.spread(PACE)
  }

  private failed(): number {
    this.listener.cut()
    this.failures += 1
    return this.spread(Math.min(FIRST_PAUSE * 2 ** (this.failures - 1), LONGEST_PAUSE))
  }

  /** By up to a quarter either way: hundreds who lost the same server do not come back at the same moment. */
  private spread(pause: number): number {
    return pause * (0.75 + this.random() / 2)
  }
}
