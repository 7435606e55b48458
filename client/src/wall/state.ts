/** What the server says of the answers, and what of it is new. */

/** `answer`: one that stands behind the text, or "open". `at`: when it came, ISO 8601, or empty. */
export interface Place {
  readonly key: string
  readonly name: string
  readonly answer: string
  readonly who: string
  readonly at: string
}

/** `counted` of `total` stand behind the text without a condition; `needed` for the quorum, 0 without one. */
export interface WallState {
  readonly total: number
  readonly counted: number
  readonly needed: number
  readonly places: readonly Place[]
}

export const OPEN = "open"

/** Stands behind the text, and under no condition. */
export function counts(place: Place): boolean {
  return place.answer !== OPEN && place.answer !== "subject_to_council"
}

export function isState(value: unknown): value is WallState {
  const state = value as Partial<WallState> | null
  return typeof state === "object" && typeof state?.counted === "number" && Array.isArray(state.places)
}

/** Places that have come to stand behind the text, oldest first. What was taken back is no news for a hall. */
export function newsOf(before: WallState, after: WallState): Place[] {
  const known = new Map(before.places.map((place) => [place.key, place.answer]))
  return byTime(
    after.places.filter((place) => place.answer !== OPEN && known.get(place.key) !== place.answer),
  )
}

/** Those that stand behind the text, in the order in which they came. */
export function signed(state: WallState): Place[] {
  return byTime(state.places.filter((place) => place.answer !== OPEN))
}

function byTime(places: Place[]): Place[] {
  return places.sort((a, b) => a.at.localeCompare(b.at))
}
