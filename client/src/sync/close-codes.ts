/**
 * Why the server closes a socket. `server/sync/wire/close_codes.py` holds the same; a test compares the two.
 */
export const CloseCode = {
  GOING_AWAY: 1001,
  ACCESS_CHANGED: 4205,
  MALFORMED: 4400,
  NOT_SIGNED_IN: 4401,
  NOT_ALLOWED: 4403,
  NO_SUCH_LINE: 4404,
  SCHEMA_TOO_OLD: 4409,
  TOO_LARGE: 4413,
  TOO_FAST: 4429,
  TOO_MANY: 4430,
  STORAGE_FAILED: 4503,
} as const

/** Why there is no further attempt: only a person can put it right. */
export type StopReason = "malformed" | "signedOut" | "notAllowed" | "schemaTooOld" | "tooLarge"

/** What a person can do something about, while the client goes on trying by itself. */
export type Trouble = "tooManyWindows"

/** What the client does after a close: try again (at once, soon, after a long pause), or stop. */
export type Reaction = { retry: Retry; trouble?: Trouble } | { stop: StopReason }
export type Retry = "atOnce" | "soon" | "later"

export function reactionTo(code: number): Reaction {
  switch (code) {
    case CloseCode.ACCESS_CHANGED:
      return { retry: "atOnce" }
    case CloseCode.MALFORMED:
      return { stop: "malformed" }
    case CloseCode.NOT_SIGNED_IN:
      return { stop: "signedOut" }
    case CloseCode.NOT_ALLOWED:
      return { stop: "notAllowed" }
    case CloseCode.SCHEMA_TOO_OLD:
      return { stop: "schemaTooOld" }
    case CloseCode.TOO_LARGE:
      return { stop: "tooLarge" }
    case CloseCode.TOO_FAST:
      return { retry: "later" }
    case CloseCode.TOO_MANY:
      return { retry: "later", trouble: "tooManyWindows" }
    default: // the network, the server's restart, a failed store
      return { retry: "soon" }
  }
}
