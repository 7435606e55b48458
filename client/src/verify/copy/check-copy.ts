/** One sign-off with a personal PDF signature: the counterpart of `server/signing/evidence/kinds/pdf_signature.py`. */
import { type Bytes, digest, same } from "../bytes"
import { ensure, reason } from "../canonical"
import type { Item } from "../evidence/bundle"
import { broken, type Finding, limited, missing } from "../findings"
import { UnknownAlgorithm } from "../signature/algorithms"
import { fits } from "./person-names"
import { readSignedCopy, type SignedCopy } from "./signed-copy"

const CHECK = "sign_off.pdf_signature"
const FIELDS = "base_length,base_sha256,issuer,kind,name,sha256,statement_sha256,subject"
const INCOMPLETE = "The evidence has missing or surplus fields."

/** `attached`: the files inside the document by name. Nobody is trusted here, so nothing is ever proven. */
export async function checkCopy(item: Item, attached: ReadonlyMap<string, Bytes>): Promise<Finding> {
  const who = item.statement.line.municipality
  const name = `unterschrift-${item.statement.ags}.pdf`
  const pdf = attached.get(name)
  if (!pdf) return missing(CHECK, "The sign-off refers to a signed copy that is not part of this file.", who)
  try {
    return limited(CHECK, said(item, await ensureCopy(item, name, pdf)), who)
  } catch (error) {
    if (error instanceof UnknownAlgorithm) {
      return missing(CHECK, "This browser cannot check the kind of signature that the copy bears.", who)
    }
    return broken(CHECK, reason(error), who)
  }
}

async function ensureCopy({ statement, ...item }: Item, name: string, pdf: Bytes): Promise<SignedCopy> {
  const { evidence } = item
  const length = evidence.base_length
  ensure(Object.keys(evidence).sort().join() === FIELDS && typeof length === "number", INCOMPLETE)
  ensure(evidence.kind === item.level && evidence.name === name, INCOMPLETE)
  const about = await digest(item.statementBytes)
  ensure(evidence.statement_sha256 === about, "The record belongs to another statement.")
  ensure(evidence.sha256 === (await digest(pdf)), "The attached copy is not the one that was handed in.")
  const base = await digest(pdf.slice(0, length))
  ensure(evidence.base_sha256 === base, "The copy is not the one that was handed out.")
  const copy = await readSignedCopy(pdf, length)
  ensure(same(copy.statement, item.statementBytes), "The copy carries another statement.")
  ensure((await digest(copy.text)) === statement.digest, "The copy carries another text.")
  const named = evidence.subject === copy.subject && evidence.issuer === copy.issuer
  ensure(named, "The evidence names another certificate.")
  return copy
}

function said(item: Item, { subject, issuer, names }: SignedCopy): string {
  const who = item.statement.line.signatory
  const name = fits(who, names)
    ? `The certificate bears the name of ${who}.`
    : `The certificate does not bear the name of ${who}: whether it is theirs is not shown.`
  return (
    `${subject} signed a copy of this text and statement. ${name} ${issuer} issued it. Whether the issuer is ` +
    "to be trusted, whether it has revoked the certificate, and what kind of certificate it is was not checked."
  )
}
