/** What a seal says of itself, for a report: whether it is true, the findings say. */
import type { SealFacts } from "../findings"
import { PdfString } from "../pdf/objects"
import { holder, knownAs } from "../signature/certificate"
import { isAbout, timestamp } from "../signature/time-stamp"
import type { PdfSignature } from "./signatures"
import { saidTime, signatureStamp } from "./trust"

/** Of a reason or a place; anybody can write them into a file. */
const MAX_CHARS = 500

export async function factsOf(seal: PdfSignature): Promise<SealFacts | null> {
  const [own] = seal.data.certificates
  if (!own) return null
  const [at, authority] = await sealedAt(seal)
  return {
    holder: holder(own),
    issuer: knownAs(own.issuer),
    reason: entry(seal, "Reason"),
    place: entry(seal, "Location"),
    at: at ? timestamp(at) : "",
    attested_by: authority,
  }
}

/** A stamp that belongs to another file says nothing about this one. */
async function sealedAt(seal: PdfSignature): Promise<[Date | undefined, string]> {
  const stamp = signatureStamp(seal)
  if (!stamp || !(await isAbout(stamp, seal.data.signature))) return [saidTime(seal), ""]
  const [own] = stamp.data.certificates
  return [stamp.at, own ? holder(own) : ""]
}

function entry({ dictionary }: PdfSignature, key: string): string {
  const value = dictionary.get(key)
  return value instanceof PdfString ? value.text.slice(0, MAX_CHARS) : ""
}
