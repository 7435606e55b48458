/** The words that the server hands over in the page (`server/web/release/browser_check.py`). */
import { isRecord } from "../canonical"
import { type PublishedFile, parsePublished } from "../published"

const SENTENCES = [
  "working",
  "failed",
  "report",
  "wrong",
  "why",
  "document",
  "limited",
  "proven",
  "seal",
  "sealIssuer",
  "sealPlace",
  "sealReason",
  "sealTime",
  "ownClock",
  "file",
  "fileDigest",
  "checkedAt",
  "declaration",
  "text",
  "textDigest",
  "who",
  "municipality",
  "signatory",
  "answer",
  "how",
  "when",
  "signedText",
  "signedTextHint",
  "technical",
  "unchecked",
  "independent",
  "keep",
  "open",
  "saveJson",
  "print",
  "pages",
  "pagesHint",
  "pagesFailed",
  "more",
  "pageOf",
  "revision",
  "bytes",
  "passed",
  "times",
  "places",
] as const

type Texts = Readonly<Record<string, string>>

export interface Words {
  readonly language: string
  /** Bytes. */
  readonly largest: number
  readonly sentences: Readonly<Record<(typeof SENTENCES)[number], string>>
  readonly verdicts: Texts
  readonly verdictTexts: Texts
  /** By the findings' codes: what holds, and what is wrong where it does not. */
  readonly checks: Texts
  readonly failures: Texts
  readonly limits: Texts
  readonly outcomes: Texts
  readonly answers: Texts
  readonly levels: Texts
  readonly independent: readonly string[]
  readonly unchecked: readonly string[]
  /** Of the file under the code that the page was opened with. */
  readonly published: PublishedFile | undefined
  /** What was said of any declaration after its publication. */
  readonly afterwards: readonly Afterwards[]
}

/** `text`: digest of the text that it is about. `address` is where it stands on the public page. */
export interface Afterwards {
  readonly text: string
  readonly heading: string
  readonly sentence: string
  readonly at: string
  readonly reason: string
  readonly address: string
}

/** Undefined when the page has no such check. */
export function readWords(page: Document): Words | undefined {
  const script = page.getElementById("browser-check-words")
  const json: unknown = script && JSON.parse(script.textContent ?? "")
  if (!isRecord(json)) return undefined
  const given = texts(json.sentences)
  const sentences = Object.fromEntries(SENTENCES.map((name) => [name, given[name] ?? name]))
  return {
    language: String(json.language),
    largest: Number(json.largest),
    sentences: sentences as Words["sentences"],
    verdicts: texts(json.verdicts),
    verdictTexts: texts(json.verdictTexts),
    checks: texts(json.checks),
    failures: texts(json.failures),
    limits: texts(json.limits),
    outcomes: texts(json.outcomes),
    answers: texts(json.answers),
    levels: texts(json.levels),
    independent: list(json.independent),
    unchecked: list(json.unchecked),
    published: parsePublished(json.published),
    afterwards: Array.isArray(json.afterwards) ? json.afterwards.map(parseAfterwards) : [],
  }
}

function parseAfterwards(value: unknown): Afterwards {
  const { text = "", heading = "", sentence = "", at = "", reason = "", address = "" } = texts(value)
  return { text, heading, sentence, at, reason, address }
}

function list(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}

function texts(value: unknown): Texts {
  return Object.fromEntries(
    Object.entries(isRecord(value) ? value : {}).map(([key, text]) => [key, String(text)]),
  )
}

/** Day and time as people in the region read them, and as the server writes them. */
export function moment(at: string, language: string): string {
  const locale = language === "en" ? "en-GB" : language
  const zone = { timeZone: "Europe/Berlin" } as const
  const when = new Date(at)
  const day = when.toLocaleDateString(locale, { ...zone, day: "numeric", month: "long", year: "numeric" })
  const hour = when.toLocaleTimeString(locale, {
    ...zone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  })
  return `${day}, ${hour}${language === "de" ? " Uhr" : ""}`
}

/** A digest in groups of four characters, to be compared by eye or read aloud. */
export function inGroups(digest: string): string {
  return digest.replace(/(.{4})(?=.)/g, "$1 ")
}
