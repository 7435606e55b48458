/** Threads as the server tells of them, and what the editor asks of it. The page provides the wire. */

import type { Strings } from "../../strings"

export interface Comment {
  readonly id: number
  readonly name: string
  /** Whom the author drafts for; "" for the coordination. */
  readonly municipality: string
  /** Who said it, where the author wrote it down for somebody else, and how. */
  readonly recordedFor: string
  readonly channel: string
  /** The unverified name of a participant of a workshop whose words these are; "" else. */
  readonly guest: string
  /** Who said it according to the file that the author brought; null: it came with none. */
  readonly fromFile: string | null
  readonly body: string
  /** Times as ISO 8601. */
  readonly written: string
  readonly changed: string | null
  readonly removed: boolean
  readonly own: boolean
  /** The names that it calls. */
  readonly mentioned: readonly string[]
}

export interface Thread {
  readonly key: string
  /** The words that it began with. */
  readonly quote: string
  /** Id of the suggestion that it is about; "" for a passage. */
  readonly suggestion: string
  readonly opened: string
  readonly resolved: string | null
  readonly resolvedBy: string
  /** Grows with every change of any thread. */
  readonly stamp: number
  /** One takes part in it, or is called. */
  readonly mine: boolean
  readonly comments: readonly Comment[]
}

export interface Page {
  readonly threads: readonly Thread[]
  /** To ask for changes from. */
  readonly newest: number
  readonly more: boolean
}

export type Listed = "open" | "resolved" | "changed"

export interface Names {
  readonly persons: readonly { id: number; name: string; municipality: string }[]
  readonly municipalities: readonly { ags: string; name: string }[]
  /** How somebody said it; empty for who may not write for others. */
  readonly channels: readonly { value: string; label: string }[]
}

/** What one writes. */
export interface Words {
  readonly body: string
  readonly persons: readonly number[]
  readonly municipalities: readonly string[]
  readonly recordedFor?: string
  readonly channel?: string
}

/** Each sends something and gives the thread as it is then. What the server refuses is a `Refusal`. */
export interface CommentWire {
  list(state: Listed, at: number): Promise<Page>
  names(): Promise<Names>
  open(words: Words, passage: { quote: string; suggestion: string }): Promise<Thread>
  reply(key: string, words: Words): Promise<Thread>
  settle(key: string, resolved: boolean): Promise<Thread>
  change(key: string, comment: number, words: Words): Promise<Thread>
  remove(key: string, comment: number): Promise<Thread>
  /** Called at each connection and whenever a thread has changed. */
  onChange(listener: () => void): void
}

/** With the server's sentence; "" where there was no answer. */
export class Refusal extends Error {
  override readonly name = "Refusal"
}

/** By name: the script that shows threads is a file of its own, with a class of its own. */
export function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && error.name === "Refusal"
}

/** What is left of it: a thread of removed comments is no thread any more. */
export function isEmpty({ comments }: Thread): boolean {
  return comments.every(({ removed }) => removed)
}

/** Whose words a comment holds: of who wrote it, of whom it was written down for, or of whom a file names. */
export function speakerOf({ recordedFor, municipality, fromFile, guest }: Comment, strings: Strings): string {
  if (guest) return strings.commentGuest.replace("{name}", guest)
  if (fromFile === null) return recordedFor || municipality || strings.presenceCoordination
  return strings.suggestedByFile.replace("{name}", fromFile || strings.suggestedBySomebody)
}
