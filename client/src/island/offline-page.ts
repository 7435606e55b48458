/** Lets this page be opened again without a connection (`editor-worker.ts`). */

const SCRIPT = "/editor-worker.js"

/** To be called once the page stands: its files are known then. */
export async function keepPage(place: Location): Promise<void> {
  if (!("serviceWorker" in navigator)) return // not over plain http, not in some private windows
  try {
    await navigator.serviceWorker.register(SCRIPT, { scope: place.pathname })
    const { active } = await navigator.serviceWorker.ready
    active?.postMessage({ keep: [place.pathname, ...files(place)] })
  } catch (error) {
    console.warn("this page cannot be opened without a connection", error)
  }
}

function files(place: Location): string[] {
  const addresses = performance.getEntriesByType("resource").map(({ name }) => new URL(name))
  const own = addresses.filter(
    ({ origin, pathname }) => origin === place.origin && pathname.startsWith("/static/"),
  )
  return [...new Set(own.map(({ pathname, search }) => pathname + search))]
}
