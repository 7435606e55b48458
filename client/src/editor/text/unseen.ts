/**
 * Letters that nobody sees and no document can show, and what is written instead. The server's side is
 * `server/domain/text/content.py`, which refuses them; copied words bring them along.
 */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffc\ufffe\uffff]/u

/** Word's breaks of lines and pages become a hard break, its hyphens what Unicode has for them. */
const INSTEAD: Readonly<Record<string, string>> = {
  "\v": "\u2028",
  "\f": "\u2028",
  "\x1e": "\u2011",
  "\x1f": "\u00ad",
}

/** Whether one is in it. */
export function isUnseen(text: string): boolean {
  return UNSEEN.test(text)
}

/** Empty where nothing is. */
export function insteadOf(unit: string): string {
  return INSTEAD[unit] ?? ""
}
