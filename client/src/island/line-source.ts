/** What lines and clauses ask the page for: the words of the newest Fassung, and the place that its address names. */
import type { FixedText } from "../editor/lines/feature"
import type { Address } from "../editor/lines/going"

/** Without an answer the text counts its own lines. */
export async function loadFixedText(): Promise<FixedText> {
  try {
    const answer = await fetch(location.pathname.replace(/\/edit$/, "/lines.json"))
    return answer.ok ? ((await answer.json()) as FixedText) : NONE
  } catch {
    return NONE // offline
  }
}

const NONE: FixedText = { revision: 0, blocks: [] }

export const pageAddress: Address = {
  get: () => location.hash,
  put: (hash) => history.replaceState(history.state, "", hash),
  follow: (call) => addEventListener("hashchange", call),
}
