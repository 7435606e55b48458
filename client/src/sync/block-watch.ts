/**
 * Tells of an update that has not been applied yet whether it changes a certain stretch of the text: it is
 * tried on a copy of the doc, which is made with the first question.
 */
import * as Y from "yjs"

export interface Stretch {
  /** Indices of the Y.Text, both belonging to the stretch. */
  from: number
  to: number
}

export class BlockWatch {
  private copy: Y.Doc | null = null

  /** `stretch` says where it lies in the doc as that is now. */
  constructor(
    private readonly text: Y.Text,
    private readonly stretch: () => Stretch,
  ) {}

  readonly touches = (update: Uint8Array): boolean => {
    const { doc } = this.text
    if (!doc) return false
    const copy = this.copyOf(doc)
    const { from, to } = this.stretch()
    const [start, end] = [this.indexIn(copy, from), this.indexIn(copy, to)]
    let touched = false
    const look = ({ delta }: Y.YTextEvent) => {
      touched ||= start === null || end === null || crosses(delta, start, end)
    }
    const text = copy.getText(this.name)
    text.observe(look)
    Y.applyUpdate(copy, update)
    text.unobserve(look)
    return touched
  }

  destroy(): void {
    this.text.doc?.off("update", this.follow)
    this.copy?.destroy()
  }

  private get name(): string {
    return [...(this.text.doc?.share ?? [])].find(([, type]) => type === (this.text as never))?.[0] ?? ""
  }

  private copyOf(doc: Y.Doc): Y.Doc {
    if (!this.copy) {
      this.copy = new Y.Doc()
      Y.applyUpdate(this.copy, Y.encodeStateAsUpdate(doc))
      doc.on("update", this.follow)
    }
    return this.copy
  }

  private readonly follow = (update: Uint8Array): void => {
    if (this.copy) Y.applyUpdate(this.copy, update)
  }

  private indexIn(copy: Y.Doc, index: number): number | null {
    const place = Y.createRelativePositionFromTypeIndex(this.text, index)
    return Y.createAbsolutePositionFromRelativePosition(place, copy)?.index ?? null
  }
}

/** Also true for a change of the character before: a block's start is joined with what ends there. */
function crosses(delta: Y.YTextEvent["delta"], from: number, to: number): boolean {
  let at = 0
  for (const { retain, delete: cut, insert, attributes } of delta) {
    const length = retain ?? cut ?? 0
    const changes = insert !== undefined || cut !== undefined || attributes !== undefined
    if (changes && at <= to && at + Math.max(length, 1) >= from) return true
    at += length
  }
  return false
}
