/**
 * Suggestion mode: what would be a change of the text becomes a proposal of it. A local Delta is rewritten:
 *
 *   insert   → insert with `ins:ID` (a line feed: a proposed split)
 *   delete   → `del:ID` on the characters (a line feed: a proposed join); one's own insertions really go
 *   b = …    → `kind:ID` on the line feed; on one's own inserted line feed the kind itself
 *   formats  → as they are
 */
import type { Node } from "prosemirror-model"
import { BLOCK, type Change } from "./codec"
import type { Op } from "./delta"
import { type Flat, flatten } from "./positions"
import type { Values } from "./schema"
import { type Author, authorValue, isBy } from "./suggestions"

export interface Proposal {
  delta: Op[]
  /** Where the caret belongs afterwards, as an index of the Y.Text. */
  caret: number
}

export interface Proposing {
  author: Author
  /** Seconds since 1970. */
  now: number
  newId(): string
}

/** `doc` is the document that the Delta changes. */
export function propose(delta: readonly Op[], doc: Node, proposing: Proposing): Proposal {
  return new Rewriter(flatten(doc), proposing).rewrite(delta)
}

class Rewriter {
  private readonly out: Op[] = []
  /** Index in the text as it is, and in the text as it will be. */
  private at = 0
  private written = 0
  private caret = 0
  private id = ""

  constructor(
    private readonly flat: Flat,
    private readonly proposing: Proposing,
  ) {}

  rewrite(delta: readonly Op[]): Proposal {
    for (const op of delta) {
      if (op.insert !== undefined) this.insert(op.insert, op.attributes ?? {})
      else if (op.delete) this.delete(op.delete)
      else if (op.retain) this.retain(op.retain, op.attributes)
    }
    return { delta: this.out, caret: this.caret }
  }

  private insert(text: string, attributes: Change): void {
    const own = Object.entries(attributes).filter(([key]) => !/^(ins|del|comment):/.test(key)) // nobody else's
    this.emit({ insert: text, attributes: { ...Object.fromEntries(own), ...this.mark("ins") } })
    this.caret = this.written
  }

  private delete(length: number): void {
    for (let n = 0; n < length; n++, this.at++) {
      const attrs = this.attrs(this.at)
      if (this.isOwn(attrs, "ins")) this.out.push({ delete: 1 })
      else if (this.isOwn(attrs, "del")) this.emit({ retain: 1 })
      else this.emit({ retain: 1, attributes: this.mark("del") })
    }
  }

  private retain(length: number, attributes: Change | undefined): void {
    const kind = attributes?.[BLOCK]
    if (attributes && typeof kind === "string") {
      for (let n = 0; n < length; n++, this.at++) this.changeKind(kind, attributes)
      return
    }
    this.emit(attributes ? { retain: length, attributes } : { retain: length })
    this.at += length
    if (!attributes) this.caret = this.written
  }

  private changeKind(kind: string, attributes: Change): void {
    const attrs = this.attrs(this.at)
    if (this.isOwn(attrs, "ins")) {
      this.emit({ retain: 1, attributes })
      return
    }
    const { [BLOCK]: _kind, ...rest } = attributes
    const replaced = this.ownKeys(attrs, "kind").map((key) => [key, null] as const)
    const key = `kind:${this.suggestionId()}`
    const value = `${kind}|${this.signature()}`
    const keep = attrs[BLOCK] === kind // back to what it is: the proposal is withdrawn
    this.emit({
      retain: 1,
      attributes: { ...rest, ...Object.fromEntries(replaced), ...(keep ? {} : { [key]: value }) },
    })
  }

  private emit(op: Op): void {
    this.out.push(op)
    this.written += op.retain ?? op.insert?.length ?? 0
  }

  private mark(type: "ins" | "del"): Values {
    return { [`${type}:${this.suggestionId()}`]: this.signature() }
  }

  private signature(): string {
    return authorValue(this.proposing.author, this.proposing.now)
  }

  private attrs(index: number): Values {
    return this.flat.at[index] ?? {}
  }

  private ownKeys(attrs: Values, type: "ins" | "del" | "kind"): string[] {
    const by = (value: Values[string] | undefined) =>
      type === "kind" ? String(value).split("|").slice(1).join("|") : value
    return Object.keys(attrs).filter(
      (key) => key.startsWith(`${type}:`) && isBy(by(attrs[key]), this.proposing.author),
    )
  }

  private isOwn(attrs: Values, type: "ins" | "del"): boolean {
    return this.ownKeys(attrs, type).length > 0
  }

  /** What one writes beside one's own proposal belongs to it. */
  private suggestionId(): string {
    if (!this.id) {
      const neighbours = [this.attrs(this.at - 1), this.attrs(this.at)]
      const key = neighbours.flatMap((attrs) => [
        ...this.ownKeys(attrs, "ins"),
        ...this.ownKeys(attrs, "del"),
      ])[0]
      this.id = key ? key.slice(4) : this.proposing.newId()
    }
    return this.id
  }
}
