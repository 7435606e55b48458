/**
 * Where cards stand: pure arithmetic in CSS pixels.
 *
 * Each card wants to begin beside its passage. The active one does; the others give way to their neighbours, and
 * keep the order of the text.
 */

export interface Standing {
  /** Where it wants to begin. */
  wanted: number
  height: number
}

/** From this many cards at one block on, only the active one is shown whole. */
const CROWD = 4

/** The upper edges, none below 0 and none within another card. `active`: index of the card that keeps its place. */
export function stack(cards: readonly Standing[], active: number | null, gap: number): number[] {
  const tops = downwards(cards, 0, 0, gap)
  const kept = active === null ? undefined : cards[active]
  if (active === null || !kept || (tops[active] ?? 0) <= kept.wanted) return tops
  tops[active] = Math.max(0, kept.wanted)
  for (let i = active - 1; i >= 0; i--) {
    const below = tops[i + 1] ?? 0
    tops[i] = Math.min(tops[i] ?? 0, below - gap - (cards[i]?.height ?? 0))
  }
  const missing = Math.max(0, -(tops[0] ?? 0))
  for (let i = 0; i <= active; i++) tops[i] = (tops[i] ?? 0) + missing
  const below = (tops[active] ?? 0) + kept.height + gap
  return [...tops.slice(0, active + 1), ...downwards(cards, active + 1, below, gap)]
}

/** From the card `from` on, none above `floor`. */
function downwards(cards: readonly Standing[], from: number, floor: number, gap: number): number[] {
  let free = floor
  return cards.slice(from).map(({ wanted, height }) => {
    const top = Math.max(free, wanted)
    free = top + height + gap
    return top
  })
}

/** Which cards are folded, by the block that each belongs to: where too many share one, all but the active. */
export function folded(blocks: readonly number[], active: number | null): boolean[] {
  const counts = new Map<number, number>()
  for (const block of blocks) counts.set(block, (counts.get(block) ?? 0) + 1)
  return blocks.map((block, i) => i !== active && (counts.get(block) ?? 0) >= CROWD)
}
