/** Names of sections that stay: what is known of a section is known by the line feed that ends its heading. */
import type { Node } from "prosemirror-model"
import type { Text } from "yjs"
import { toRelative } from "../carets/anchors"
import type { Section } from "./sections"

/** "client.clock", as `server/sync/sections.py` writes it; "" while the text here is another than the shared one. */
export function sectionKey(ytext: Text, doc: Node, { pos }: Section): string {
  const heading = doc.nodeAt(pos)
  const item = heading && toRelative(ytext, doc, pos + heading.nodeSize - 1).item
  return item ? `${item.client}.${item.clock}` : ""
}
