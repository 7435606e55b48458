/** Lines of a PDF, which end where the page does, as paragraphs. */

const LIST = /^(\(?[0-9ivx]+[.)]|[a-z]{1,2}\)|§|[-–—•·*▪‣])\s/i
const SENTENCE_END = /[.:;!?…“"»)]$/
/** Letters of a line: shorter ones are verses, addresses, notes; longer ones no lines of a page. */
const [SHORTEST, LONGEST] = [40, 140]

/** To be used as `transformPastedText`. */
export function joinLines(text: string): string {
  return text
    .split(/\n[ \t]*\n/)
    .map((passage) => joinPassage(passage.split(/\r?\n/).map((line) => line.trim())))
    .join("\n\n")
}

function joinPassage(lines: string[]): string {
  const width = Math.max(...lines.map(({ length }) => length))
  if (lines.length < 2 || width < SHORTEST || width > LONGEST) return lines.join("\n")
  return lines.reduce((text, line, k) => {
    const before = lines[k - 1] ?? ""
    return goesOn(before, line, width) ? glue(text, line) : `${text}\n${line}`
  })
}

function goesOn(before: string, line: string, width: number): boolean {
  if (!before || !line || LIST.test(line)) return false
  if (/\p{L}[-\u00ad]$/u.test(before)) return true
  if (/^\p{Ll}/u.test(line) && !SENTENCE_END.test(before)) return true
  return before.length >= width * (SENTENCE_END.test(before) ? 0.9 : 0.75)
}

/** Takes a hyphen at the line's end away, unless it belongs to the word: "Stadt- und", "Baden-Württemberg". */
export function glue(text: string, line: string): string {
  const hyphen = /\p{L}[-\u00ad]$/u.test(text)
  if (!hyphen || /^(und|oder|bzw|sowie)\b/.test(line)) return `${text} ${line}`
  return /^\p{Ll}/u.test(line) ? text.slice(0, -1) + line : text + line
}
