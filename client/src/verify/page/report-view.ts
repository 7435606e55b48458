/** The report of a check in plain words: what the server's report page shows, and what was not checked. */
import { element } from "../../dom"
import { type Block, label } from "../evidence/content"
import type { Report, SignOffLine } from "../findings"
import type { DocumentReport } from "../verify-document"
import { findingsView } from "./findings-view"
import { inGroups, moment, type Words } from "./words"

export interface FileFacts {
  readonly name: string
  readonly digest: string
}

interface Verdict {
  readonly kind: "success" | "info" | "warning" | "danger"
  readonly title: string
  readonly text: string
}

/** „Genuine“ is what a trusted issuer vouches for; the browser trusts nobody, so it says „unchanged“. */
export function verdict(report: Report, { sentences: say }: Words): Verdict {
  if (!report.genuine) return { kind: "danger", title: say.doubtful, text: say.doubtfulText }
  if (report.findings.some((finding) => finding.check === "seal.test_certificate")) {
    return { kind: "warning", title: say.trial, text: say.trialText }
  }
  if (report.findings.some((finding) => finding.check === "seal.unknown_issuer")) {
    return { kind: "info", title: say.unchanged, text: say.unchangedText }
  }
  return { kind: "success", title: say.genuine, text: say.genuineText }
}

export function reportView(report: DocumentReport, file: FileFacts, words: Words): Node[] {
  const { sentences: say } = words
  return [
    element("h3", {}, say.report),
    alert(verdict(report, words)),
    facts(report, file, words),
    ...signOffs(report.sign_offs, words),
    element("h4", {}, say.checked),
    findingsView(report.findings, words),
    element("h4", {}, say.unchecked),
    element("ul", { class: "k-facts" }, ...words.unchecked.map((text) => element("li", {}, text))),
    ...signedText(report.text, words),
  ]
}

function alert({ kind, title, text }: Verdict): HTMLElement {
  const icon = element("span", { class: `kern-icon kern-icon--${kind}`, "aria-hidden": "true" })
  const head = element(
    "div",
    { class: "kern-alert__header" },
    icon,
    element("span", { class: "kern-title" }, title),
  )
  const body = element("div", { class: "kern-alert__body" }, element("p", { class: "kern-body" }, text))
  return element("div", { class: `kern-alert kern-alert--${kind}`, role: "note" }, head, body)
}

function facts(report: Report, file: FileFacts, { sentences: say }: Words): HTMLElement {
  const list = element(
    "dl",
    { class: "k-who" },
    ...fact(say.file, file.name),
    ...fact(say.fileDigest, code(file.digest)),
  )
  if (!report.title) return list
  const title = element("span", { lang: "de" }, report.title)
  list.append(
    ...fact(say.declaration, title),
    ...fact(say.text, say.revision.replace("{number}", String(report.revision))),
    ...fact(say.textDigest, code(report.digest)),
  )
  return list
}

function fact(name: string, value: Node | string): Node[] {
  return [element("dt", {}, name), element("dd", {}, value)]
}

function code(digest: string): HTMLElement {
  return element("code", { class: "k-digest" }, inGroups(digest))
}

function signOffs(lines: readonly SignOffLine[], { sentences: say, ...words }: Words): Node[] {
  if (!lines.length) return []
  const titles = [say.municipality, say.signatory, say.answer, say.how, say.when]
  const head = element("tr", {}, ...titles.map((title) => element("th", { scope: "col" }, title)))
  const rows = lines.map((line) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, line.municipality),
      element("td", {}, `${line.signatory}, ${line.title}`),
      element("td", {}, words.answers[line.answer] ?? line.answer),
      element("td", {}, words.levels[line.level] ?? line.level),
      element("td", {}, element("time", { datetime: line.at }, moment(line.at, words.language))),
    ),
  )
  const table = element(
    "table",
    { class: "kern-table k-table" },
    element("thead", {}, head),
    element("tbody", {}, ...rows),
  )
  const frame = { class: "kern-table-responsive", tabindex: "0", role: "region", "aria-label": say.who }
  return [element("h4", {}, say.who), element("div", frame, table)]
}

function signedText(blocks: readonly Block[], { sentences: say }: Words): Node[] {
  if (!blocks.length) return []
  const lines = blocks.map((block) => {
    const text = label(block) + block.text
    return element("p", {}, block.kind === "heading" ? element("strong", {}, text) : text)
  })
  const frame = {
    class: "k-signed-text",
    lang: "de",
    tabindex: "0",
    role: "region",
    "aria-label": say.signedText,
  }
  return [
    element("h4", {}, say.signedText),
    element("p", {}, say.signedTextHint),
    element("div", frame, ...lines),
  ]
}
