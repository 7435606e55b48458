/**
 * Service worker of the editor's page: without a connection the page and the files it is made of come from
 * a cache. It answers for nothing else: each editor page registers it for its own address only.
 *
 * Online, the page always comes from the server; when the server refuses it (signed out, no right, gone),
 * the copy goes.
 */
import { PAGE_CACHE } from "./sync/page-cache"

const worker = self as unknown as ServiceWorkerGlobalScope

worker.addEventListener("install", () => void worker.skipWaiting())
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()))

worker.addEventListener("message", (event) => {
  const { keep } = (event.data ?? {}) as { keep?: string[] }
  if (keep) event.waitUntil(keepFiles(keep))
})

worker.addEventListener("fetch", (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== "GET" || url.origin !== worker.location.origin) return
  if (request.mode === "navigate") event.respondWith(page(request, url.pathname))
  else if (url.pathname.startsWith("/static/")) event.respondWith(file(request))
})

async function page(request: Request, path: string): Promise<Response> {
  const cache = await caches.open(PAGE_CACHE)
  const answer = await fetch(request).catch(() => Response.error())
  const unreachable = answer.type === "error" || answer.status >= 500 // also a proxy without a server behind it
  if (unreachable) return (await cache.match(path)) ?? answer
  if (answer.ok && answer.type === "basic") await cache.put(path, answer.clone())
  else await cache.delete(path)
  return answer
}

/** An address with a hash never changes its content; without a connection an older one is better than none. */
async function file(request: Request): Promise<Response> {
  const cache = await caches.open(PAGE_CACHE)
  const copy = await cache.match(request)
  if (copy) return copy
  try {
    return await fetch(request)
  } catch (error) {
    const older = await cache.match(request, { ignoreSearch: true })
    if (older) return older
    throw error
  }
}

/** Fetches what is not there yet; older editions of the same files go. */
async function keepFiles(addresses: string[]): Promise<void> {
  const cache = await caches.open(PAGE_CACHE)
  for (const address of addresses) {
    if (await cache.match(address)) continue
    const answer = await fetch(address)
    if (!answer.ok || answer.redirected) continue
    await cache.delete(address, { ignoreSearch: true })
    await cache.put(address, answer)
  }
}
