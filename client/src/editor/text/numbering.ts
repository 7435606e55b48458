/**
 * Labels of clauses, as `server/domain/text/numbering.py` gives them for page, PDF and Word, shown as
 * `data-number`. Level 1 runs through the whole text; levels 2 and 3 begin anew below each clause above.
 */
import type { Node } from "prosemirror-model"
import { Plugin, PluginKey, type Transaction } from "prosemirror-state"
import { Decoration, DecorationSet } from "prosemirror-view"
import type { MakeFeature } from "../feature"
import { blockAttrs, type Kind } from "./schema"

const DEPTH = 3
const ALPHABET = "abcdefghijklmnopqrstuvwxyz"

/** One label for each level (1 to 3), null for a block that is no clause. */
export function numberClauses(levels: readonly (number | null)[]): (string | null)[] {
  return countClauses(levels).map((count, k) => (count === null ? null : clauseLabel(levels[k] ?? 1, count)))
}

/** The number of each clause among those beside it, from 1. */
export function countClauses(levels: readonly (number | null)[]): (number | null)[] {
  const counts = new Array<number>(DEPTH).fill(0)
  return levels.map((level) => {
    if (level === null) return null
    const count = (counts[level - 1] ?? 0) + 1
    counts[level - 1] = count
    counts.fill(0, level)
    return count
  })
}

function clauseLabel(level: number, count: number): string {
  if (level === 1) return `${count}.`
  return `${level === 2 ? letters(count) : doubled(count)})`
}

/** 1 → a, 26 → z, 27 → aa: as spreadsheets count columns. */
function letters(count: number): string {
  if (count === 0) return ""
  const rest = (count - 1) % ALPHABET.length
  return letters((count - 1 - rest) / ALPHABET.length) + ALPHABET.charAt(rest)
}

/** 1 → aa, 2 → bb, 27 → aaa: the third level of German statutes. */
function doubled(count: number): string {
  const rest = (count - 1) % ALPHABET.length
  return ALPHABET.charAt(rest).repeat((count - 1 - rest) / ALPHABET.length + 2)
}

/** What screen readers call the blocks that are no lists in the DOM. */
export interface BlockNames {
  clause: string
  bullet: string
}

const key = new PluginKey<Numbered>("kraftakt-numbering")

interface Numbered {
  /** Kind and label of each block: what the decorations depend on. */
  labels: Label[]
  set: DecorationSet
}

interface Label {
  kind: Kind
  number: string | null
}

export const numbering: MakeFeature = ({ strings }) => ({
  plugins: [numberingPlugin({ clause: strings.clauseName, bullet: strings.bulletName })],
})

function numberingPlugin(names: BlockNames): Plugin<Numbered> {
  return new Plugin<Numbered>({
    key,
    state: {
      init: (_config, state) => decorate(state.doc, labelsOf(state.doc), names),
      apply: (tr, before) => (tr.docChanged ? follow(tr, before, names) : before),
    },
    props: { decorations: (state) => key.getState(state)?.set },
  })
}

/** Most edits change no label: then the decorations only move. */
function follow(tr: Transaction, { labels, set }: Numbered, names: BlockNames): Numbered {
  const now = labelsOf(tr.doc)
  const same = now.length === labels.length && now.every((label, k) => isSame(label, labels[k]))
  return same ? { labels, set: set.map(tr.mapping, tr.doc) } : decorate(tr.doc, now, names)
}

function isSame(a: Label, b: Label | undefined): boolean {
  return a.kind === b?.kind && a.number === b.number
}

function labelsOf(doc: Node): Label[] {
  const blocks = doc.children.map(blockAttrs)
  const numbers = numberClauses(blocks.map(({ kind, level }) => (kind === "clause" ? level : null)))
  return blocks.map(({ kind }, k) => ({ kind, number: numbers[k] ?? null }))
}

function decorate(doc: Node, labels: Label[], names: BlockNames): Numbered {
  const decorations: Decoration[] = []
  doc.forEach((block, pos, k) => {
    const dom = labels[k] && blockDom(labels[k], names)
    if (dom) decorations.push(Decoration.node(pos, pos + block.nodeSize, dom))
  })
  return { labels, set: DecorationSet.create(doc, decorations) }
}

/** Flat blocks cannot be list items; a named group says the same to whoever does not see the margin. */
function blockDom({ kind, number }: Label, names: BlockNames): Record<string, string> | null {
  if (number) return { "data-number": number, role: "group", "aria-label": `${names.clause} ${number}` }
  return kind === "bullet" ? { role: "group", "aria-label": names.bullet } : null
}
