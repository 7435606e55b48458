/** `beitritt.json`, the facts of an annex in the format `kraftakt-annex/1` (`server/domain/release/accessions.py`). */
import type { Bytes } from "../bytes"
import { ensure, ensureDigest, ensureMembers, ensureNumber, ensureText, parseCanonical } from "../canonical"
import { broken, type Finding, limited, proven } from "../findings"
import type { Bundle } from "./bundle"
import { ensureTime, parseStatement } from "./statement"

const FORMAT = "kraftakt-annex/1"
const MALFORMED = "malformed annex"

interface Annex {
  readonly number: number
  readonly slug: string
  readonly title: string
  readonly revision: number
  readonly digest: string
  readonly shortCode: string
  readonly sealedAt: string
  readonly municipalities: readonly string[]
}

/** Never throws. That the pages say what the annex says is not looked at here. */
export function checkAnnex(data: Bytes, bundle: Bundle | undefined): Finding[] {
  try {
    const annex = parseAnnex(data)
    ensure(bundle !== undefined, "the evidence is missing")
    const said = limited("document.text", "The browser did not compare the pages with the annex.")
    return [belongs(annex, fits(annex, bundle)), said]
  } catch {
    return [broken("annex.declaration", "The annex cannot be read.")]
  }
}

function belongs(annex: Annex, isFitting: boolean): Finding {
  if (!isFitting) return broken("annex.declaration", "The annex names another text or other municipalities.")
  const detail =
    `Annex ${annex.number} to the sealed declaration ${annex.shortCode}: it names this very text, and ` +
    "all its sign-offs were given after the seal."
  return proven("annex.declaration", detail, annex.shortCode)
}

function fits(annex: Annex, bundle: Bundle): boolean {
  const statements = bundle.items.map((item) => {
    const { statement } = ensureMembers(item, ["statement", "level", "evidence"], MALFORMED)
    return parseStatement(ensureText(statement))
  })
  const about = annex.slug === bundle.slug && annex.title === bundle.title && annex.revision === bundle.number
  const joined = statements.map((statement) => statement.ags)
  return (
    about &&
    annex.digest === bundle.digest &&
    JSON.stringify(joined) === JSON.stringify(annex.municipalities) &&
    statements.every((statement) => statement.line.at > annex.sealedAt) // RFC 3339 in UTC sorts by time
  )
}

function parseAnnex(data: Bytes): Annex {
  const members = ["format", "number", "declaration", "revision", "sealed", "municipalities"]
  const value = ensureMembers(parseCanonical(data), members, MALFORMED)
  const declaration = ensureMembers(value.declaration, ["slug", "title"], MALFORMED)
  const revision = ensureMembers(value.revision, ["number", "sha256", "fixed_at"], MALFORMED)
  const sealed = ensureMembers(value.sealed, ["short_code", "at"], MALFORMED)
  ensure(value.format === FORMAT && Array.isArray(value.municipalities), MALFORMED)
  ensureTime(ensureText(revision.fixed_at))
  return {
    number: ensureNumber(value.number),
    slug: ensureText(declaration.slug),
    title: ensureText(declaration.title),
    revision: ensureNumber(revision.number),
    digest: ensureDigest(revision.sha256),
    shortCode: ensureText(sealed.short_code),
    sealedAt: ensureTime(ensureText(sealed.at)),
    municipalities: value.municipalities.map(ensureText),
  }
}
