/** A change that is not written yet, at its place in a text that others may change meanwhile. */
import * as Y from "yjs"
import { DeltaWriter, type Op } from "./delta-writer"

export class Held {
  private readonly words: readonly Op[]
  private readonly from: Y.RelativePosition
  private readonly to: Y.RelativePosition

  /** `delta` changes the text as it is now. */
  constructor(
    private readonly text: Y.Text,
    readonly delta: readonly Op[],
  ) {
    this.words = delta.filter(({ insert }) => insert !== undefined)
    const { from, to } = extent(delta)
    this.from = Y.createRelativePositionFromTypeIndex(text, from, from < to ? 0 : -1)
    this.to = Y.createRelativePositionFromTypeIndex(text, to, -1)
  }

  /** `moved`: the text has changed since. */
  deltaNow(moved: boolean): readonly Op[] {
    if (!moved) return this.delta
    const from = this.index(this.from)
    const delta = new DeltaWriter()
    delta.retain(from, null)
    for (const { insert = "", attributes = {} } of this.words) delta.insert(insert, attributes)
    delta.delete(Math.max(0, this.index(this.to) - from))
    return delta.finish()
  }

  private index(place: Y.RelativePosition): number {
    const { doc, length } = this.text
    return (doc && Y.createAbsolutePositionFromRelativePosition(place, doc)?.index) ?? length
  }
}

/** Where letters come in and go out. Of several places only the first: a word is composed at one. */
function extent(delta: readonly Op[]): { from: number; to: number } {
  const first = delta.findIndex(({ retain }) => retain === undefined)
  const from = delta.slice(0, Math.max(0, first)).reduce((at, { retain = 0 }) => at + retain, 0)
  const next = delta.findIndex(({ retain }, k) => k > first && retain !== undefined)
  const changes = delta.slice(Math.max(0, first), next < 0 ? delta.length : next)
  return { from, to: changes.reduce((at, { delete: cut = 0 }) => at + cut, from) }
}
