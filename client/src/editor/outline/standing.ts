/** How far sections are: open or agreed, and who looks after them. */
import type { Strings } from "../../strings"

export interface Standing {
  agreed: boolean
  /** It was agreed, and its words are others now. */
  changed: boolean
  /** Who looks after it, "" for nobody. */
  town: string
}

export interface StandingWire {
  /** By the sections' keys; what is not there is open. Rejects without a connection. */
  load(): Promise<Readonly<Record<string, Standing>>>
  /** Calls with each connection, too. */
  onChange(listener: () => void): void
}

/** "abgestimmt · Lahr". */
export function standingWords({ agreed, changed, town }: Standing, strings: Strings): string {
  const words = agreed ? strings.sectionAgreed : changed ? strings.sectionChanged : strings.sectionOpen
  return town ? `${words} · ${town}` : words
}
