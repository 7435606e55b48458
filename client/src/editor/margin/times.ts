/** Times of cards: short on the card, whole on pointing at it. In the page's language, by the clock of the region. */

const ZONE = "Europe/Berlin"

/** "9:12" today, "gestern", "12. April", "12.04.2026"; `full`: day and time. "" when nobody knows. */
export function timeWords(
  seconds: number | null,
  length: "short" | "full" = "short",
  now = Date.now(),
): string {
  if (seconds === null) return ""
  const { lang } = document.documentElement
  const language = lang === "en" ? "en-GB" : lang || "de" // as the pages write: 24 hours, the day first
  const at = seconds * 1000
  const write = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { timeZone: ZONE, ...options }).format(at)
  if (length === "full") return write({ dateStyle: "long", timeStyle: "short" })
  const days = dayOf(now) - dayOf(at)
  if (days === 0) return write({ hour: "numeric", minute: "2-digit" })
  if (days === 1) return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-1, "day")
  if (yearOf(at) === yearOf(now)) return write({ day: "numeric", month: "long" })
  return write({ dateStyle: "medium" })
}

export function isoTime(seconds: number | null): string {
  return seconds === null ? "" : new Date(seconds * 1000).toISOString()
}

function yearOf(time: number): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: ZONE, year: "numeric" }).format(time)
}

/** Days since 1970 in the region. */
function dayOf(time: number): number {
  return Math.floor(
    Date.parse(new Intl.DateTimeFormat("en-CA", { timeZone: ZONE }).format(time)) / 86_400_000,
  )
}
