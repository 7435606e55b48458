/** Below this width cards are a sheet and the mode stands in the toolbar; `styles/editor` has the same number. */
const NARROW = "(max-width: 70rem)"

/** Calls now and whenever the page becomes narrow or wide. */
export function followWidth(call: (narrow: boolean) => void): void {
  const query = typeof matchMedia === "function" ? matchMedia(NARROW) : null
  query?.addEventListener("change", ({ matches }) => call(matches))
  call(query?.matches ?? false)
}
