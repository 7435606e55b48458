/**
 * What goes over the socket: lib0 encoding, y-protocols messages, one in a frame, and the additions of the
 * subprotocol (100 saved, 101 people, 102 state, 103 notice), which only the server sends.
 */
import * as decoding from "lib0/decoding"
import * as encoding from "lib0/encoding"
import { type RoomRights, readRights } from "../rights"
import { type NoticeId, readNotice, type Topic } from "./notices"

export const SUBPROTOCOL = "kraftakt.v1"
/** Bytes; the server closes the socket at a longer frame. */
export const MAX_FRAME = 1 << 20

const SYNC = 0
const AWARENESS = 1
const QUERY_AWARENESS = 3
const SAVED = 100
const PEOPLE = 101
const STATE = 102
const NOTICE = 103

const STEP_1 = 0
const STEP_2 = 1
const UPDATE = 2

/** Somebody who is connected, as the server attests. `municipality` is "" for the coordination. */
export interface PresentPerson {
  clients: number[]
  person: number
  name: string
  municipality: string
}

/** What the server says of the room. There are no rights while nothing can be stored. */
export interface RoomState {
  phase: string
  rights: RoomRights
  schema: number
  storage: "ok" | "failed"
}

export type Message =
  | { type: "step1"; stateVector: Uint8Array }
  | { type: "step2" | "update"; update: Uint8Array }
  | { type: "awareness"; update: Uint8Array }
  | { type: "queryAwareness" }
  | { type: "saved"; count: number }
  | { type: "people"; people: PresentPerson[] }
  | { type: "state"; state: RoomState }
  | { type: "notice"; topic: Topic; id: NoticeId }
  | { type: "unknown"; number: number }

function frame(...write: ((encoder: encoding.Encoder) => void)[]): Uint8Array {
  const encoder = encoding.createEncoder()
  for (const part of write) part(encoder)
  return encoding.toUint8Array(encoder)
}

function syncFrame(inner: number, bytes: Uint8Array): Uint8Array {
  return frame(
    (encoder) => encoding.writeVarUint(encoder, SYNC),
    (encoder) => encoding.writeVarUint(encoder, inner),
    (encoder) => encoding.writeVarUint8Array(encoder, bytes),
  )
}

export function step1Frame(stateVector: Uint8Array): Uint8Array {
  return syncFrame(STEP_1, stateVector)
}

export function step2Frame(update: Uint8Array): Uint8Array {
  return syncFrame(STEP_2, update)
}

export function updateFrame(update: Uint8Array): Uint8Array {
  return syncFrame(UPDATE, update)
}

export function awarenessFrame(update: Uint8Array): Uint8Array {
  return frame(
    (encoder) => encoding.writeVarUint(encoder, AWARENESS),
    (encoder) => encoding.writeVarUint8Array(encoder, update),
  )
}

/** The message in a frame. Throws an Error for bytes that end too early or JSON of another shape. */
export function decodeMessage(bytes: Uint8Array): Message {
  const decoder = decoding.createDecoder(bytes)
  const number = decoding.readVarUint(decoder)
  switch (number) {
    case SYNC:
      return decodeSync(decoder)
    case AWARENESS:
      return { type: "awareness", update: decoding.readVarUint8Array(decoder) }
    case QUERY_AWARENESS:
      return { type: "queryAwareness" }
    case SAVED:
      return { type: "saved", count: decoding.readVarUint(decoder) }
    case PEOPLE:
      return { type: "people", people: readPeople(JSON.parse(decoding.readVarString(decoder))) }
    case STATE:
      return { type: "state", state: readState(JSON.parse(decoding.readVarString(decoder))) }
    case NOTICE:
      return decodeNotice(JSON.parse(decoding.readVarString(decoder)))
    default:
      return { type: "unknown", number }
  }
}

function decodeSync(decoder: decoding.Decoder): Message {
  const inner = decoding.readVarUint(decoder)
  if (inner > UPDATE) return { type: "unknown", number: inner }
  const bytes = decoding.readVarUint8Array(decoder)
  if (inner === STEP_1) return { type: "step1", stateVector: bytes }
  return { type: inner === STEP_2 ? "step2" : "update", update: bytes }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null
}

function decodeNotice(json: unknown): Message {
  if (!isRecord(json)) throw new Error("a notice was expected")
  const notice = readNotice(json)
  return notice ? { type: "notice", ...notice } : { type: "unknown", number: NOTICE }
}

function readPeople(json: unknown): PresentPerson[] {
  if (!isRecord(json) || !Array.isArray(json.people)) throw new Error("a list of people was expected")
  return json.people.filter(isRecord).map((entry) => ({
    clients: Array.isArray(entry.clients) ? entry.clients.filter((id) => typeof id === "number") : [],
    person: Number(entry.person),
    name: String(entry.name ?? ""),
    municipality: String(entry.municipality ?? ""),
  }))
}

function readState(json: unknown): RoomState {
  if (!isRecord(json)) throw new Error("the room's state was expected")
  return {
    phase: String(json.phase ?? ""),
    rights: readRights(json.rights),
    schema: Number(json.schema),
    storage: json.storage === "failed" ? "failed" : "ok",
  }
}
