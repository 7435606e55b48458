/** Who sealed and when, as far as the file itself says: nobody is trusted here, so holders are only named. */
import type { Bytes } from "../bytes"
import { broken, type Finding, limited } from "../findings"
import { holder, isTest } from "../signature/certificate"
import { type Element, time } from "../signature/der"
import { attribute, SIGNING_TIME, type SignedData } from "../signature/signed-data"
import { isAbout, readTimeStamp, type TimeStamp, timestamp } from "../signature/time-stamp"
import { coveredBytes, type PdfSignature } from "./signatures"

const SIGNATURE_TIME_STAMP = "1.2.840.113549.1.9.16.2.14"
/** Milliseconds by which the clocks of authorities may differ, and by which the service's own may be wrong. */
const CLOCKS = 5 * 60_000
const OWN_CLOCK = 24 * 60 * 60_000

export function trustFinding(data: SignedData): Finding {
  const [own] = data.certificates
  if (!own) throw new Error("the certificate of the signer is missing")
  const who = holder(own)
  if (isTest(own)) {
    return limited(
      "seal.test_certificate",
      "Sealed with a test certificate: this is a trial, not a document.",
      who,
    )
  }
  return limited(
    "seal.unknown_issuer",
    `The seal names ${who}. Whether the issuer of the certificate is to be trusted was not checked.`,
    who,
  )
}

export async function timeFinding(seal: PdfSignature): Promise<Finding> {
  const stamp = signatureStamp(seal)
  if (stamp) return stampFinding("seal.time", stamp, seal.data.signature, "The seal existed")
  const moment = saidTime(seal)
  const said = moment ? timestamp(moment) : "an unknown time"
  return limited("seal.time", `Sealed at ${said} by the service's own clock; no authority confirms the time.`)
}

/** Oldest first. Each stamp lies behind what it covers: the seal, and the stamps before it. */
export async function archiveFindings(
  pdf: Bytes,
  seal: PdfSignature,
  archives: readonly PdfSignature[],
  now: Date,
): Promise<Finding[]> {
  const found: Finding[] = []
  let before = sealedBy(seal)
  for (const archive of archives) {
    const stamp = readTimeStamp(archive.value)
    const at = stamp.at.getTime()
    const finding = await stampFinding(
      "seal.archive_time",
      stamp,
      coveredBytes(pdf, archive),
      "The whole file existed",
    )
    const fits = before <= at && at <= now.getTime() + CLOCKS
    found.push(finding.outcome === "broken" || fits ? finding : impossible(finding, stamp.at))
    before = Math.max(before, at - CLOCKS)
  }
  return found
}

function impossible({ check, subject }: Finding, at: Date): Finding {
  return broken(check, `The time stamp says ${timestamp(at)}, which cannot be.`, subject)
}

/** No stamp over the seal can be older: an authority's time, or the service's own clock, wrong by a day at most. */
function sealedBy(seal: PdfSignature): number {
  const stamp = signatureStamp(seal)
  if (stamp) return stamp.at.getTime() - CLOCKS
  const said = saidTime(seal)
  return said ? said.getTime() - OWN_CLOCK : Number.NEGATIVE_INFINITY
}

export function levelFinding(seal: PdfSignature, archives: readonly PdfSignature[], now: Date): Finding {
  const newest = archives.at(-1)?.data.certificates[0]
  if (newest && newest.notAfter < now) {
    return limited("seal.level", "PAdES B-LTA, but the newest time stamp was not renewed in time.")
  }
  if (newest) return limited("seal.level", "PAdES B-LTA, if its authorities are to be trusted.")
  if (signatureStamp(seal)) {
    return limited("seal.level", "PAdES B-T: the certificates must still be valid when it is checked.")
  }
  return limited("seal.level", "PAdES B-B: the seal carries no time stamp of an authority.")
}

export function signatureStamp(seal: PdfSignature): TimeStamp | undefined {
  const token = stampOn(seal)
  return token && readTimeStamp(token.bytes)
}

/** The token as it is written. */
export function stampOn(seal: PdfSignature): Element | undefined {
  return seal.data.unsignedAttributes.get(SIGNATURE_TIME_STAMP)?.[0]
}

async function stampFinding(check: string, stamp: TimeStamp, bytes: Bytes, what: string): Promise<Finding> {
  const [own] = stamp.data.certificates
  const who = own ? holder(own) : ""
  if (!(await isAbout(stamp, bytes)))
    return broken(check, "The time stamp does not belong to this file.", who)
  const detail = `${what} at ${timestamp(stamp.at)} according to ${who}, whose trust was not established.`
  return limited(check, detail, who)
}

export function saidTime(seal: PdfSignature): Date | undefined {
  return seal.data.signedAttributes.has(SIGNING_TIME)
    ? time(attribute(seal.data.signedAttributes, SIGNING_TIME))
    : pdfTime(seal)
}

/** `/M` of the signature: `D:20260617120000+02'00'` (ISO 32000-1, 7.9.4). */
function pdfTime(seal: PdfSignature): Date | undefined {
  const value = seal.dictionary.get("M")
  const text = value && typeof value === "object" && "text" in value ? value.text : ""
  const found = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|([+-]\d\d)'(\d\d)'?)/.exec(text)
  if (!found) return undefined
  const [, year, month, day, hour, minute, second, zone = "+00", rest = "00"] = found
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}:${rest}`)
}
