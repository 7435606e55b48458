/** Ranges of an old and a new flat text that stand for each other. Indices are UTF-16 units. */
export interface Hunk {
  oldFrom: number
  oldTo: number
  newFrom: number
  newTo: number
}

export function isEmpty(hunk: Hunk): boolean {
  return hunk.oldFrom === hunk.oldTo && hunk.newFrom === hunk.newTo
}

function isHigh(text: string, index: number): boolean {
  return index >= 0 && index < text.length && (text.charCodeAt(index) & 0xfc00) === 0xd800
}

function isLow(text: string, index: number): boolean {
  return index >= 0 && index < text.length && (text.charCodeAt(index) & 0xfc00) === 0xdc00
}

/** Drops what both sides have in common at both ends. Never cuts a surrogate pair: Yjs would spoil the halves. */
export function trim(old: string, now: string, hunk: Hunk): Hunk {
  let { oldFrom, oldTo, newFrom, newTo } = hunk
  while (oldFrom < oldTo && newFrom < newTo && old[oldFrom] === now[newFrom]) {
    oldFrom++
    newFrom++
  }
  while (oldFrom < oldTo && newFrom < newTo && old[oldTo - 1] === now[newTo - 1]) {
    oldTo--
    newTo--
  }
  if (oldFrom === oldTo && newFrom === newTo) return { oldFrom, oldTo, newFrom, newTo }
  if (isHigh(old, oldFrom - 1) && (isLow(old, oldFrom) || isLow(now, newFrom))) {
    oldFrom--
    newFrom--
  }
  if (isLow(old, oldTo) && (isHigh(old, oldTo - 1) || isHigh(now, newTo - 1))) {
    oldTo++
    newTo++
  }
  return { oldFrom, oldTo, newFrom, newTo }
}
