/** Batches over HTTP; that something has changed comes over the room's socket. */
import type { BatchWire, KnownBatches } from "../../editor/batches/batches"
import type { Provider } from "../../sync/provider"

/** `list`: address of what the editor knows of batches; `base`: of the page of private drafts. */
export function batchWire(
  list: string,
  base: string,
  token: string,
  provider: Pick<Provider, "onNotice">,
): BatchWire {
  const accept = { Accept: "application/json" }
  return {
    async load() {
      if (!list) return { batches: [], mayPutOff: false } // a translation has none
      const response = await fetch(list, { credentials: "same-origin", cache: "no-store", headers: accept })
      if (!response.ok) throw new Error(String(response.status))
      return (await response.json()) as KnownBatches
    },
    async putOff(id, off) {
      await fetch(`${base}/${id}/${off ? "put-off" : "take-up"}`, {
        method: "POST",
        credentials: "same-origin",
        redirect: "manual",
        headers: { ...accept, "Content-Type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams({ csrf: token }),
      })
    },
    onChange: (listener) => void provider.onNotice("batches", listener),
  }
}
