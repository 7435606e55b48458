/** How far sections are, over HTTP; that something has changed comes over the room's socket. */
import type { Standing, StandingWire } from "../../editor/outline/standing"
import type { Provider } from "../../sync/provider"

export function sectionWire(address: string, provider: Pick<Provider, "onNotice">): StandingWire {
  return {
    async load() {
      if (!address) return {} // a translation has none
      const headers = { Accept: "application/json" }
      const response = await fetch(address, { credentials: "same-origin", cache: "no-store", headers })
      if (!response.ok) throw new Error(String(response.status))
      return ((await response.json()) as { sections: Record<string, Standing> }).sections
    },
    onChange: (listener) => void provider.onNotice("sections", listener),
  }
}
