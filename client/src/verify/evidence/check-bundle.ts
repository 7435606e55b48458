/** Every sign-off of the proof package, checked: the counterpart of `server/signing/evidence/bundle_check.py` and `kinds/`. */
import { type Bytes, digest, isDigest } from "../bytes"
import { ensure, reason } from "../canonical"
import { checkCopy } from "../copy/check-copy"
import { broken, type Finding, holds, limited, missing, proven } from "../findings"
import { ensureAssertion, type RelyingParty } from "../passkey/assertion"
import { UnknownAlgorithm } from "../signature/algorithms"
import { type Bundle, type Item, parseBundle, parseItem } from "./bundle"
import { isTime, type Statement } from "./statement"

export interface BundleCheck {
  readonly findings: readonly Finding[]
  readonly bundle?: Bundle
  /** Those whose evidence holds, in the bundle's order. */
  readonly good: readonly Item[]
}

/** Never throws: whatever cannot be read is a broken finding. `attached`: signed copies are among them. */
export async function checkBundle(
  data: Bytes,
  text: Bytes,
  attached: ReadonlyMap<string, Bytes>,
): Promise<BundleCheck> {
  let bundle: Bundle
  try {
    bundle = parseBundle(data)
  } catch (error) {
    return {
      findings: [broken("evidence.format", `The evidence cannot be read (${reason(error)}).`)],
      good: [],
    }
  }
  const read = await Promise.all(bundle.items.map((item, place) => readItem(item, place + 1, bundle)))
  const items = read.filter((item): item is Item => !isFinding(item))
  const results = await Promise.all(items.map((item) => checkItem(item, bundle.rp, attached)))
  const findings = [
    proven("evidence.format", "The evidence is complete and in its canonical form."),
    await checkText(bundle, text),
    relyingParty(bundle.rp),
    ...read.filter(isFinding),
    checkUnique(items),
    ...results,
  ]
  if (!bundle.items.length)
    findings.push(missing("sign_off.statement", "The evidence names nobody who signed."))
  if (items.some((item) => item.level === "passkey")) findings.push(PASSKEY_LIMITS)
  const good = items.filter((_, place) => {
    const result = results[place]
    return result !== undefined && holds(result)
  })
  return { findings, bundle, good }
}

const PASSKEY_LIMITS = limited(
  "passkey.limits",
  "A passkey proves that its holder, verified by PIN or biometrics, confirmed exactly this statement. " +
    "It does not prove what the screen showed, nor who holds the passkey: the municipalities were told " +
    "apart at registration, which the log records. It is not a qualified electronic signature.",
)

function isFinding(item: Item | Finding): item is Finding {
  return "outcome" in item
}

async function checkText(bundle: Bundle, text: Bytes): Promise<Finding> {
  if ((await digest(text)) === bundle.digest) {
    return proven("text.digest", "The attached text is, byte for byte, the revision that the evidence names.")
  }
  return broken("text.digest", "The attached text is not the revision that was signed off.")
}

function relyingParty(rp: RelyingParty): Finding {
  return limited(
    "evidence.relying_party",
    `The passkeys answered the service ${rp.id}. That this is the right service is stated by the document ` +
      "itself and answered for by its seal.",
  )
}

async function readItem(value: unknown, place: number, bundle: Bundle): Promise<Item | Finding> {
  try {
    return await parseItem(value, bundle)
  } catch (error) {
    return broken("sign_off.statement", `Sign-off ${place}: ${reason(error)}`, String(place))
  }
}

function checkUnique(items: readonly Item[]): Finding {
  const twice = unfit(items)
  const passkeys = items.filter((item) => item.level === "passkey")
  if (twice.length || repeated(passkeys.map((item) => String(item.evidence.signature))).length) {
    return broken(
      "evidence.unique",
      "A municipality or a signature appears more than once, or a joint answer is not complete.",
      twice.sort().join(", "),
    )
  }
  return proven("evidence.unique", "Each municipality appears once.")
}

/** Municipalities whose sign-offs are not one answer: one sign-off, or the same said by two employees jointly. */
function unfit(items: readonly Item[]): string[] {
  const keys = [...new Set(items.map((item) => item.statement.ags))]
  return keys.filter((ags) => !isOneAnswer(items.map((i) => i.statement).filter((s) => s.ags === ags)))
}

function isOneAnswer(given: readonly Statement[]): boolean {
  const [one, other, ...more] = given
  if (!one || more.length) return false
  if (!other) return !one.isJoint
  const isPair = one.isJoint && other.isJoint && one.line.signatory !== other.line.signatory
  return isPair && one.says === other.says
}

function repeated(texts: readonly string[]): string[] {
  return [...new Set(texts.filter((text, place) => texts.indexOf(text) !== place))]
}

function checkItem(item: Item, rp: RelyingParty, attached: ReadonlyMap<string, Bytes>): Promise<Finding> {
  switch (item.level) {
    case "passkey":
      return checkPasskey(item, rp)
    case "email_code":
      return checkRecorded(item, "sign_off.email_code", EMAIL_FIELDS, EMAIL_DETAIL)
    case "paper":
      return checkRecorded(item, "sign_off.paper", PAPER_FIELDS, PAPER_DETAIL)
    case "pdf_signature":
      return checkCopy(item, attached)
  }
}

const EMAIL_FIELDS = ["kind", "sent_at", "confirmed_at", "address_hash", "code_hash", "statement_sha256"]
const EMAIL_DETAIL =
  "Confirmed with a one-time code sent to the signatory's personal address. The record of it is the " +
  "service's own: there is no signature of the signatory that others could check."
const PAPER_FIELDS = ["kind", "recorded_at", "scan_sha256", "statement_sha256"]
const PAPER_DETAIL =
  "Decided on paper and recorded by the coordination, which keeps the scan. The record is the service's " +
  "own: only the paper itself proves the decision."

function subject(item: Item): string {
  return item.statement.line.municipality
}

async function checkPasskey(item: Item, rp: RelyingParty): Promise<Finding> {
  try {
    ensure(item.evidence.kind === item.level, "The evidence is of another kind.")
    await ensureAssertion(item.evidence, item.statementBytes, rp)
  } catch (error) {
    if (error instanceof UnknownAlgorithm) {
      return missing(
        "sign_off.passkey",
        "This browser cannot check the kind of key that was used.",
        subject(item),
      )
    }
    return broken("sign_off.passkey", reason(error), subject(item))
  }
  return proven(
    "sign_off.passkey",
    "The registered passkey signed this statement about this text.",
    subject(item),
  )
}

async function checkRecorded(
  { evidence, level, statementBytes, ...item }: Item,
  check: string,
  fields: readonly string[],
  detail: string,
): Promise<Finding> {
  const who = item.statement.line.municipality
  const complete = Object.keys(evidence).sort().join() === [...fields].sort().join()
  if (!complete || evidence.kind !== level) {
    return broken(check, "The evidence has missing or surplus fields.", who)
  }
  if (!fields.every((name) => isRegular(name, evidence[name]))) {
    return broken(check, "The evidence has a time or a digest in another form.", who)
  }
  if (evidence.statement_sha256 !== (await digest(statementBytes))) {
    return broken(check, "The record belongs to another statement.", who)
  }
  return limited(check, detail, who)
}

function isRegular(name: string, value: unknown): boolean {
  if (name === "kind") return true
  return name.endsWith("_at") ? isTime(value) : isDigest(value)
}
