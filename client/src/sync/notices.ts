/** That something of a topic has changed: the server says no more, whoever shows the topic asks for it anew. */

/** `server/sync/wire/notices.py` holds the same; a test compares the two. */
export const TOPICS = ["comments", "revisions", "sections", "batches"] as const

export type Topic = (typeof TOPICS)[number]

/** What of the topic has changed; null: anything may have. */
export type NoticeId = number | string | null

export type NoticeListener = (id: NoticeId) => void

export class NoticeListeners {
  private readonly listeners = new Map<Topic, Set<NoticeListener>>()

  add(topic: Topic, listener: NoticeListener): () => void {
    const those = this.listeners.get(topic) ?? new Set()
    this.listeners.set(topic, those.add(listener))
    return () => those.delete(listener)
  }

  call(topic: Topic, id: NoticeId): void {
    for (const listener of this.listeners.get(topic) ?? []) listener(id)
  }

  /** Notices may have been missed. */
  callAll(): void {
    for (const topic of TOPICS) this.call(topic, null)
  }

  clear(): void {
    this.listeners.clear()
  }
}

/** Null for a topic of a newer server. */
export function readNotice(json: Record<string, unknown>): { topic: Topic; id: NoticeId } | null {
  const topic = TOPICS.find((each) => each === json.topic)
  const { id } = json
  return topic ? { topic, id: typeof id === "number" || typeof id === "string" ? id : null } : null
}
