/**
 * Where the lines of a Fassung stand in what has been written since: a printed copy keeps its numbers. A number
 * stays with the words that its line begins with; words that came since have none.
 */
import { lineStarts } from "./lines"

/** `offset`: UTF-16, in the text of the block. */
export interface PlacedLine {
  number: number
  block: number
  offset: number
}

/** What of two wordings has to be equal for a block to count as the same one, changed. */
const LIKE = 0.3

/** Lines of a text that nobody has changed. */
export function numberLines(blocks: readonly string[]): PlacedLine[] {
  let number = 0
  return blocks.flatMap((text, block) =>
    lineStarts(text).map((offset) => ({ number: ++number, block, offset })),
  )
}

export function placeLines(fixed: readonly string[], live: readonly string[]): PlacedLine[] {
  const pairs = pairBlocks(fixed, live)
  return numberLines(fixed).flatMap(({ number, block, offset }) => {
    const now = pairs.get(block)
    if (now === undefined) return []
    const moved = moveOffset(fixed[block] ?? "", live[now] ?? "", offset)
    return moved === null ? [] : [{ number, block: now, offset: moved }]
  })
}

/** Which block of the Fassung is which now: equal ones that stand once in either text, then their neighbours. */
function pairBlocks(fixed: readonly string[], live: readonly string[]): Map<number, number> {
  const pairs = new Map<number, number>()
  const taken = new Set<number>()
  const pair = (block: number, now: number): void => {
    pairs.set(block, now)
    taken.add(now)
  }
  const [once, places] = [onlyOnes(fixed), onlyOnes(live)]
  for (const [text, block] of once) {
    const now = places.get(text)
    if (now !== undefined) pair(block, now)
  }
  fixed.forEach((text, block) => {
    if (pairs.has(block) || !text.trim()) return
    const beside = [
      (pairs.get(block - 1) ?? (block ? Number.NaN : -1)) + 1,
      (pairs.get(block + 1) ?? Number.NaN) - 1,
    ]
    const now = beside.find((at) => !taken.has(at) && isLike(text, live[at]))
    if (now !== undefined) pair(block, now)
  })
  return pairs
}

function onlyOnes(texts: readonly string[]): Map<string, number> {
  const found = new Map<string, number>()
  const twice = new Set<string>()
  for (const [at, text] of texts.entries()) {
    if (found.has(text)) twice.add(text)
    found.set(text, at)
  }
  for (const text of [...twice, ""]) found.delete(text)
  return found
}

function isLike(before: string, now: string | undefined): boolean {
  if (now === undefined) return false
  const { head, tail } = equalEnds(before, now)
  return head + tail >= LIKE * Math.max(before.length, now.length)
}

/** Where the same word stands now; null where it is gone. */
function moveOffset(before: string, now: string, offset: number): number | null {
  const { head, tail } = equalEnds(before, now)
  if (offset < head || offset === 0) return offset
  return offset >= before.length - tail ? offset + now.length - before.length : null
}

function equalEnds(before: string, now: string): { head: number; tail: number } {
  const most = Math.min(before.length, now.length)
  let head = 0
  while (head < most && before[head] === now[head]) head++
  let tail = 0
  while (tail < most - head && before.at(-1 - tail) === now.at(-1 - tail)) tail++
  return { head, tail }
}
