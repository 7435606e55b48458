/**
 * German typography while one types: quotation marks, dashes, and the spaces at which no line may end. Only what is
 * typed is touched, never what was pasted or what others wrote; nothing within an address.
 *
 * Sources: DIN 5008:2020; Duden, Textverarbeitung; de.wikipedia.org/wiki/Schmales_Leerzeichen.
 */

const NO_BREAK = "\u00a0"
const NARROW = "\u202f"

const MONTHS = "Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
/** Abbreviations of several words, letter by letter. */
const SHORT = /(?<![\p{L}\d])(z|d|u|o|i|v|s|m|a)\.[ \u00a0]?(B|h|a|ä|Ä|d|E|o|u|U|T|V|R|A)\.$/u
const KNOWN = new Set(
  "z.B. d.h. u.a. o.ä. o.Ä. i.d. d.R. s.o. s.u. u.U. z.T. i.V. v.a. m.E. a.D. i.A. d.E.".split(" "),
)

interface Rule {
  /** What stands before the caret once the character is there. */
  pattern: RegExp
  /** What it becomes; null: nothing. */
  into(match: RegExpExecArray): string | null
}

const OPENING = /(?:^|[\s([{/–—‚„-])$/

const RULES: readonly Rule[] = [
  { pattern: /"$/, into: ({ input }) => quote(input.slice(0, -1), "„", "“") },
  { pattern: /'$/, into: ({ input }) => apostrophe(input.slice(0, -1)) },
  { pattern: /(\S)[ \u00a0]--?[ ]$/, into: ([, letter]) => `${letter}${NO_BREAK}– ` },
  { pattern: /\.\.\.$/, into: () => "…" },
  { pattern: /(?<!\d\d)(\d{1,4})-(\d{1,4})[ ]$/, into: range },
  {
    pattern: /(§§?|Art\.|Abs\.|Nr\.|Ziff\.|Ziffer|Satz|Kapitel|Seite|Dr\.|Prof\.) ([\p{L}\d])$/u,
    into: ([, word, next]) => `${word}${NO_BREAK}${next}`,
  },
  {
    pattern: new RegExp(`(\\d{1,2}\\.) (${MONTHS})$`),
    into: ([, day, month]) => `${day}${NO_BREAK}${month}`,
  },
  { pattern: /(\d) ?(%)$/, into: ([, number, sign]) => `${number}${NO_BREAK}${sign}` },
  {
    pattern: /(\d) (€|°C|km|Uhr|Mio\.|Mrd\.|Euro)$/,
    into: ([, number, unit]) => `${number}${NO_BREAK}${unit}`,
  },
  { pattern: SHORT, into: abbreviation },
]

/** What stands before the caret becomes after the last character was typed; null: it stays as it is. */
export function help(before: string, typed: string): string | null {
  const text = before + typed
  if (isAddress(text)) return null
  for (const { pattern, into } of RULES) {
    const match = pattern.exec(text)
    const replaced = match && into(match)
    if (match && replaced !== null && replaced !== match[0]) return text.slice(0, match.index) + replaced
  }
  return null
}

/** The word at the caret is an address of a page, of a mailbox or of a file. */
function isAddress(text: string): boolean {
  const word = /\S*$/.exec(text.trimEnd())?.[0] ?? ""
  return /:\/\/|@|^www\.|\\|^[^\s"']+\/[^\s"']+\//.test(word)
}

/** Opening where something begins; closing where one is open. */
function quote(before: string, open: string, close: string): string {
  const isOpen = before.lastIndexOf(open) > before.lastIndexOf(close)
  return isOpen || !OPENING.test(before) ? close : open
}

function apostrophe(before: string): string {
  const isOpen = before.lastIndexOf("‚") > before.lastIndexOf("‘")
  if (OPENING.test(before)) return isOpen ? "‘" : "‚"
  return isOpen && !/\p{L}$/u.test(before.slice(0, -1))
    ? "‘"
    : isOpen && /[\p{L}.,!?…]$/u.test(before)
      ? "‘"
      : "’"
}

/** "2027-2030 " in running text; telephone and file numbers have more parts or a zero in front. */
function range([whole, from, to]: RegExpExecArray): string | null {
  if (!from || !to || from.startsWith("0") || to.startsWith("0") || Number(from) >= Number(to)) return null
  return whole.replace("-", "–")
}

function abbreviation([, first, second]: RegExpExecArray): string | null {
  return KNOWN.has(`${first}.${second}.`) ? `${first}.${NARROW}${second}.` : null
}
