/** What the browser says of network and page. A socket alone notices a pulled cable only after half a minute. */
import type { Provider } from "./provider"

/** Also warns before the page is left, unless `mayLeave` says that nothing gets lost. Returns how to end it. */
export function followBrowser(provider: Provider, mayLeave: () => boolean): () => void {
  const ending = new AbortController()
  const { signal } = ending
  window.addEventListener("offline", () => provider.goOffline(), { signal })
  window.addEventListener("online", () => provider.connect(), { signal })
  window.addEventListener(
    "beforeunload",
    (event) => {
      if (!mayLeave()) event.preventDefault()
    },
    { signal },
  )
  if (navigator.onLine === false) provider.goOffline()
  return () => ending.abort()
}
