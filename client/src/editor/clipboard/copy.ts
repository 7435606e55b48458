/**
 * What is copied: the words as they are proposed, with numbers and list markup for mails and word processors.
 */
import { DOMSerializer, Fragment, type Node, Slice } from "prosemirror-model"
import type { EditorState } from "prosemirror-state"
import { BREAK } from "../text/codec"
import { countClauses, numberClauses } from "../text/numbering"
import { blockText } from "../text/positions"
import { blockAttrs, isById, schema } from "../text/schema"

/** Proposed words in, struck ones out, unless there is nothing else. Proposals stay where they are; comments go along, and whoever pastes decides about them. */
export function asProposed(slice: Slice): Slice {
  const { content, openStart, openEnd } = slice
  const kept = mapBlocks(content, true)
  return new Slice(kept.textBetween(0, kept.size) ? kept : mapBlocks(content, false), openStart, openEnd)
}

function mapBlocks(content: Fragment, cut: boolean): Fragment {
  return Fragment.from(
    content.content.map((block) => {
      const inline = block.children.filter(({ marks }) => !cut || !schema.marks.deletion.isInSet(marks))
      const plain = inline.map((node) =>
        node.mark(node.marks.filter((mark) => !isById(mark) || mark.type === schema.marks.comment)),
      )
      return block.isTextblock
        ? block.type.create({ ...blockAttrs(block), sug: {} }, Fragment.fromArray(plain))
        : block
    }),
  )
}

/** To be used as `clipboardTextSerializer`. */
export function copiedText({ content }: Slice, state: EditorState): string {
  const numbers = numberClauses(levelsOf(state.doc))
  return placed(content, state)
    .map(
      ({ block, index }) =>
        marker(block, index === null ? null : (numbers[index] ?? null)) + blockText(block),
    )
    .join("\n\n")
    .replaceAll(BREAK, "\n")
}

function marker(block: Node, number: string | null): string {
  if (number) return `${number} `
  return blockAttrs(block).kind === "bullet" ? "– " : ""
}

/** Each copied block and which of the document it is; null where it was copied only in part. */
function placed(content: Fragment, { doc, selection }: EditorState): { block: Node; index: number | null }[] {
  const { $from, $to } = selection
  const first = $from.depth ? $from.index(0) : 0
  const blocks = content.content
  const inside = $from.depth > 0 && $from.sameParent($to) && $to.pos < $to.end()
  return blocks.map((block, k) => {
    const part = k === 0 && $from.depth > 0 && ($from.parentOffset > 0 || inside)
    return { block, index: part || first + k >= doc.childCount ? null : first + k }
  })
}

function levelsOf(doc: Node): (number | null)[] {
  return doc.children.map((block) => {
    const { kind, level } = blockAttrs(block)
    return kind === "clause" ? level : null
  })
}

/** To be used as `clipboardSerializer`. */
export class ListSerializer extends DOMSerializer {
  constructor(private readonly state: () => EditorState) {
    const { nodes, marks } = DOMSerializer.fromSchema(schema)
    super(nodes, marks)
  }

  override serializeFragment(
    fragment: Fragment,
    options: { document?: Document } = {},
    target?: HTMLElement | DocumentFragment,
  ): HTMLElement | DocumentFragment {
    if (!fragment.firstChild?.isTextblock) return super.serializeFragment(fragment, options, target)
    const page = options.document ?? document
    const lists = new Lists(page, target ?? page.createDocumentFragment())
    const state = this.state()
    const counts = countClauses(levelsOf(state.doc))
    for (const { block, index } of placed(fragment, state)) {
      const { kind, level } = blockAttrs(block)
      const inline = super.serializeFragment(block.content, options)
      if (index !== null && (kind === "clause" || kind === "bullet")) {
        lists.add(kind, level, counts[index] ?? 1, inline)
      } else lists.addBlock(index === null ? this.part(inline, page) : this.serializeNode(block, options))
    }
    return lists.target
  }

  /** A few words of a heading are no heading. */
  private part(inline: globalThis.Node, page: Document): HTMLElement {
    const paragraph = page.createElement("p")
    paragraph.append(inline)
    return paragraph
  }
}

/** Nested lists out of blocks that only have levels. */
class Lists {
  private open: { list: HTMLElement; level: number }[] = []

  constructor(
    private readonly page: Document,
    readonly target: HTMLElement | DocumentFragment,
  ) {}

  addBlock(block: globalThis.Node): void {
    this.open = []
    this.target.append(block)
  }

  add(kind: "clause" | "bullet", level: number, count: number, inline: globalThis.Node): void {
    const item = this.page.createElement("li")
    item.dataset.kind = kind
    item.dataset.level = String(level)
    item.append(inline)
    this.list(kind, level, count).append(item)
  }

  private list(kind: "clause" | "bullet", level: number, count: number): HTMLElement {
    const tag = kind === "clause" ? "ol" : "ul"
    this.open = this.open.filter((each) => each.level <= level)
    const last = this.open.at(-1)
    if (last?.level === level && last.list.localName === tag) return last.list
    if (last?.level === level) this.open.pop()
    const list = this.page.createElement(tag)
    if (kind === "clause" && count > 1) list.setAttribute("start", String(count))
    if (kind === "clause" && level > 1) list.setAttribute("type", "a")
    const above = this.open.at(-1)?.list.lastElementChild ?? this.target
    above.append(list)
    this.open.push({ list, level })
    return list
  }
}
