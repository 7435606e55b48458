/** Time-stamp tokens (RFC 3161): who says that some bytes existed at what time. */
import { type Bytes, type HashName, hash, same } from "../bytes"
import { hashOf, octets } from "./algorithms"
import {
  Cursor,
  DamagedDer,
  INTEGER,
  OBJECT_IDENTIFIER,
  OCTET_STRING,
  readWhole,
  SEQUENCE,
  time,
} from "./der"
import { coversContent, isValid, readSignedData, type SignedData } from "./signed-data"

const TST_INFO = "1.2.840.113549.1.9.16.1.4"

export interface TimeStamp {
  readonly data: SignedData
  readonly hash: HashName
  readonly imprint: Bytes
  readonly at: Date
}

export function readTimeStamp(bytes: Bytes): TimeStamp {
  const data = readSignedData(bytes)
  if (data.contentType !== TST_INFO || !data.content) throw new DamagedDer("no time stamp")
  const cursor = new Cursor(readWhole(data.content))
  cursor.next(INTEGER)
  cursor.next(OBJECT_IDENTIFIER)
  const imprint = new Cursor(cursor.next(SEQUENCE))
  const algorithm = imprint.next(SEQUENCE)
  const value = octets(imprint.next(OCTET_STRING))
  cursor.next(INTEGER)
  return { data, hash: hashOf(algorithm), imprint: value, at: time(cursor.next(0x18)) }
}

/** The token is about these bytes and its signature is right. */
export async function isAbout(stamp: TimeStamp, bytes: Bytes): Promise<boolean> {
  const { data } = stamp
  if (!data.content || !same(stamp.imprint, await hash(stamp.hash, bytes))) return false
  return (await coversContent(data, data.content)) && (await isValid(data))
}

/** RFC 3339 in UTC, whole seconds. */
export function timestamp(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`
}
