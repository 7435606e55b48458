/** The statement that a signatory declares: format `kraftakt-sign-off/1` (`server/domain/sign_offs/statements.py`). */
import { canonicalText, ensure, ensureMembers, ensureText, isRecord, type JsonObject } from "../canonical"
import type { SignOffLine } from "../findings"

const FORMAT = "kraftakt-sign-off/1"
const KINDS = ["grosse_kreisstadt", "stadt", "gemeinde", "landkreis", "verband"]
const CAPACITIES = ["mayor", "deputy", "joint"]
const ANSWERS = ["signs", "signs_with_statement", "subject_to_council", "declines"]
const MALFORMED = "malformed statement"
const MEMBERS = [
  "format",
  "declaration",
  "revision",
  "municipality",
  "signatory",
  "answer",
  "text",
  "council_date",
  "council_body",
  "council_reference",
  "wording",
  "at",
  "nonce",
]

/** Members that may be missing, as in statements made before there were such members. */
const OPTIONAL = { text: "", council_date: "", council_body: "", council_reference: "" }
const OPTIONAL_OF_SIGNATORY = { represents: "", reason: "" }

const SAYS = ["answer", "text", "council_date", "council_body", "council_reference"]

export interface Statement {
  readonly slug: string
  readonly title: string
  readonly revision: number
  readonly digest: string
  readonly ags: string
  readonly isJoint: boolean
  /** What a second employee has to say too for a joint answer to count. */
  readonly says: string
  readonly line: Omit<SignOffLine, "level">
}

/** Throws unless the text is a statement in its canonical form. */
export function parseStatement(text: string): Statement {
  const data: unknown = JSON.parse(text)
  ensure(isRecord(data), MALFORMED)
  ensure(canonicalText(data) === text, "The statement is not in canonical form.")
  const value = ensureMembers({ ...OPTIONAL, ...data }, MEMBERS, MALFORMED)
  const declaration = ensureMembers(value.declaration, ["slug", "title"], MALFORMED)
  const revision = ensureMembers(value.revision, ["number", "sha256"], MALFORMED)
  const town = ensureMembers(value.municipality, ["ags", "kind", "name"], MALFORMED)
  ensure(isRecord(value.signatory), MALFORMED)
  const signatory = { ...OPTIONAL_OF_SIGNATORY, ...value.signatory }
  const who = ensureMembers(signatory, ["name", "title", "capacity", "represents", "reason"], MALFORMED)
  ensure(value.format === FORMAT && typeof revision.number === "number", MALFORMED)
  ensureTexts(who, town, declaration, {
    ...value,
    declaration: "",
    revision: "",
    municipality: "",
    signatory: "",
  })
  ensureOneOf(KINDS, town.kind)
  ensureOneOf(CAPACITIES, who.capacity)
  ensureOneOf(ANSWERS, value.answer)
  return {
    slug: ensureText(declaration.slug),
    title: ensureText(declaration.title),
    revision: revision.number,
    digest: ensureText(revision.sha256),
    ags: ensureText(town.ags),
    isJoint: who.capacity === "joint",
    says: canonicalText(SAYS.map((member) => value[member])),
    line: {
      municipality: ensureText(town.name),
      signatory: ensureText(who.name),
      title: ensureText(who.title),
      answer: ensureText(value.answer),
      at: ensureTime(ensureText(value.at)),
    },
  }
}

function ensureTexts(...objects: JsonObject[]): void {
  for (const object of objects) Object.values(object).forEach(ensureText)
}

function ensureOneOf(known: readonly string[], value: unknown): void {
  ensure(typeof value === "string" && known.includes(value), MALFORMED)
}

/** RFC 3339 in UTC, whole seconds; a day that there is, from the year 1000 on. */
export function ensureTime(text: string): string {
  ensure(isTime(text), MALFORMED)
  return text
}

export function isTime(text: unknown): boolean {
  if (typeof text !== "string" || !/^[1-9]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text)) return false
  const at = new Date(text)
  return !Number.isNaN(at.getTime()) && at.toISOString() === text.replace("Z", ".000Z")
}
