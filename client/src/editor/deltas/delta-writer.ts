/** Writes a Yjs Delta, as short as it can be. */
import { type Change, diffAttrs } from "../text/codec"

/** One operation of a Yjs Delta; exactly one of insert, delete, retain is there. */
export interface Op {
  insert?: string
  delete?: number
  retain?: number
  attributes?: Change
}

/**
 * Joins neighbouring operations with the same attributes. That is more than thrift: an operation on half a
 * surrogate pair makes Yjs cut the character in two.
 */
export class DeltaWriter {
  private readonly ops: Op[] = []

  retain(length: number, change: Change | null): void {
    if (!length) return
    const last = this.ops.at(-1)
    if (last?.retain && !diffAttrs(last.attributes ?? {}, change ?? {})) last.retain += length
    else this.ops.push(change ? { retain: length, attributes: change } : { retain: length })
  }

  /** Always with the full attributes, even none: Yjs lets an insert without any inherit its neighbour's. */
  insert(text: string, attributes: Change): void {
    const last = this.ops.at(-1)
    if (last?.insert && !diffAttrs(last.attributes ?? {}, attributes)) last.insert += text
    else this.ops.push({ insert: text, attributes: { ...attributes } })
  }

  delete(length: number): void {
    const last = this.ops.at(-1)
    if (length && last?.delete) last.delete += length
    else if (length) this.ops.push({ delete: length })
  }

  finish(): Op[] {
    for (let last = this.ops.at(-1); last?.retain && !last.attributes; last = this.ops.at(-1)) this.ops.pop()
    return this.ops
  }
}
