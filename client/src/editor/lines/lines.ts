/**
 * Line numbers that are the same everywhere: `server/domain/text/lines.py` is the same function, and says how
 * characters are counted; `tests/domain/text/lines.json` holds both to the same lines. Places here are UTF-16.
 */

/** Characters of a line. */
export const LINE_LENGTH = 72

const HARD_BREAK = "\u2028"
const ZWJ = "\u200d"
const SPACES = new Set(" \t\u2002\u2003\u2009\u200a\u3000")
const COMPOUND = /(?<=[\p{L}\p{N}_]{2})[-/–](?=[\p{L}\p{N}_]{2})/gu
const EXTENDS = /^(?:[\u00ad\u200b\u2060\ufeff]|\u200d|\p{M}|[\u{1f3fb}-\u{1f3ff}]|[\u{e0020}-\u{e007f}])$/u
const REGIONAL = /^[\u{1f1e6}-\u{1f1ff}]$/u

interface Part {
  start: number
  end: number
}

/** Where each line of a block begins. No line for a text without words. */
export function lineStarts(text: string, length = LINE_LENGTH): number[] {
  if (!text.trim()) return []
  const starts: number[] = []
  let begin = 0
  for (const part of text.split(HARD_BREAK)) {
    for (const start of partStarts(part, length)) starts.push(begin + start)
    begin += part.length + 1
  }
  return starts
}

function partStarts(text: string, length: number): number[] {
  const starts = [0]
  let width = 0
  for (const word of words(text)) {
    let visible = clusters(text, word.start, trimmed(text, word)).length
    if (width && width + visible > length) {
      starts.push(word.start)
      width = 0
    }
    if (visible > length) {
      const places = clusters(text, word.start, trimmed(text, word))
      for (let at = length; at < places.length; at += length) starts.push(places[at] ?? 0)
      visible = clusters(text, starts.at(-1) ?? 0, trimmed(text, word)).length
    }
    width += visible + word.end - trimmed(text, { start: starts.at(-1) ?? 0, end: word.end })
  }
  return starts
}

/** Stretches between two places where a line may end, spaces at their ends included. */
function words(text: string): Part[] {
  const ends = new Set([...text.matchAll(COMPOUND)].map((match) => match.index + match[0].length))
  const found: Part[] = []
  let start = 0
  for (let at = 1; at < text.length; at++) {
    if (ends.has(at) || (SPACES.has(text.charAt(at - 1)) && !SPACES.has(text.charAt(at)))) {
      found.push({ start, end: at })
      start = at
    }
  }
  found.push({ start, end: text.length })
  return found
}

/** The end without the spaces there. */
function trimmed(text: string, part: Part): number {
  let end = part.end
  while (end > part.start && SPACES.has(text.charAt(end - 1))) end--
  return end
}

/** Where each visible character begins. */
function clusters(text: string, start: number, end: number): number[] {
  const found: number[] = []
  let joins = false
  let pairs = false
  let at = start
  for (const character of text.slice(start, end)) {
    const second: boolean = pairs && REGIONAL.test(character)
    if (!(joins || second || EXTENDS.test(character))) found.push(at)
    pairs = REGIONAL.test(character) && !second
    joins = character === ZWJ
    at += character.length
  }
  return found
}
