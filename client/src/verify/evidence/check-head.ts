/** The attachments `protokoll-kopf.json` and `.tst`: the log's head and since when it has been there. */
import { type Bytes, same } from "../bytes"
import { canonicalBytes, ensure, ensureText, isRecord, parseCanonical } from "../canonical"
import { broken, type Finding, limited, proven } from "../findings"
import { holder } from "../signature/certificate"
import { isAbout, readTimeStamp } from "../signature/time-stamp"
import type { LogCheck } from "./check-log"

const FORMAT = "kraftakt-tree-head/1"

/** Never throws. Nobody is trusted here, so an authority's word is limited. */
export async function checkHead(head: Bytes, token: Bytes | undefined, log: LogCheck): Promise<Finding[]> {
  let name: string
  try {
    name = logName(head, log)
  } catch (error) {
    const what = error instanceof Error ? error.message : "unknown error"
    return [broken("log.head", `The head does not belong to the proofs (${what}).`)]
  }
  return [
    proven("log.head", `The proofs lead to the attached head of the log of ${name}.`),
    token
      ? await checkToken(head, token)
      : limited("log.head_time", "No authority confirms when the log had this head; the seal does."),
  ]
}

function logName(head: Bytes, { size, root }: LogCheck): string {
  const value = parseCanonical(head)
  ensure(isRecord(value), "unknown format")
  const log = ensureText(value.log)
  ensure(root !== "" && same(head, canonicalBytes({ format: FORMAT, log, size, root })), "another head")
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
    const at = `${stamp.at.toISOString().slice(0, 19)}Z`
    const detail = `The log had this head at ${at} according to ${who}, whose trust was not established.`
    return limited("log.head_time", detail, who)
  } catch (error) {
    const what = error instanceof Error ? error.message : "unknown error"
    return broken("log.head_time", `The time stamp cannot be read (${what}).`)
  }
}
