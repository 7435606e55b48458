/**
 * German typography while one types: quotation marks, dashes, and the spaces at which no line may end. Only what is
 * typed is touched, never what was pasted or what others wrote; nothing within an address.
 *
 * Sources: DIN 5008:2020; Duden, Textverarbeitung; de.wikipedia.org/wiki/Schmales_Leerzeichen.
 */

const NO_BREAK = "\u00a0"
const NARROW = "\u202f"

const MONTHS = "Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
/** Abbreviations of two and of three words. */
const KNOWN = new Set(
  (
    "a.D. b.w. d.E. d.h. d.J. e.V. i.A. i.V. m.E. m.W. n.Chr. n.V. o.a. o.ä. o.Ä. o.g. s.a. s.o. s.u. u.a. u.ä. " +
    "u.Ä. u.U. v.a. v.Chr. v.H. z.B. z.Hd. z.T. z.Zt. a.a.O. i.d.R. i.H.v. i.R.d. i.S.d. i.S.v. i.V.m. u.a.m. " +
    "u.v.a. u.v.m."
  ).split(" "),
)
const WORD = "(?:\\p{L}{1,3})\\."
const BLANK = "[ \u00a0\u202f]?"

/** Words before a number, and those before a letter too. */
const BEFORE_NUMBERS =
  "Absatz|Abs\\.|Abb\\.|Anlage|Anm\\.|Artikel|Art\\.|Bd\\.|Kapitel|Kap\\.|Nummer|Nr\\.|Rn\\.|Satz|Seite|S\\.|Tab\\.|" +
  "Ziffer|Ziff\\."
const BEFORE_LETTERS = "Buchst\\.|lit\\.|Dr\\.|Prof\\."
/** Behind a number: what nothing else begins with, and what is a unit only where it ends. */
const UNITS = "€|°C|Uhr|Mio\\.|Mrd\\.|Min\\.|Std\\.|Euro|Prozent"
const SHORT_UNITS = "km|m|cm|mm|ha|kg|g|t|kW|MW|kWh|MWh|GB|MB|h"

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
  { pattern: /(?<![\d/)–-][ \u00a0]?)(\d{1,4})-(\d{1,4})[ .,;)]$/, into: range },
  { pattern: /(§§?) ([\p{L}\d])$/u, into: hold },
  { pattern: new RegExp(`(?<![\\p{L}\\d])(${BEFORE_NUMBERS}) (\\d)$`, "u"), into: hold },
  { pattern: new RegExp(`(?<![\\p{L}\\d])(${BEFORE_LETTERS}) ([\\p{L}\\d])$`, "u"), into: hold },
  { pattern: new RegExp(`(\\d{1,2}\\.) (${MONTHS})$`), into: hold },
  { pattern: /(\d) ?(%)$/, into: hold },
  { pattern: new RegExp(`(\\d) (${UNITS})$`), into: hold },
  { pattern: new RegExp(`(\\d) ((?:${SHORT_UNITS})[\\s.,;:!?)])$`), into: hold },
  { pattern: /(Mio\.|Mrd\.) (€|Euro)$/, into: hold },
  ...[3, 2].map((words) => ({
    pattern: new RegExp(`(?<![\\p{L}\\d])${Array(words).fill(WORD).join(BLANK)}$`, "u"),
    into: abbreviation,
  })),
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

/** No line may end between the two. */
function hold([, before, after]: RegExpExecArray): string {
  return `${before}${NO_BREAK}${after}`
}

function abbreviation([found]: RegExpExecArray): string | null {
  const words = found.replace(/[ \u00a0\u202f]/g, "")
  return KNOWN.has(words) ? words.replace(/\.(?=.)/g, `.${NARROW}`) : null
}
