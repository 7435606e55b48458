/** null when there is nothing to take it of. */
export function median(values) {
  const sorted = values
    .filter((value) => typeof value === "number" && Number.isFinite(value))
    .sort((a, b) => a - b)
  if (!sorted.length) return null
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** The runs of one scenario by peer, in the order in which they were made. */
export function byPeer(rows, scenario) {
  const groups = new Map()
  for (const row of rows.filter((each) => each.scenario === scenario)) {
    groups.set(row.peer, [...(groups.get(row.peer) ?? []), row])
  }
  return groups
}

/** Median of a figure over the runs that went well; null without one. */
export const figure = (rows, key) => median((rows ?? []).filter((row) => row.ok).map((row) => row[key]))
