/** Random numbers in [0, 1) from a seed (mulberry32): the same load for every server and repetition. */
export function random(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

let given = 0

/** A Yjs client id that this process has not used yet. */
export const clientId = () => 1_000_003 + given++ * 7919
