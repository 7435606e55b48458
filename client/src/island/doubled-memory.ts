/**
 * What stands in the text twice, for the next page in the same tab: whoever loads the page anew shall not be
 * left alone with it. Ids only, no words; it goes with the tab, or when nothing is doubled any more.
 */
import type { Memory, Remembered } from "../editor/doubles/doubled"
import type { Copy } from "../editor/doubles/restored"
import { NOTES } from "../sync/local-traces"

/** What this module needs of `sessionStorage`. */
type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">

const NOTHING: Remembered = { couples: [], own: [], closed: [] }
/** Letters of one copy; it is gone through letter by letter. */
const LONGEST = 1_000_000

export class DoubledMemory implements Memory {
  private readonly key: string

  /** `text` and `person`: whose page it is; somebody else in the same tab is not concerned. */
  constructor(
    private readonly store: () => Store,
    text: string,
    person: number,
  ) {
    this.key = `${NOTES}doubled ${person} ${text}`
  }

  load(): Remembered {
    try {
      const found: unknown = JSON.parse(this.store().getItem(this.key) ?? "null")
      return isRemembered(found) ? found : NOTHING
    } catch {
      return NOTHING // a browser that keeps nothing, or something odd in it: the text is the same without
    }
  }

  keep(what: Remembered): void {
    try {
      if (what.couples.length) this.store().setItem(this.key, JSON.stringify(what))
      else this.store().removeItem(this.key)
    } catch {
      // as above
    }
  }
}

function isRemembered(found: unknown): found is Remembered {
  const { couples, own, closed } = (found ?? {}) as Partial<Remembered>
  return (
    Array.isArray(couples) &&
    couples.every(({ kept, double }) => isCopy(kept) && isCopy(double)) &&
    Array.isArray(own) &&
    own.every(Number.isSafeInteger) &&
    Array.isArray(closed) &&
    closed.every((id) => typeof id === "string")
  )
}

function isCopy({ client, clock, length, source, sure }: Copy): boolean {
  const numbers = [client, clock, length, source.client, source.clock]
  return numbers.every(Number.isSafeInteger) && length < LONGEST && typeof sure === "boolean"
}
