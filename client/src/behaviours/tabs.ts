/** Brings the tab that is open into sight where a row of tabs scrolls, in browsers whose CSS cannot
 * (`scroll-initial-target`). */
export function startTabs(page: Document): void {
  if (CSS.supports("scroll-initial-target", "nearest")) return
  for (const tab of page.querySelectorAll<HTMLElement>(".k-tabs [aria-current]")) {
    const row = tab.parentElement
    if (!row) continue
    const [inside, whole] = [tab.getBoundingClientRect(), row.getBoundingClientRect()]
    row.scrollLeft += (inside.left + inside.right - whole.left - whole.right) / 2
  }
}
