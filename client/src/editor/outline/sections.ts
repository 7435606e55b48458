/** The sections of a text: its headings, in order. Pure. */
import type { Node } from "prosemirror-model"
import { blockText } from "../text/positions"
import { blockAttrs, schema } from "../text/schema"

export interface Section {
  title: string
  level: number
  /** Position of the heading. */
  pos: number
}

/** Without the first heading of level 1, which is the text's title. */
export function sectionsOf(doc: Node): Section[] {
  const found: Section[] = []
  let titled = false
  doc.forEach((block, pos) => {
    const { kind, level } = blockAttrs(block)
    const title = blockText(block).trim()
    if (kind !== "heading" || !title) return
    if (level === 1 && !titled) titled = true
    else found.push({ title, level, pos })
  })
  return found
}

/** Index of the section that holds a position; -1 before the first. */
export function sectionAt(sections: readonly Section[], pos: number): number {
  return sections.findLastIndex((section) => section.pos <= pos)
}

/** The words of whole blocks with their kinds, without what is only proposed: to compare, not to read. */
export function settledWords(doc: Node, from: number, to: number): string {
  const found: string[] = []
  let open = ""
  doc.forEach((block, pos) => {
    if (pos < from || pos >= to) return
    const { kind, level, sug } = blockAttrs(block)
    for (const inline of block.children) {
      if (!schema.marks.insertion.isInSet(inline.marks)) open += inline.text ?? "\u2028"
    }
    if (Object.keys(sug).some((key) => key.startsWith("ins:"))) return
    found.push(`${kind}:${level} ${open}`)
    open = ""
  })
  return [...found, open].join("\n")
}
