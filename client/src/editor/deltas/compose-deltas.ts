/** Several Deltas, each of which changes what the one before has made, as one. */
import { DeltaWriter, type Op } from "./delta-writer"

export function composeDeltas(deltas: readonly (readonly Op[])[]): Op[] {
  return deltas.reduce<Op[]>((first, then) => (first.length ? compose(first, then) : [...then]), [])
}

/** Formats of a letter that `first` has inserted go into the letter. */
function compose(first: readonly Op[], then: readonly Op[]): Op[] {
  const out = new DeltaWriter()
  const source = new Source(first, out)
  for (const op of then) {
    if (op.insert !== undefined) out.insert(op.insert, op.attributes ?? {})
    else for (let left = op.retain ?? op.delete ?? 0; left > 0; ) left -= source.take(left, op)
  }
  source.takeRest()
  return out.finish()
}

/** The units that the first Delta leaves behind, from left to right. */
class Source {
  private k = 0
  private used = 0

  constructor(
    private readonly ops: readonly Op[],
    private readonly out: DeltaWriter,
  ) {}

  /** Applies `op` to the next units, at most `most` of them; returns to how many. */
  take(most: number, op: Op): number {
    this.passDeletions()
    const source = this.ops[this.k]
    const length = source ? Math.min(most, lengthOf(source) - this.used) : most
    if (source?.insert !== undefined) {
      const attributes = { ...source.attributes, ...op.attributes }
      for (const key of Object.keys(attributes)) if (attributes[key] === null) delete attributes[key]
      if (op.retain) this.out.insert(source.insert.slice(this.used, this.used + length), attributes)
    } else if (op.delete) this.out.delete(length)
    else {
      const both = { ...source?.attributes, ...op.attributes }
      this.out.retain(length, Object.keys(both).length ? both : null)
    }
    if (source) this.advance(length)
    return length
  }

  takeRest(): void {
    for (this.passDeletions(); this.ops[this.k]; this.passDeletions())
      this.take(Number.POSITIVE_INFINITY, { retain: 1 })
  }

  private passDeletions(): void {
    for (let op = this.ops[this.k]; op?.delete; op = this.ops[this.k]) {
      this.out.delete(op.delete)
      this.k++
    }
  }

  private advance(length: number): void {
    this.used += length
    if (this.used < lengthOf(this.ops[this.k] ?? {})) return
    this.used = 0
    this.k++
  }
}

function lengthOf(op: Op): number {
  return op.insert?.length ?? op.retain ?? 0
}
