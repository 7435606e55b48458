/** Comments over HTTP; that something has changed comes over the room's socket. */
import { type CommentWire, Refusal } from "../../editor/comments/threads"
import type { Provider } from "../../sync/provider"

/** `base`: the address of the declaration's comments; `token` proves that the request comes from this page. */
export function commentWire(base: string, token: string, provider: Pick<Provider, "onNotice">): CommentWire {
  const ask = <T>(path: string) => request<T>(base + path, { headers: { Accept: "application/json" } })
  const send = <T>(path: string, fields: object = {}) =>
    request<T>(base + path, {
      method: "POST",
      body: JSON.stringify(fields),
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": token },
    })
  const at = (key: string) => `/${encodeURIComponent(key)}`
  return {
    list: (state, stamp) => ask(`?state=${state}&at=${stamp}`),
    names: () => ask("/names"),
    open: (words, { quote, suggestion }) => send("", { ...words, quote, suggestion }),
    reply: (key, words) => send(at(key), words),
    settle: (key, resolved) => send(`${at(key)}/${resolved ? "resolve" : "reopen"}`),
    change: (key, comment, words) => send(`${at(key)}/${comment}`, words),
    remove: (key, comment) => send(`${at(key)}/${comment}/remove`),
    onChange: (listener) => void provider.onNotice("comments", listener),
  }
}

/** Throws Refusal, with the server's sentence where there was an answer. */
async function request<T>(address: string, options: RequestInit): Promise<T> {
  let response: Response
  try {
    response = await fetch(address, { ...options, credentials: "same-origin", cache: "no-store" })
  } catch {
    throw new Refusal("")
  }
  const json: unknown = await response.json().catch(() => null)
  if (!response.ok || json === null) {
    const { error } = (json ?? {}) as { error?: { message?: string } }
    throw new Refusal(error?.message ?? "")
  }
  return json as T
}
