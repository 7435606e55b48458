/** The proof package `nachweise.json` as facts: read strictly, nothing proven yet. */
import { type Bytes, digest, utf8 } from "../bytes"
import {
  Broken,
  canonicalBytes,
  ensure,
  ensureMembers,
  ensureNumber,
  ensureText,
  isRecord,
  type JsonObject,
  parseCanonical,
} from "../canonical"
import { type RelyingParty, registrationDigest } from "../passkey/assertion"
import { parseStatement, type Statement } from "./statement"

const FORMAT = "kraftakt-evidence/1"
const UNKNOWN = "unknown format"
/** More than there are municipalities in the largest federal state that could join. */
const MAX_SIGN_OFFS = 2_000

export const LEVELS = ["pdf_signature", "passkey", "email_code", "paper"] as const
export type Level = (typeof LEVELS)[number]

export interface Bundle {
  readonly slug: string
  readonly title: string
  readonly number: number
  readonly digest: string
  readonly rp: RelyingParty
  readonly items: readonly unknown[]
}

export interface Item {
  readonly statement: Statement
  readonly statementBytes: Bytes
  readonly level: Level
  readonly evidence: JsonObject
  /** The fact that the log keeps of the sign-off. */
  readonly digest: string
  /** The fact that the log keeps of the passkey; empty without one. */
  readonly registration: string
}

export function parseBundle(data: Bytes): Bundle {
  const value = ensureMembers(
    parseCanonical(data),
    ["format", "declaration", "revision", "relying_party", "sign_offs"],
    UNKNOWN,
  )
  ensure(value.format === FORMAT, UNKNOWN)
  const declaration = ensureMembers(value.declaration, ["slug", "title"], UNKNOWN)
  const revision = ensureMembers(value.revision, ["number", "sha256"], UNKNOWN)
  const rp = ensureMembers(value.relying_party, ["id", "origins"], UNKNOWN)
  ensure(Array.isArray(value.sign_offs) && Array.isArray(rp.origins), UNKNOWN)
  ensure(value.sign_offs.length <= MAX_SIGN_OFFS, "too many sign-offs")
  return {
    slug: ensureText(declaration.slug),
    title: ensureText(declaration.title),
    number: ensureNumber(revision.number),
    digest: ensureText(revision.sha256),
    rp: { id: ensureText(rp.id), origins: rp.origins.map(ensureText) },
    items: value.sign_offs,
  }
}

/** Throws if the statement is not about the bundle's revision. */
export async function parseItem(data: unknown, bundle: Bundle): Promise<Item> {
  const value = ensureMembers(
    data,
    ["statement", "level", "evidence"],
    "The sign-off has missing or surplus fields.",
  )
  const { statement: text, evidence } = value
  if (typeof text !== "string" || !isRecord(evidence)) throw new Broken("The sign-off is malformed.")
  const statement = parseStatement(text)
  const { slug, title, revision } = statement
  const about = slug === bundle.slug && title === bundle.title && revision === bundle.number
  ensure(about && statement.digest === bundle.digest, "The statement is about another text.")
  const level = LEVELS.find((known) => known === value.level)
  ensure(level !== undefined, "The level of the sign-off is unknown.")
  const { registration } = evidence
  return {
    statement,
    statementBytes: utf8(text),
    level,
    evidence,
    digest: await digest(canonicalBytes(value)),
    registration: isRecord(registration) ? await registrationDigest(registration) : "",
  }
}
