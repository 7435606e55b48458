/** What people call on the telephone, as an address names it and as they type it. Pure. */

export type Target =
  | { kind: "line"; number: number }
  /** `path`: the numbers of a clause and of those above it, "4-a-bb". */
  | { kind: "clause"; path: string }
  /** From 1, in the order of the text. */
  | { kind: "block"; number: number }

const PATH = "([0-9]{1,5})(?:[ .)-]*([a-z]{1,2}))?(?:[ .)-]*([a-z]{2,3}))?"

/** `#zeile-42`, `#ziffer-4-a-bb`, `#block-3`. */
export function targetOf(hash: string): Target | null {
  const [, kind, number] = /^#(zeile|block)-([0-9]{1,6})$/.exec(hash) ?? []
  if (kind) return { kind: kind === "zeile" ? "line" : "block", number: Number(number) }
  const path = /^#ziffer-([0-9]{1,5}(?:-[a-z]{1,3}){0,2})$/.exec(hash)?.[1]
  return path ? { kind: "clause", path } : null
}

export function hashOf(target: Target): string {
  if (target.kind === "clause") return `#ziffer-${target.path}`
  return `#${target.kind === "line" ? "zeile" : "block"}-${target.number}`
}

/** "42" and "Zeile 42" are a line, "Ziffer 7" and "7 b)" a clause; in English too. Null: neither. */
export function spoken(words: string): Target | null {
  const said = words.trim().toLocaleLowerCase("de")
  const line = /^(?:zeile|z\.?|line|l\.?)?\s*([0-9]{1,6})$/.exec(said)?.[1]
  if (line) return { kind: "line", number: Number(line) }
  const found = new RegExp(`^(?:ziffer|ziff\\.?|nr\\.?|§|clause)?\\s*${PATH}[.)]*$`).exec(said)
  const parts = found?.slice(1).filter(Boolean)
  return parts ? { kind: "clause", path: parts.join("-") } : null
}

/** By block: the numbers of a clause and of those above it, "" for other blocks. As `server/domain/text/comparing/places.py`. */
export function clausePaths(
  levels: readonly (number | null)[],
  labels: readonly (string | null)[],
): string[] {
  let above: string[] = []
  return levels.map((level, k) => {
    if (level === null) return ""
    above = [...above.slice(0, level - 1), (labels[k] ?? "").replace(/[.)]+$/, "")]
    return above.join("-")
  })
}
