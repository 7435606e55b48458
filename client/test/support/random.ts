/** Seeded pseudo-random numbers (mulberry32): the same seed gives the same history on every machine. */
export class Random {
  constructor(private state: number) {}

  /** From 0 up to, not including, 1. */
  readonly next = (): number => {
    this.state = (this.state + 0x6d2b79f5) | 0
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  int(below: number): number {
    return Math.floor(this.next() * below)
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.int(items.length)]
    if (item === undefined) throw new Error("nothing to pick from")
    return item
  }

  shuffle<T>(items: T[]): T[] {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.int(i + 1)
      const [a, b] = [items[i] as T, items[j] as T]
      items[i] = b
      items[j] = a
    }
    return items
  }
}
