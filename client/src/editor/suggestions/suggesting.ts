/**
 * Suggestion mode: what would be a change of the text becomes a proposal of it. A local Delta is rewritten:
 *
 *   insert   → insert with `ins:ID` (a line feed: a proposed split)
 *   delete   → `del:ID` on the characters (a line feed: a proposed join); one's own insertions really go
 *   b = …    → `kind:ID` on the line feed; on one's own inserted line feed the kind itself
 *   formats  → `format:ID` on the letters; on one's own insertions the format itself
 */
import type { Node } from "prosemirror-model"
import { DeltaWriter, type Op } from "../deltas/delta-writer"
import { BLOCK, type Change } from "../text/codec"
import { type Excerpt, excerpt } from "../text/positions"
import type { Value, Values } from "../text/schema"
import { type Author, authorValue, type Format, isBy, writeFormat } from "./suggestions"

export interface Proposal {
  delta: Op[]
  /** Where letters came in or go out, behind what came in: indices of the Y.Text. Null when only kinds change. */
  place: { start: number; end: number } | null
  /** Where the caret stands, when it stands beside something that came in. */
  caret: number | null
}

export interface Proposing {
  author: Author
  /** Seconds since 1970. */
  now(): number
  newId(): string
  /** What ids made in a branch begin with: there, nothing else counts as one's own. */
  prefix?: string
}

/**
 * `doc` is the document that the Delta changes, `caret` where the caret would stand in the changed text: an
 * index of it.
 */
export function propose(
  delta: readonly Op[],
  doc: Node,
  proposing: Proposing,
  caret: number | null = null,
): Proposal {
  return new Rewriter(around(delta, doc), proposing, caret).rewrite(delta)
}

/** What the Delta touches, and a character on either side. */
function around(delta: readonly Op[], doc: Node): Excerpt {
  const [first] = delta
  const from = first?.retain && !first.attributes ? first.retain : 0
  const to = delta.reduce((at, op) => at + (op.retain ?? op.delete ?? 0), 0)
  return excerpt(doc, from - 1, to + 1)
}

class Rewriter {
  private readonly out = new DeltaWriter()
  /** Index in the text as it is, in the text as it will be, and as it would be were it changed at once. */
  private at = 0
  private written = 0
  private plain = 0
  private found: number | null = null
  private place: Proposal["place"] = null
  private own: { id: string; by: Value } | null = null

  constructor(
    private readonly text: Excerpt,
    private readonly proposing: Proposing,
    private readonly caret: number | null,
  ) {}

  rewrite(delta: readonly Op[]): Proposal {
    for (const op of delta) {
      if (op.insert !== undefined) this.insert(op.insert, op.attributes ?? {})
      else if (op.delete) this.delete(op.delete)
      else if (op.retain) this.retain(op.retain, op.attributes)
    }
    return { delta: this.out.finish(), place: this.place, caret: this.found }
  }

  private insert(text: string, attributes: Change): void {
    this.out.insert(text, { ...attributes, ...this.mark("ins") })
    const into = (this.caret ?? -1) - this.plain
    if (into >= 0 && into <= text.length) this.found = this.written + into
    this.written += text.length
    this.plain += text.length
    this.place = { start: this.written, end: this.written }
  }

  private delete(length: number): void {
    const start = this.place?.start ?? this.written
    for (let n = 0; n < length; n++, this.at++) {
      const attrs = this.attrs(this.at)
      if (this.isOwn(attrs, "ins")) this.out.delete(1)
      else this.retainOne(this.isOwn(attrs, "del") ? null : this.mark("del", length - n))
    }
    this.place = { start, end: this.written }
  }

  private retain(length: number, attributes: Change | undefined): void {
    this.plain += length
    const kind = attributes?.[BLOCK]
    if (attributes && typeof kind === "string") {
      for (let n = 0; n < length; n++, this.at++) this.changeKind(kind, attributes)
      return
    }
    if (attributes) {
      const ids = new Map<string, string>()
      for (let n = 0; n < length; n++, this.at++) this.retainOne(this.format(attributes, ids))
      return
    }
    this.out.retain(length, null)
    this.at += length
    this.written += length
  }

  private changeKind(kind: string, attributes: Change): void {
    const attrs = this.attrs(this.at)
    if (this.isOwn(attrs, "ins")) {
      this.retainOne(attributes)
      return
    }
    const replaced = this.ownKeys(attrs, "kind").map((key) => [key, null] as const)
    const { id, by } = this.suggestion()
    const key = `kind:${id}`
    const value = `${kind}|${by}`
    const keep = attrs[BLOCK] === kind // back to what it is: the proposal is withdrawn
    this.retainOne({ ...Object.fromEntries(replaced), ...(keep ? {} : { [key]: value }) })
  }

  /** `ids`: of the suggestions that this operation has begun, by format. The same format once more takes it back. */
  private format(attributes: Change, ids: Map<string, string>): Change | null {
    const attrs = this.attrs(this.at)
    if (this.isOwn(attrs, "ins")) return attributes
    if (this.text.text.charAt(this.at - this.text.base) === "\n") return null
    const change: Record<string, Value | null> = {}
    for (const [key, value] of Object.entries(attributes)) {
      const what = writeFormat({ key: key as Format["key"], value })
      const own = this.ownKeys(attrs, "format").filter((each) => String(attrs[each]).startsWith(`${key}=`))
      for (const each of own) change[each] = null
      if (value === (attrs[key] ?? null) || own.some((each) => String(attrs[each]).startsWith(`${what}|`)))
        continue
      const id = ids.get(key) ?? this.proposing.newId()
      ids.set(key, id)
      change[`format:${id}`] = `${what}|${authorValue(this.proposing.author, this.proposing.now())}`
    }
    return Object.keys(change).length ? change : null
  }

  private retainOne(change: Change | null): void {
    this.out.retain(1, change)
    this.written++
  }

  /** `length`: of what is marked, so that the character behind it is a neighbour as well. */
  private mark(type: "ins" | "del", length = 0): Values {
    const { id, by } = this.suggestion(length)
    return { [`${type}:${id}`]: by }
  }

  private attrs(index: number): Values {
    return this.text.at[index - this.text.base] ?? {}
  }

  private ownKeys(attrs: Values, type: "ins" | "del" | "kind" | "format"): string[] {
    const named = type === "kind" || type === "format"
    const by = (value: Values[string] | undefined) =>
      named ? String(value).split("|").slice(1).join("|") : value
    return Object.keys(attrs).filter(
      (key) =>
        key.startsWith(`${type}:${this.proposing.prefix ?? ""}`) &&
        isBy(by(attrs[key]), this.proposing.author),
    )
  }

  private isOwn(attrs: Values, type: "ins" | "del"): boolean {
    return this.ownKeys(attrs, type).length > 0
  }

  /** What one writes beside one's own proposal belongs to it; its time is that of its beginning. */
  private suggestion(length = 0): { id: string; by: Value } {
    this.own ??= this.neighbour(length) ?? {
      id: this.proposing.newId(),
      by: authorValue(this.proposing.author, this.proposing.now()),
    }
    return this.own
  }

  private neighbour(length: number): { id: string; by: Value } | null {
    for (const attrs of [-1, 0, length].map((offset) => this.attrs(this.at + offset))) {
      const [key] = [...this.ownKeys(attrs, "ins"), ...this.ownKeys(attrs, "del")]
      if (key) return { id: key.slice(4), by: attrs[key] ?? "" }
    }
    return null
  }
}
