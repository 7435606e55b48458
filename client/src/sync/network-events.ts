/** What the browser says of network and page. A socket alone notices a pulled cable only after half a minute. */
import type { Provider } from "./provider"

/** Also warns before the page is left while something typed is not on the server. Returns how to end it. */
export function followBrowser(provider: Provider): () => void {
  const ending = new AbortController()
  const { signal } = ending
  window.addEventListener("offline", () => provider.goOffline(), { signal })
  window.addEventListener("online", () => provider.connect(), { signal })
  window.addEventListener(
    "beforeunload",
    (event) => {
      if (!provider.status.saved) event.preventDefault()
    },
    { signal },
  )
  if (navigator.onLine === false) provider.goOffline()
  return () => ending.abort()
}
