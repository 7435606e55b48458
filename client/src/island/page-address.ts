/** What stands behind "#" in the page's address: a place that a link leads to. */
import type { Address } from "../editor/lines/going"

export const pageAddress: Address = {
  get: () => location.hash,
  put: (hash) => history.replaceState(history.state, "", hash),
  follow: (call) => addEventListener("hashchange", call),
}
