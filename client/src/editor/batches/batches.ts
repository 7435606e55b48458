/** Batches of suggestions that were prepared unseen and shared: whose they are, and which wait for another time. */
import type { Strings } from "../../strings"
import type { CardGroup } from "../margin/card"

export interface Batch {
  id: number
  name: string
  /** The office, or the person. */
  who: string
  note: string
  /** Waits for the next round. */
  kept: boolean
  /** Ids of its suggestions. */
  proposals: readonly string[]
}

/** `mayPutOff`: whether this person decides what waits. */
export interface KnownBatches {
  batches: readonly Batch[]
  mayPutOff: boolean
}

/** Rejects without a connection. */
export interface BatchWire {
  load(): Promise<KnownBatches>
  putOff(id: number, off: boolean): Promise<void>
  /** Calls with each connection, too. */
  onChange(listener: () => void): void
}

export class Batches {
  /** Told when there are others, or others wait. */
  onChange: (() => void) | null = null
  private groups = new Map<string, CardGroup>()
  private loading = false
  private again = false

  constructor(
    private readonly wire: BatchWire,
    private readonly strings: Strings,
  ) {
    wire.onChange(() => void this.load())
  }

  readonly groupOf = (suggestion: string): CardGroup | null => this.groups.get(suggestion) ?? null

  /** The group of a batch. */
  find(id: string): CardGroup | null {
    return [...this.groups.values()].find((group) => group.id === id) ?? null
  }

  /** One question at a time; what changes meanwhile is asked for once more. */
  async load(): Promise<void> {
    this.again = true
    if (this.loading) return
    this.loading = true
    while (this.again) {
      this.again = false
      try {
        this.groups = this.grouped(await this.wire.load())
        this.onChange?.()
      } catch {
        break // asked again when the room is back
      }
    }
    this.loading = false
  }

  private grouped({ batches, mayPutOff }: KnownBatches): Map<string, CardGroup> {
    return new Map(
      batches.flatMap((batch) => {
        const group = this.group(batch, mayPutOff)
        return batch.proposals.map((id) => [id, group] as const)
      }),
    )
  }

  private group({ id, name, who, note, kept }: Batch, mayPutOff: boolean): CardGroup {
    const label = kept ? this.strings.batchTakeUp : this.strings.batchPutOff
    const run = () => void this.putOff(id, !kept)
    const action = mayPutOff ? { label, run } : null
    return { id: String(id), label: `${name} (${who})`, note, aside: kept, action }
  }

  private async putOff(id: number, off: boolean): Promise<void> {
    await this.wire.putOff(id, off).catch(() => {}) // what became of it is shown by what is loaded
    await this.load()
  }
}
