/** Which words say what a status means: pure, so that every case can be tested. */
import { mayWrite, NO_RIGHTS, type RoomRights, suggestsOnly } from "../rights"
import type { StringKey } from "../strings"
import type { StopReason } from "../sync/close-codes"
import type { Status } from "../sync/provider"

const STOPPED: Readonly<Record<StopReason, StringKey>> = {
  signedOut: "stoppedSignedOut",
  notAllowed: "stoppedNotAllowed",
  schemaTooOld: "stoppedSchemaTooOld",
  tooLarge: "stoppedTooLarge",
  malformed: "stoppedMalformed",
}

/** What the page said when it was made; the room's own word counts as soon as it comes. */
export interface PageRights {
  phase: string
  rights: RoomRights
}

/** What one may do now. */
export function rightsNow({ room, stopReason }: Status, page: PageRights): RoomRights {
  if (stopReason !== null) return NO_RIGHTS
  return room ? room.rights : page.rights
}

function canWrite(status: Status, page: PageRights): boolean {
  return mayWrite(rightsNow(status, page))
}

/** There are changes that this page cannot bring to the server by itself. */
export function isStranded(status: Status, page: PageRights): boolean {
  return statusKey(status, page) === "statusStoppedUnsaved" && status.room?.storage !== "failed"
}

/**
 * The server has refused what was written here and would refuse it each time. Who was not let into the room at all
 * has not had anything refused.
 */
export function isRefused({ saved, stopReason, room }: Status): boolean {
  if (saved) return false
  if (stopReason === "notAllowed") return room !== null
  return stopReason === "malformed" || stopReason === "tooLarge"
}

/** Short words for the status line. `kept`: what is unsaved would survive closing the page. */
export function statusKey(status: Status, page: PageRights, kept = false): StringKey {
  const { connection, saved } = status
  if (connection === "stopped") return stoppedKey(status, kept)
  if (connection === "offline") return offlineKey(saved, kept)
  if (connection === "connecting" || !status.synced) return "statusConnecting"
  if (!saved) return canWrite(status, page) ? "statusUnsaved" : "statusStoppedUnsaved"
  return canWrite(status, page) ? "statusSaved" : "statusReadOnly"
}

function stoppedKey(status: Status, kept: boolean): StringKey {
  if (status.saved) return "statusReadOnly"
  return mayLeave(status, kept) ? "statusSignedOutKept" : "statusStoppedUnsaved"
}

/**
 * The page can be left without a warning. What is kept is offered to the server when the same person opens
 * this text the next time; whoever has to sign in again must leave the page for that.
 */
export function mayLeave({ saved, stopReason }: Status, kept: boolean): boolean {
  return saved || (kept && stopReason === "signedOut")
}

function offlineKey(saved: boolean, kept: boolean): StringKey {
  if (saved) return "statusOffline"
  return kept ? "statusOfflineKept" : "statusOfflineUnsaved"
}

/** Why the text cannot be changed, or as a suggestion only, or does not reach the server and what one can do; null when all is well. */
export function noticeKey(status: Status, page: PageRights): StringKey | null {
  if (status.stopReason) return STOPPED[status.stopReason]
  if (status.trouble) return status.trouble
  if (canWrite(status, page)) return suggestsOnly(rightsNow(status, page)) ? "suggestOnly" : null
  if (status.room?.storage === "failed") return "storageFailed"
  const phase = status.room?.phase ?? page.phase
  return phase === "drafting" ? "readOnlyRights" : "readOnlyPhase"
}
