/** Marks the passages of the threads that are shown, and lets marks go along with what is cut and pasted. */
import { Fragment, type Node, Slice } from "prosemirror-model"
import { type EditorState, Plugin, PluginKey } from "prosemirror-state"
import { Decoration, DecorationSet, type EditorView } from "prosemirror-view"
import { schema } from "../text/schema"
import { commentKeys, type Passage } from "./passages"

const plugin = new PluginKey<DecorationSet>("kraftakt-comments")

export interface Shown {
  key: string
  passages: readonly Passage[]
}

/** `known`: whether there is such a thread here. */
export function highlights(known: (key: string) => boolean): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key: plugin,
    state: {
      init: () => DecorationSet.empty,
      apply(tr, set) {
        const next = tr.getMeta(plugin) as DecorationSet | undefined
        return next ?? (tr.docChanged ? set.map(tr.mapping, tr.doc) : set)
      },
    },
    props: {
      decorations: (state) => plugin.getState(state),
      transformPasted: (slice, { state }) => keepOwn(slice, state, known),
    },
  })
}

/** Compared with what is marked now: a passage that was deleted and brought back at once has lost its mark. */
export function highlight(view: EditorView, shown: readonly Shown[]): void {
  const { state } = view
  const marks = shown.flatMap(({ key, passages }) =>
    passages.map(({ from, to }) =>
      Decoration.inline(from, to, { class: "ke-comment", "data-thread": key }, { key }),
    ),
  )
  const there = plugin.getState(state)?.find() ?? []
  if (listed(there) === listed(marks)) return
  view.dispatch(state.tr.setMeta(plugin, DecorationSet.create(state.doc, marks)))
}

function listed(marks: readonly Decoration[]): string {
  return marks
    .map(({ from, to, spec }) => `${from} ${to} ${(spec as { key: string }).key}`)
    .sort()
    .join()
}

/**
 * A passage that was cut out keeps its thread where it is pasted; a copy does not take it along, since then it
 * would stand in two places. What is struck out or about to be replaced does not count as standing there.
 */
export function keepOwn(slice: Slice, state: EditorState, known: (key: string) => boolean): Slice {
  const standing = standingKeys(state)
  const keeps = (key: string) => known(key) && !standing.has(key)
  return new Slice(mapInline(slice.content, keeps), slice.openStart, slice.openEnd)
}

function standingKeys({ doc, selection }: EditorState): Set<string> {
  const found = new Set<string>()
  doc.descendants((node, pos) => {
    const replaced = pos >= selection.from && pos + node.nodeSize <= selection.to
    if (!node.isInline || replaced || schema.marks.deletion.isInSet(node.marks)) return
    for (const key of commentKeys(node)) found.add(key)
  })
  return found
}

function mapInline(content: Fragment, keeps: (key: string) => boolean): Fragment {
  return Fragment.from(content.content.map((node) => mapNode(node, keeps)))
}

function mapNode(node: Node, keeps: (key: string) => boolean): Node {
  if (!node.isInline) return node.copy(mapInline(node.content, keeps))
  const kept = node.marks.filter(
    ({ type, attrs }) => type !== schema.marks.comment || keeps(String(attrs.id)),
  )
  return kept.length === node.marks.length ? node : node.mark(kept)
}
