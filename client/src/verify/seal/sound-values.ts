/**
 * Whether the values of seal and time stamps are as their signers made them, each by itself. Said before anything
 * else, and instead of it: of a damaged value one reader makes out more than another. The counterpart of
 * `server/signing/seal/check/sound_values.py`.
 */
import { isName } from "../pdf/objects"
import { DamagedDer } from "../signature/der"
import { coversContent, isValid, readSignedData, type SignedData } from "../signature/signed-data"
import { isWellFormed } from "../signature/well-formed"
import {
  areAboveTheSigner,
  hasRegularEnvelope,
  hasRegularToken,
  hasSoundCertificates,
  strayCertificates,
} from "./envelope"
import type { PdfSignature } from "./signatures"
import { stampOn } from "./trust"

/** Throws DamagedDer, or UnknownAlgorithm. */
export async function ensureSoundValues(
  seal: PdfSignature,
  archives: readonly PdfSignature[],
): Promise<void> {
  if (!hasRegularEnvelope(seal) || !(await isValid(seal.data))) throw new DamagedDer("the seal")
  const sound = (await areAboveTheSigner(seal.data)) && !(await strayCertificates(seal.data)).length
  if (!sound) throw new DamagedDer("a certificate of the seal")
  const stamps = archives.every(({ dictionary }) => isName(dictionary.get("SubFilter"), "ETSI.RFC3161"))
  if (!stamps || !archives.every(({ value }) => isWellFormed(value))) throw new DamagedDer("a time stamp")
  const stamp = stampOn(seal)
  const onSeal = stamp ? [readSignedData(stamp.bytes)] : []
  for (const token of [...onSeal, ...archives.map(({ data }) => data)]) await ensureSoundToken(token)
}

async function ensureSoundToken(token: SignedData): Promise<void> {
  if (!hasRegularToken(token) || !(await isValid(token))) throw new DamagedDer("a time stamp")
  if (!token.content || !(await coversContent(token, token.content))) throw new DamagedDer("a time stamp")
  if (!(await hasSoundCertificates(token))) throw new DamagedDer("a certificate of a time stamp")
}
