/**
 * Carets over awareness. The name beside a caret is the server's word for the client id, not what the other
 * client says of itself; a caret whose owner is not known yet is not shown.
 */
import * as Y from "yjs"
import type { Anchors } from "../editor/carets/anchors"
import type { CaretSource, RemoteCaret } from "../editor/carets/carets"
import { ownerOf } from "../sync/presence"
import type { Provider } from "../sync/provider"

/** `textName`: the shared type that a caret may lie in; others' carets are checked against it. */
export function awarenessCarets(provider: Provider, textName: string): CaretSource {
  const { awareness } = provider
  return {
    others: () =>
      [...awareness.getStates()].flatMap(([client, state]) =>
        client === awareness.clientID ? [] : remoteCaret(provider, client, state.cursor, textName),
      ),
    publish: (at) => awareness.setLocalStateField("cursor", at && encodeAnchors(at)),
    subscribe(listener) {
      const changed = ({ added, updated, removed }: Record<"added" | "updated" | "removed", number[]>) => {
        if ([...added, ...updated, ...removed].some((client) => client !== awareness.clientID)) listener()
      }
      awareness.on("change", changed)
      let known = provider.status.people
      const end = provider.onStatus(({ people }) => {
        if (people === known) return
        known = people
        listener()
      })
      return () => {
        awareness.off("change", changed)
        end()
      }
    },
  }
}

function encodeAnchors({ anchor, head }: Anchors): unknown {
  return { anchor: Y.relativePositionToJSON(anchor), head: Y.relativePositionToJSON(head) }
}

function remoteCaret(provider: Provider, client: number, cursor: unknown, textName: string): RemoteCaret[] {
  const owner = ownerOf(provider.status.people, client)
  const { anchor, head } = (cursor ?? {}) as { anchor?: unknown; head?: unknown }
  const at = { anchor: readPosition(anchor, textName), head: readPosition(head, textName) }
  if (!owner || !at.anchor || !at.head) return []
  const { person, name, municipality } = owner
  return [{ client, person, name, municipality, at: { anchor: at.anchor, head: at.head } }]
}

/** Only what Yjs itself writes: ids are clocks, and no other shared type is called into being. */
function readPosition(json: unknown, textName: string): Y.RelativePosition | null {
  if (typeof json !== "object" || json === null) return null
  const { type, tname, item, assoc } = json as Record<string, unknown>
  if (tname !== undefined && tname !== textName) return null
  if (!isIdOrNone(type) || !isIdOrNone(item)) return null
  return Y.createRelativePositionFromJSON({ type, tname, item, assoc: assoc === -1 ? -1 : 0 })
}

function isIdOrNone(value: unknown): boolean {
  if (value === undefined || value === null) return true
  const { client, clock } = value as Record<string, unknown>
  return Number.isSafeInteger(client) && Number.isSafeInteger(clock) && Number(clock) >= 0
}
