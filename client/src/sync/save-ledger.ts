/**
 * Knows whether everything typed here is on the server's disk.
 *
 * The server numbers the sync messages with text (step 2 and update) of one connection and says up to which
 * number they are stored. What was typed while there was no line travels in the step 2 that answers the
 * server's step 1; until that answer is sent, nothing of it may count as saved.
 */
export class SaveLedger {
  private sent = 0
  private stored = 0
  private answered = false

  /** `pending`: there may be text that no server has, from an earlier visit. */
  constructor(private pending: boolean) {}

  get saved(): boolean {
    return !this.pending
  }

  /** Whether something was sent that the server has not yet said to be stored. */
  get waiting(): boolean {
    return this.sent > this.stored
  }

  /** Updates go out one by one only after the whole text was offered. */
  get mayStream(): boolean {
    return this.answered
  }

  newConnection(): void {
    this.sent = 0
    this.stored = 0
    this.answered = false
  }

  edited(): void {
    this.pending = true
  }

  /** The answer to step 1: it holds whatever the server lacks. */
  sentWhole(): void {
    this.sent++
    this.answered = true
  }

  sentUpdate(): void {
    this.sent++
  }

  /** Cumulative, as the server counts. */
  storedUpTo(count: number): void {
    this.stored = Math.max(this.stored, Math.min(count, this.sent))
    if (this.answered && this.stored === this.sent) this.pending = false
  }
}
