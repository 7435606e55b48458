/** The server's time: what stands in a proposal must not depend on the clock of somebody's computer. */

/** Asked once, since no clock goes so wrong within one visit; until the answer is there, this computer's time. */
export function serverClock(ask: () => Promise<string | null>, here = Date.now): () => number {
  let ahead = 0
  void ask()
    .then((date) => {
      const there = Date.parse(date ?? "")
      if (!Number.isNaN(there)) ahead = there - here()
    })
    .catch(() => {}) // without a connection
  return () => Math.floor((here() + ahead) / 1000)
}

/** The date of an answer by the server itself, from no cache; the smallest file will do. */
export async function askDate(): Promise<string | null> {
  const { headers } = await fetch("/editor-worker.js", { method: "HEAD", cache: "no-store" })
  return headers.get("Date")
}
