/** A Merkle log (RFC 9162, section 2.1) with SHA-256. */
import { type Bytes, join, same, sha256 } from "../bytes"

export function leafHash(entry: Bytes): Promise<Bytes> {
  return sha256(join(Uint8Array.of(0), entry))
}

function node(left: Bytes, right: Bytes): Promise<Bytes> {
  return sha256(join(Uint8Array.of(1), left, right))
}

/** Section 2.1.3.2: does the proof lead from the leaf to the root? */
export async function includes(
  leaf: Bytes,
  index: number,
  size: number,
  proof: readonly Bytes[],
  root: Bytes,
): Promise<boolean> {
  if (!(index >= 0 && index < size)) return false
  let [at, last, value] = [index, size - 1, leaf]
  for (const sibling of proof) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      value = await node(sibling, value)
      while (at % 2 === 0 && at > 0) [at, last] = [at / 2, Math.floor(last / 2)]
    } else {
      value = await node(value, sibling)
    }
    at = Math.floor(at / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && same(value, root)
}
