/** `mitteilung.json`, an erratum or a withdrawal in the format `kraftakt-addendum/1` (`server/domain/release/addenda.py`). */
import type { Bytes } from "../bytes"
import { ensure, ensureDigest, ensureMembers, ensureNumber, ensureText, parseCanonical } from "../canonical"
import { broken, type Finding, limited, proven } from "../findings"
import { ensureTime } from "./statement"

const FORMAT = "kraftakt-addendum/1"
const MALFORMED = "malformed addendum"
const KINDS: Readonly<Record<string, string>> = { erratum: "Erratum", withdrawal: "Withdrawal" }

interface Addendum {
  readonly kind: string
  readonly number: number
  readonly title: string
  readonly revision: number
  readonly digest: string
  readonly shortCode: string
  readonly length: number
  readonly sealedDigest: string
}

interface Checked {
  readonly findings: readonly Finding[]
  readonly facts: { readonly title: string; readonly revision: number; readonly digest: string }
}

/** Never throws. That the pages say what the facts say is not looked at here. */
export function checkAddendum(data: Bytes, imprint: Bytes | undefined): Checked {
  try {
    const addendum = parseAddendum(data)
    ensure(imprint !== undefined, "the imprint is missing")
    parseCanonical(imprint)
    const detail =
      `${KINDS[addendum.kind]} (addendum ${addendum.number}) to the sealed declaration ${addendum.shortCode}, ` +
      `whose first ${addendum.length} bytes have the SHA-256 ${addendum.sealedDigest}.`
    const { title, revision, digest } = addendum
    return {
      findings: [
        proven("addendum.declaration", detail, addendum.shortCode),
        limited("document.pages", "The browser did not make the pages again from the attachments."),
        limited("document.text", "The browser did not compare the pages with the attached facts."),
      ],
      facts: { title, revision, digest },
    }
  } catch {
    const findings = [broken("addendum.declaration", "The facts cannot be read.")]
    return { findings, facts: { title: "", revision: 0, digest: "" } }
  }
}

function parseAddendum(data: Bytes): Addendum {
  const members = [
    "format",
    "kind",
    "number",
    "at",
    "declaration",
    "revision",
    "sealed",
    "reason",
    "corrections",
  ]
  const value = ensureMembers(parseCanonical(data), members, MALFORMED)
  const declaration = ensureMembers(value.declaration, ["slug", "title"], MALFORMED)
  const revision = ensureMembers(value.revision, ["number", "sha256", "fixed_at"], MALFORMED)
  const sealed = ensureMembers(value.sealed, ["short_code", "at", "length", "sha256"], MALFORMED)
  const kind = ensureText(value.kind)
  ensure(value.format === FORMAT && Object.hasOwn(KINDS, kind) && Array.isArray(value.corrections), MALFORMED)
  for (const each of value.corrections) {
    const correction = ensureMembers(each, ["place", "wrong", "right"], MALFORMED)
    for (const said of Object.values(correction)) ensureText(said)
  }
  for (const at of [value.at, revision.fixed_at, sealed.at]) ensureTime(ensureText(at))
  ensureText(value.reason)
  ensureText(declaration.slug)
  return {
    kind,
    number: ensureNumber(value.number),
    title: ensureText(declaration.title),
    revision: ensureNumber(revision.number),
    digest: ensureDigest(revision.sha256),
    shortCode: ensureText(sealed.short_code),
    length: ensureNumber(sealed.length),
    sealedDigest: ensureDigest(sealed.sha256),
  }
}
