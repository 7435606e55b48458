/** Each unit of a Y.Text by the name Yjs gave it, with its attributes: no matter where it stands now. */
import * as Y from "yjs"

export interface Unit {
  /** "client clock" */
  id: string
  char: string
  attrs: Readonly<Record<string, unknown>>
}

export function unitsOf(text: Y.Text): Unit[] {
  const units: Unit[] = []
  let attrs: Record<string, unknown> = {}
  for (let item = text._start; item; item = item.right) {
    if (item.deleted) continue
    const { content, id } = item
    if (content instanceof Y.ContentFormat) {
      const { [content.key]: _, ...rest } = attrs
      attrs = content.value === null ? rest : { ...rest, [content.key]: content.value }
    } else if (content instanceof Y.ContentString) {
      for (let i = 0; i < content.str.length; i++) {
        units.push({ id: `${id.client} ${id.clock + i}`, char: content.str.charAt(i), attrs })
      }
    }
  }
  return units
}
