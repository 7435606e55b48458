/** The attachment `protokoll.json`: decisive acts with proofs that they stand in the log (RFC 9162). */
import { type Bytes, fromHex, utf8 } from "../bytes"
import {
  ensure,
  ensureDigest,
  ensureMembers,
  ensureNumber,
  ensureText,
  isRecord,
  type JsonObject,
  parseCanonical,
} from "../canonical"
import { broken, type Finding, limited, proven } from "../findings"
import type { Item } from "./bundle"
import { includes, leafHash } from "./merkle"
import { ensureTime } from "./statement"

const FORMAT = "kraftakt-log/1"
const MAX_ENTRIES = 10_000
const SIGN_OFF_GIVE = "declaration:sign_off:give"
const PASSKEY_REGISTER = "account:passkey:register"

export interface LogCheck {
  readonly findings: readonly Finding[]
  readonly size: number
  /** Hexadecimal; empty where the proofs cannot be read. */
  readonly root: string
  /** The events that are proven to stand in the log. */
  readonly events: readonly JsonObject[]
}

/** Checks every disclosed entry against the root. Never throws. */
export async function checkLog(data: Bytes): Promise<LogCheck> {
  try {
    return await check(data)
  } catch (error) {
    const what = error instanceof Error ? error.message : "unknown error"
    return {
      findings: [broken("log.format", `The log proofs cannot be read (${what}).`)],
      events: [],
      size: 0,
      root: "",
    }
  }
}

async function check(data: Bytes): Promise<LogCheck> {
  const value = ensureMembers(parseCanonical(data), ["format", "size", "root", "leaves"], "unknown format")
  const { leaves } = value
  const size = ensureNumber(value.size)
  ensure(value.format === FORMAT && Array.isArray(leaves), "unknown format")
  ensure(leaves.length <= MAX_ENTRIES, "too many entries")
  const root = ensureDigest(value.root)
  const hash = fromHex(root)
  const read = await Promise.all(leaves.map((leaf) => checkLeaf(leaf, size, hash)))
  const events = read.filter((leaf) => leaf.holds).map((leaf) => leaf.event)
  return { findings: findings(events.length, read.length, size), events, size, root }
}

async function checkLeaf(
  leaf: unknown,
  size: number,
  root: Bytes,
): Promise<{ event: JsonObject; holds: boolean }> {
  if (!isRecord(leaf)) throw new Error("malformed leaf")
  const entry = ensureText(leaf.entry)
  const event = parseEvent(entry)
  const { proof } = leaf
  const index = ensureNumber(leaf.index)
  ensure(Array.isArray(proof), "malformed leaf")
  const path = proof.map((sibling) => fromHex(ensureDigest(sibling)))
  const complete = Object.keys(leaf).sort().join() === "entry,index,proof"
  return { event, holds: complete && (await includes(await leafHash(utf8(entry)), index, size, path, root)) }
}

/** The act, whose tag may be unknown here. Throws for what the log never holds. */
function parseEvent(entry: string): JsonObject {
  const members = ["at", "tag", "actor", "declaration", "facts"]
  const event = ensureMembers(parseCanonical(utf8(entry)), members, "the entry is no audit event")
  ensure(isRecord(event.facts), "the entry is no audit event")
  ensureText(event.tag)
  ensureText(event.declaration)
  ensureNumber(event.actor)
  ensureTime(ensureText(event.at))
  return event
}

function findings(good: number, all: number, size: number): Finding[] {
  if (good < all) return [broken("log.inclusion", `${all - good} of ${all} entries do not stand in the log.`)]
  return [
    proven("log.format", "The log proofs are complete and in their canonical form."),
    limited(
      "log.inclusion",
      `${good} entries stand in a log of ${size} whose root is part of this file. The proofs do not show ` +
        "that the log is the only one: compare the root with the published one.",
    ),
  ]
}

/** Does the log name each sign-off of the declaration `slug` with its evidence, and does it name each passkey? */
export function checkLogged(items: readonly Item[], slug: string, { events }: LogCheck): Finding[] {
  const own = events.filter(({ declaration }) => declaration === slug)
  const given = facts(own, SIGN_OFF_GIVE)
  const registered = facts(events, PASSKEY_REGISTER)
  return items.flatMap((item) => {
    const who = item.statement.line.municipality
    const found = [isGiven(given.has(item.digest), who)]
    if (item.registration) found.push(isRegistered(registered.has(item.registration), who))
    return found
  })
}

function isGiven(logged: boolean, who: string): Finding {
  if (logged) return proven("log.sign_off", "The log holds this sign-off and its evidence.", who)
  return broken("log.sign_off", "The log does not hold this sign-off.", who)
}

function isRegistered(logged: boolean, who: string): Finding {
  if (logged) return proven("log.registration", "The log holds the registration of this passkey.", who)
  return limited(
    "log.registration",
    "The proofs do not show when this passkey was registered, nor that it was before the sign-off.",
    who,
  )
}

/** The texts among the facts of all events of one kind. */
function facts(events: readonly JsonObject[], tag: string): ReadonlySet<unknown> {
  const kind = events.filter((event) => event.tag === tag)
  return new Set(kind.flatMap((event) => (isRecord(event.facts) ? Object.values(event.facts) : [])))
}
