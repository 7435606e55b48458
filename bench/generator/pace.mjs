export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Calls `act(n)` `rate` times a second for `seconds`. The clock leads, not the answers: a slow server does not
 * slow its own load down. Returns the rate that was reached.
 */
export async function pace(rate, seconds, act, stop = () => false) {
  const total = Math.max(1, Math.round(rate * seconds))
  const startedAt = performance.now()
  let done = 0
  while (done < total && !stop()) {
    const due = Math.min(total, Math.floor(((performance.now() - startedAt) * rate) / 1000) + 1)
    while (done < due) act(done++)
    await sleep(1)
  }
  return done / Math.max(seconds, (performance.now() - startedAt) / 1000)
}

/** Resolves with whether `condition` came true in time. */
export async function until(condition, timeout, step = 5) {
  const end = performance.now() + timeout
  while (!condition()) {
    if (performance.now() > end) return false
    await sleep(step)
  }
  return true
}

/** Runs `start(item)` for all items, `width` at a time. */
export async function inGroups(items, width, start) {
  for (let at = 0; at < items.length; at += width) await Promise.all(items.slice(at, at + width).map(start))
}
