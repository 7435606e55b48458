/** Tells transactions that only repeat what the Y.Text already holds from those that must be written to it. */
import { PluginKey, type Transaction } from "prosemirror-state"

const remoteKey = new PluginKey("kraftakt-remote")

export function markRemote(tr: Transaction): Transaction {
  return tr.setMeta(remoteKey, true).setMeta("addToHistory", false)
}

/** What the editor read from the page while an input method composes there. */
export function isComposed(tr: Transaction): boolean {
  return tr.getMeta("composition") !== undefined
}

export function isRemote(tr: Transaction): boolean {
  return tr.getMeta(remoteKey) === true
}
