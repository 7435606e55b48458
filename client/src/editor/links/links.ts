/** Addresses that a link may have; the server refuses all others when a revision is fixed. */
export const LINK_SCHEMES = ["https://", "http://", "mailto:"] as const

/** Letters of an address; the server refuses longer ones. */
const MAX_LINK = 4_000

/** The address if its scheme is allowed, null otherwise. Control characters never pass. */
export function safeHref(text: string): string | null {
  const href = text.trim()
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (href.length > MAX_LINK || /[\u0000-\u0020\u007f]/.test(href)) return null
  const lower = href.toLowerCase()
  return LINK_SCHEMES.some((scheme) => lower.startsWith(scheme) && lower.length > scheme.length) ? href : null
}

/** What somebody types into the dialog: "offenburg.de" and "rathaus@lahr.de" are meant as addresses too. */
export function readHref(typed: string): string | null {
  const text = typed.trim()
  if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(text)) return safeHref(`mailto:${text}`)
  if (/^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+([/?#].*)?$/u.test(text)) return safeHref(`https://${text}`)
  return safeHref(text)
}
