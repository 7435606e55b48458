/**
 * The check of a final document in the browser alone: seal, text and every sign-off. The counterpart of
 * `server/dossier/check/document.py`; a contract test keeps their findings equal.
 */
import {
  ADDENDUM_NAME,
  ANNEX_NAME,
  EVIDENCE_NAME,
  HEAD_NAME,
  IMPRINT_NAME,
  LOG_NAME,
  PLAIN_TEXT_NAME,
  STAMP_NAME,
  TEXT_NAME,
} from "./attachment-names"
import type { Bytes } from "./bytes"
import type { Item } from "./evidence/bundle"
import { checkAddendum } from "./evidence/check-addendum"
import { checkAnnex } from "./evidence/check-annex"
import { checkBundle } from "./evidence/check-bundle"
import { checkHead } from "./evidence/check-head"
import { checkLog, checkLogged } from "./evidence/check-log"
import { type Block, parseContent, plainText } from "./evidence/content"
import { broken, type Finding, limited, missing, type Report, report } from "./findings"
import { encrypted, refuseFile, refuseForeign } from "./kind-of-file"
import { readAttachments } from "./pdf/attachments"
import { ensureBoundedTrees } from "./pdf/bounds"
import { PdfDocument } from "./pdf/document"
import { EncryptedPdf } from "./pdf/objects"
import { type PublishedFile, publishedFinding } from "./published"
import { checkSeal } from "./seal/check-seal"

const REQUIRED = [TEXT_NAME, EVIDENCE_NAME, LOG_NAME, HEAD_NAME]

export interface DocumentReport extends Report {
  /** The text that was signed, to be compared with the pages. */
  readonly text: readonly Block[]
}

/** `published`: what the service says of the file under a code, to be compared first. `now`: the time of the check. */
export interface Given {
  readonly published?: PublishedFile | undefined
  readonly now?: Date
}

/** Never throws for what is in the file. */
export async function verifyDocument(pdf: Bytes, given: Given = {}): Promise<DocumentReport> {
  const found = await verifyAlone(pdf, given.now ?? new Date())
  if (!given.published) return found
  const findings = [await publishedFinding(pdf, given.published), ...found.findings]
  return { ...found, ...report(findings, found) }
}

/** By the file's own word. */
async function verifyAlone(pdf: Bytes, now: Date): Promise<DocumentReport> {
  const refused = refuseFile(pdf)
  if (refused) return { ...report([refused]), text: [] }
  let document: PdfDocument
  let attached: ReadonlyMap<string, Bytes>
  try {
    document = await PdfDocument.open(pdf)
    await ensureBoundedTrees(document)
    attached = await readAttachments(document)
    const foreign = await refuseForeign(document, attached)
    if (foreign.length) return { ...report(foreign), text: [] }
  } catch (error) {
    return unreadable(error)
  }
  const { findings, facts } = await checkSeal(pdf, now)
  return { ...(await checkAttached(attached, findings)), seal: facts }
}

function unreadable(error: unknown): DocumentReport {
  if (error instanceof EncryptedPdf) return { ...report([encrypted()]), text: [] }
  const what = error instanceof Error ? error.message : "unknown error"
  const findings = [
    broken("file.damaged", "The file is damaged and cannot be read."),
    broken("document.attachments", `The file cannot be read: ${what}.`),
  ]
  return { ...report(findings), text: [] }
}

async function checkAttached(
  attached: ReadonlyMap<string, Bytes>,
  seal: readonly Finding[],
): Promise<DocumentReport> {
  const addendum = attached.get(ADDENDUM_NAME)
  if (addendum) {
    const { findings, facts } = checkAddendum(addendum, attached.get(IMPRINT_NAME))
    return { ...report([...seal, ...findings], { ...facts, sign_offs: [] }), text: [] }
  }
  const [text, evidence, log, head] = REQUIRED.map((name) => attached.get(name))
  if (!text || !evidence || !log || !head) {
    const absent = REQUIRED.filter((name) => !attached.has(name)).join(", ")
    const detail = `Not attached: ${absent}. This is no final document of Kraftakt, or not a whole one.`
    return { ...report([...seal, missing("document.attachments", detail)]), text: [] }
  }
  const bundle = await checkBundle(evidence, text, attached)
  const logged = await checkLog(log)
  const printed = checkText(text, attached.get(PLAIN_TEXT_NAME))
  const annex = attached.get(ANNEX_NAME)
  const findings = [
    ...seal,
    ...bundle.findings,
    ...logged.findings,
    ...checkLogged(bundle.good, bundle.bundle?.slug ?? "", logged),
    ...(await checkHead(head, attached.get(STAMP_NAME), logged, bundle.bundle?.rp.id)),
    limited("document.pages", "The browser did not make the pages again from the attachments."),
    limited("document.signatories", "The browser did not compare the names on the pages with the evidence."),
    ...copyPages(bundle.good),
    ...(annex ? checkAnnex(annex, bundle.bundle) : [printed.finding]),
  ]
  const facts = {
    title: bundle.bundle?.title ?? "",
    revision: bundle.bundle?.number ?? 0,
    digest: bundle.bundle?.digest ?? "",
    sign_offs: bundle.good.map((item) => ({ ...item.statement.line, level: item.level })),
  }
  return { ...report(findings, facts), text: printed.blocks }
}

function copyPages(items: readonly Item[]): Finding[] {
  if (!items.some((item) => item.level === "pdf_signature")) return []
  return [limited("document.copies", "The browser did not compare the pages of the signed copies.")]
}

/** The pages themselves are not read here; the text is shown instead, to be compared by eye. */
function checkText(text: Bytes, plain: Bytes | undefined): { finding: Finding; blocks: Block[] } {
  let blocks: Block[]
  try {
    blocks = parseContent(text)
  } catch (error) {
    const what = error instanceof Error ? error.message : "unknown error"
    return { finding: broken("document.text", `The text cannot be read: ${what}.`), blocks: [] }
  }
  if (plain && new TextDecoder("utf-8", { ignoreBOM: true }).decode(plain) !== plainText(blocks)) {
    const detail = "The pages do not show the signed text (1 differences): the attached plain text differs"
    return { finding: broken("document.text", detail), blocks }
  }
  return {
    finding: limited("document.text", "The browser did not compare the pages with the signed text."),
    blocks,
  }
}
