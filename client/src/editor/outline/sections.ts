/** The sections of a text: its headings, in order. Pure. */
import type { Node } from "prosemirror-model"
import { blockText } from "../text/positions"
import { blockAttrs } from "../text/schema"

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
