/** Brings decisions about suggestions to the server's record, one request after the other, again until it has them. */
import type { Decision } from "../../editor/suggestions/decisions"

/** Milliseconds between two attempts. */
const AGAIN = 15_000
/** In one request, as the server takes them. */
const MOST = 100

export function decisionWire(address: string, token: string): (decisions: readonly Decision[]) => void {
  let waiting: Decision[] = []
  let sending = false
  const send = async (): Promise<void> => {
    if (sending || !waiting.length) return
    sending = true
    const batch = waiting.slice(0, MOST)
    const done = await post(address, token, batch)
    sending = false
    if (done) {
      waiting = waiting.slice(batch.length)
      void send()
    } else setTimeout(() => void send(), AGAIN)
  }
  return (decisions) => {
    waiting = [...waiting, ...decisions]
    void send()
  }
}

/** Whether it need not be sent again: the server has it, or will never take it. */
async function post(address: string, token: string, decisions: readonly Decision[]): Promise<boolean> {
  try {
    const response = await fetch(address, {
      method: "POST",
      credentials: "same-origin",
      keepalive: true, // it arrives although the page is being left
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": token },
      body: JSON.stringify({ decisions }),
    })
    return response.status < 500 && response.status !== 429
  } catch {
    return false
  }
}
