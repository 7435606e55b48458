/**
 * Words of the editor. `strings.json` holds the English source sentences; the server translates them and
 * hands them over in the page.
 */
import source from "./strings.json" with { type: "json" }

export type StringKey = keyof typeof source
export type Strings = Readonly<Record<StringKey, string>>

/** The translated words, each missing one in English. */
export function readStrings(translated: Readonly<Record<string, unknown>>): Strings {
  const entries = Object.entries(source).map(([key, english]) => {
    const word = translated[key]
    return [key, typeof word === "string" && word ? word : english]
  })
  return Object.fromEntries(entries) as Strings
}
