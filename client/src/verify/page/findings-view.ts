/** The list of findings. What holds alike for many municipalities is said once, with their names folded away. */
import { element } from "../../dom"
import { type Finding, holds } from "../findings"
import type { Words } from "./words"

const FEW = 3

export function findingsView(found: readonly Finding[], words: Words): HTMLElement {
  const items = gather(found).map((group) => itemView(group, words))
  return element("ul", { class: "k-findings", role: "list" }, ...items)
}

/** Findings with the same code and outcome; what does not hold stands by itself. */
function gather(found: readonly Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>()
  found.forEach((finding, place) => {
    const alike = holds(finding) && finding.subject ? `${finding.check} ${finding.outcome}` : String(place)
    groups.set(alike, [...(groups.get(alike) ?? []), finding])
  })
  return [...groups.values()].flatMap((group) => (group.length > FEW ? [group] : group.map((one) => [one])))
}

function itemView([finding, ...more]: readonly Finding[], words: Words): HTMLElement {
  if (!finding) return element("li")
  const { check, outcome, subject } = finding
  const name = words.checks[check] ?? check
  const item = element(
    "li",
    { class: `k-finding k-finding--${outcome}` },
    element("strong", {}, words.outcomes[outcome] ?? outcome),
    element("span", {}, subject && !more.length ? `${name} (${subject})` : name),
  )
  const limit = words.limits[check]
  if (outcome === "limited" && limit) item.append(element("span", {}, limit))
  if (words.language === "en" || !holds(finding)) item.append(technical(finding, words))
  if (more.length) item.append(places([finding, ...more], words))
  return item
}

function technical({ detail }: Finding, { sentences: say }: Words): HTMLElement {
  return element("span", { class: "k-muted" }, `${say.technical} `, element("span", { lang: "en" }, detail))
}

function places(group: readonly Finding[], { sentences: say }: Words): HTMLElement {
  const names = group.map((finding) => finding.subject).join(", ")
  const count = say.places.replace("{number}", String(group.length))
  return element("details", {}, element("summary", {}, count), element("span", {}, names))
}
