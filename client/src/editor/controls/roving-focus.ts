/** Keeps exactly one of the controls reachable with Tab and moves the focus among them with arrow keys. */

/** False when the key does not move the focus. Without a key, only sets up who is reachable. */
export function moveFocus(controls: readonly HTMLElement[], key: string | null): boolean {
  const focused = controls.findIndex((control) => control.matches(":focus"))
  const next = key === null ? 0 : destination(key, Math.max(0, focused), controls.length)
  if (next === null) return false
  controls.forEach((control, i) => {
    control.tabIndex = i === next ? 0 : -1
  })
  if (key !== null) controls[next]?.focus()
  return true
}

function destination(key: string, from: number, count: number): number | null {
  switch (key) {
    case "ArrowRight":
      return (from + 1) % count
    case "ArrowLeft":
      return (from + count - 1) % count
    case "Home":
      return 0
    case "End":
      return count - 1
    default:
      return null
  }
}
