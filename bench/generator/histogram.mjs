const STEPS = 64 // buckets for each doubling: 1.6 % wide

/** Counts milliseconds in buckets from one microsecond on, so that millions of samples need no memory. */
export class Histogram {
  constructor() {
    this.buckets = new Uint32Array(STEPS * 40)
    this.count = 0
    this.max = 0
  }

  add(ms) {
    if (ms > this.max) this.max = ms
    const us = Math.max(1, ms * 1000)
    const doubling = Math.floor(Math.log2(us))
    const step = Math.min(STEPS - 1, Math.floor((us / 2 ** doubling - 1) * STEPS))
    this.buckets[doubling * STEPS + step]++
    this.count++
  }

  merge(other) {
    for (let index = 0; index < this.buckets.length; index++) this.buckets[index] += other.buckets[index]
    this.count += other.count
    this.max = Math.max(this.max, other.max)
  }

  /** Upper edge of the bucket that holds the quantile, in milliseconds; null without samples. */
  quantile(share) {
    if (!this.count) return null
    let left = Math.ceil(this.count * share)
    for (let index = 0; index < this.buckets.length; index++) {
      left -= this.buckets[index]
      if (left <= 0) return (2 ** Math.floor(index / STEPS) * (1 + ((index % STEPS) + 1) / STEPS)) / 1000
    }
    return this.max
  }

  summary() {
    return { samples: this.count, p50_ms: this.quantile(0.5), p99_ms: this.quantile(0.99), max_ms: this.max }
  }
}

export function merged(histograms) {
  const all = new Histogram()
  for (const each of histograms) all.merge(each)
  return all
}
