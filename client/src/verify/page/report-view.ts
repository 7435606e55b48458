/** The report of a check in plain words: what the server's report page shows, and what was not checked. */
import { printAll } from "../../behaviours/print"
import { element } from "../../dom"
import { type Block, label } from "../evidence/content"
import type { Outcome, Report, SealFacts, SignOffLine } from "../findings"
import type { Verdict } from "../verdict"
import type { DocumentReport } from "../verify-document"
import { findingsView } from "./findings-view"
import { inGroups, moment, type Words } from "./words"

/** `open` and `saved` are addresses: of the file itself, and of this report as JSON. `at` is the time of the check. */
export interface FileFacts {
  readonly name: string
  readonly size: number
  readonly digest: string
  readonly at: string
  readonly open: string
  readonly saved: string
}

/** How a verdict looks; `server/web/release/verification.py` has the same. */
const KINDS: Readonly<Record<Verdict, string>> = {
  genuine: "good",
  issuer_unchecked: "careful",
  trial: "careful",
  not_genuine: "bad",
  foreign: "careful",
  unreadable: "careful",
}

/** Nothing of ours is in such a file, or can be got out of it. */
const STRANGE: readonly Verdict[] = ["foreign", "unreadable"]

/** More sign-offs than these are folded away. */
const FEW = 12

export function reportView(report: DocumentReport, file: FileFacts, words: Words): Node[] {
  const { sentences: say } = words
  const strange = STRANGE.includes(report.verdict)
  const part = (title: string, ...outcomes: Outcome[]) =>
    findingsView(title, outcomes, report.findings, words)
  return [
    element("p", { class: "k-report-kind" }, say.report),
    verdictView(report.verdict, isAdvance(report) ? "advance" : report.verdict, words),
    ...afterwards(report.digest, words),
    ...part(strange ? say.why : say.wrong, "broken", "missing"),
    element("h4", {}, say.document),
    facts(report, file, words),
    ...signOffs(report.sign_offs, words),
    ...part(say.limited, "limited"),
    ...part(say.proven, "proven"),
    ...sentencesView(say.unchecked, report.sign_offs.length ? words.unchecked : []),
    ...signedText(report.text, words),
    ...sentencesView(say.independent, strange ? words.independent.slice(0, -1) : words.independent),
    keep(file, words),
  ]
}

/** A copy for a time before the publication: nothing of ours to rely on, but not somebody else's either. */
function isAdvance({ findings }: DocumentReport): boolean {
  return findings.some(({ check }) => check === "document.advance")
}

/** `name`: of the words, where a verdict has others. */
function verdictView(verdict: Verdict, name: string, words: Words): HTMLElement {
  return element(
    "div",
    { class: `k-verdict k-verdict--${KINDS[verdict]}` },
    element("h3", {}, words.verdicts[name] ?? verdict),
    element("p", {}, words.verdictTexts[name] ?? ""),
  )
}

/** An erratum, or that the declaration is withdrawn: a genuine file does not know of it. */
function afterwards(digest: string, { afterwards: said, sentences, language }: Words): Node[] {
  return said
    .filter((each) => digest && each.text === digest)
    .map((each) =>
      element(
        "section",
        { class: "k-panel k-sign is-done" },
        element(
          "div",
          {},
          element("h3", {}, each.heading),
          element("p", {}, each.sentence),
          element("p", {}, `${moment(each.at, language)}: `, element("span", { lang: "de" }, each.reason)),
          element("p", {}, element("a", { href: each.address }, sentences.more)),
        ),
      ),
    )
}

function sentencesView(title: string, sentences: readonly string[]): Node[] {
  if (!sentences.length) return []
  const items = sentences.map((text) => element("li", { class: "k-break" }, text))
  return [element("h4", {}, title), element("ul", { class: "k-points" }, ...items)]
}

function facts(report: Report, file: FileFacts, words: Words): HTMLElement {
  const { sentences: say } = words
  const link = element("a", { href: file.open, target: "_blank", rel: "noopener" }, say.open)
  const size = say.bytes.replace("{number}", file.size.toLocaleString(words.language))
  const list = element("dl", { class: "k-report-facts" })
  if (report.title) {
    list.append(
      ...fact(say.declaration, element("span", { lang: "de" }, report.title)),
      ...fact(say.text, say.revision.replace("{number}", String(report.revision))),
    )
  }
  if (report.seal) list.append(...sealFacts(report.seal, words))
  const name = element("span", { class: "k-break" }, `${file.name}, ${size} `)
  list.append(
    ...fact(say.file, element("span", {}, name, link)),
    ...fact(say.fileDigest, code(file.digest)),
    ...fact(say.checkedAt, element("time", { datetime: file.at }, moment(file.at, words.language))),
  )
  if (report.digest) list.append(...fact(say.textDigest, code(report.digest)))
  return list
}

function sealFacts(seal: SealFacts, { sentences: say, language }: Words): Node[] {
  const time = seal.at && `${moment(seal.at, language)} (${seal.attested_by || say.ownClock})`
  const all: [string, string][] = [
    [say.seal, seal.holder],
    [say.sealIssuer, seal.issuer],
    [say.sealTime, time],
    [say.sealPlace, seal.place],
    [say.sealReason, seal.reason],
  ]
  return all.filter(([, value]) => value).flatMap(([name, value]) => fact(name, value))
}

/** The ways to keep it; nothing of this is printed. */
function keep(file: FileFacts, { sentences: say }: Words): HTMLElement {
  const print = element("button", { class: "kern-btn kern-btn--primary", type: "button" })
  print.append(element("span", { class: "kern-label" }, say.print))
  print.addEventListener("click", () => printAll(document))
  const download = `pruefbericht-${file.digest.slice(0, 16)}.json`
  return element(
    "section",
    { class: "k-report-keep k-screen", "aria-label": say.keep },
    element("h4", {}, say.keep),
    element(
      "p",
      { class: "k-report-keep__ways" },
      print,
      element("a", { href: file.saved, download }, say.saveJson),
    ),
  )
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
    { class: "k-table" },
    element("thead", {}, head),
    element("tbody", {}, ...rows),
  )
  const frame = { class: "k-scroll", tabindex: "0", role: "region", "aria-label": say.who }
  const count = say.places.replace("{number}", String(lines.length))
  const folded = element("details", { class: "k-more" }, element("summary", {}, count))
  if (lines.length <= FEW) folded.open = true
  folded.append(element("div", frame, table))
  return [element("h4", {}, say.who), folded]
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
