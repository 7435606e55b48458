/** Before the authenticator is asked: does the statement say what the page shows, and is it what will be signed? */
import { base64url, sha256, utf8 } from "../verify/bytes"
import { isRecord, type JsonObject } from "../verify/canonical"
import { parseStatement } from "../verify/evidence/statement"
import { Differs } from "./differs"

/** What the page shows and what was typed there. `says`: the members of the statement that belong to the answer. */
export interface Shown {
  readonly digest: string
  readonly revision: string
  readonly slug: string
  readonly title: string
  readonly ags: string
  readonly wording: string
  readonly signatory: string
  readonly reason: string
  readonly says: Readonly<Record<string, string>>
}

/** `begun`: the server's answer at the begin of a sign-off with a passkey. Throws Differs. */
export async function checkBegun(begun: JsonObject, shown: Shown): Promise<void> {
  const text = begun.statement
  if (typeof text !== "string") throw new Differs("statement")
  checkStatement(text, shown)
  const challenge = isRecord(begun.options) ? begun.options.challenge : undefined
  if (challenge !== base64url(await sha256(utf8(text)))) throw new Differs("challenge")
}

function checkStatement(text: string, shown: Shown): void {
  const said = read(text)
  const [revision, town, who] = [said.revision, said.municipality, said.signatory] as JsonObject[]
  const declaration = said.declaration as JsonObject
  check("digest", revision?.sha256, shown.digest)
  check("revision", String(revision?.number), shown.revision)
  check("declaration", declaration.slug, shown.slug)
  check("declaration", declaration.title, shown.title)
  check("municipality", town?.ags, shown.ags)
  check("wording", said.wording, shown.wording)
  check("signatory", `${who?.name}, ${who?.title}`, shown.signatory)
  check("reason", who?.reason ?? "", shown.reason)
  for (const [member, value] of Object.entries(shown.says)) check(member, said[member] ?? "", value)
}

function read(text: string): JsonObject {
  try {
    parseStatement(text)
  } catch {
    throw new Differs("statement")
  }
  return JSON.parse(text) as JsonObject
}

function check(link: string, said: unknown, shown: string): void {
  if (said !== shown) throw new Differs(link)
}
