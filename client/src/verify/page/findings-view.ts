/** Lists of findings. What is alike is said once, with the municipalities folded away. */
import { element } from "../../dom"
import { type Finding, holds, type Outcome } from "../findings"
import type { Words } from "./words"

/** A heading with those findings that came out so, or nothing. What is proven is folded: nobody has to act on it. */
export function findingsView(
  title: string,
  outcomes: readonly Outcome[],
  found: readonly Finding[],
  words: Words,
): Node[] {
  const items = gather(found.filter(({ outcome }) => outcomes.includes(outcome))).map((group) =>
    itemView(group, words),
  )
  if (!items.length) return []
  const list = element("ul", { class: "k-findings", role: "list" }, ...items)
  if (!outcomes.includes("proven")) return [element("h4", {}, title), list]
  const count = words.sentences.passed.replace("{number}", String(items.length))
  const passed = element("details", { class: "k-more" }, element("summary", {}, count), list)
  return [element("h4", {}, title), passed]
}

function gather(found: readonly Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>()
  for (const finding of found) {
    const alike = `${finding.check} ${finding.outcome}`
    groups.set(alike, [...(groups.get(alike) ?? []), finding])
  }
  return [...groups.values()]
}

function itemView(group: readonly Finding[], words: Words): HTMLElement {
  const [finding] = group
  if (!finding) return element("li")
  const { check, outcome } = finding
  const name = (holds(finding) ? words.checks : words.failures)[check] ?? check
  const subjects = [...new Set(group.map(({ subject }) => subject).filter(Boolean))]
  const item = element(
    "li",
    { class: `k-finding k-finding--${outcome}` },
    element("strong", {}, subjects.length === 1 ? `${name} (${subjects[0]})` : name),
  )
  const limit = words.limits[check]
  if (outcome === "limited" && limit) item.append(element("span", {}, limit))
  if (subjects.length > 1) item.append(folded(times(subjects.length, words), subjects.join(", ")))
  if (words.language === "en" && !holds(finding)) {
    const details = [...new Set(group.map(({ detail }) => detail))].join(" ")
    item.append(folded(`${words.sentences.technical} ${check}`, details))
  }
  return item
}

function times(count: number, { sentences: say }: Words): string {
  return say.times.replace("{number}", String(count))
}

function folded(summary: string, text: string): HTMLElement {
  return element("details", {}, element("summary", {}, summary), element("span", {}, text))
}
