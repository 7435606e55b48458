/**
 * The head of the log, `protokoll-kopf.json` in the format `kraftakt-tree-head/1`, and an authority's time
 * stamp on exactly these bytes, `protokoll-kopf.tst` (`server/signing/evidence/tree_head.py`).
 */
import { type Bytes, same } from "../bytes"
import { canonicalBytes, ensure, ensureText, isRecord, parseCanonical } from "../canonical"
import { broken, type Finding, limited, proven } from "../findings"
import { holder } from "../signature/certificate"
import { isAbout, readTimeStamp, timestamp } from "../signature/time-stamp"
import type { LogCheck } from "./check-log"

const FORMAT = "kraftakt-tree-head/1"

/** `service` is the relying party of the evidence, whose log it has to be. Never throws. */
export async function checkHead(
  head: Bytes,
  token: Bytes | undefined,
  log: LogCheck,
  service: string | undefined,
): Promise<Finding[]> {
  let name: string
  try {
    name = ensureHead(head, log)
    ensure(!service || name === service, "the head of another service's log")
  } catch {
    return [broken("log.head", "The head does not belong to the proofs.")]
  }
  return [
    proven("log.head", `The proofs lead to the attached head of the log of ${name}.`),
    token
      ? await checkToken(head, token)
      : limited("log.head_time", "No authority confirms when the log had this head; the seal does."),
  ]
}

/** The log's name. */
function ensureHead(head: Bytes, { size, root }: LogCheck): string {
  const value = parseCanonical(head)
  ensure(isRecord(value) && root !== "", "another head")
  const log = ensureText(value.log)
  ensure(same(head, canonicalBytes({ format: FORMAT, log, size, root })), "another head")
  return log
}

async function checkToken(head: Bytes, token: Bytes): Promise<Finding> {
  try {
    const stamp = readTimeStamp(token)
    const [own] = stamp.data.certificates
    const who = own ? holder(own) : ""
    if (!(await isAbout(stamp, head))) {
      return broken("log.head_time", "The time stamp does not belong to this head.", who)
    }
    const when = timestamp(stamp.at)
    const detail = `The log had this head at ${when} according to ${who}, whose trust was not established.`
    return limited("log.head_time", detail, who)
  } catch {
    return broken("log.head_time", "The time stamp cannot be read.")
  }
}
