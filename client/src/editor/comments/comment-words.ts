/** The words of a comment: the names that it calls stand out, line breaks stay. */
import { element } from "../../dom"
import type { Comment } from "./threads"

export function bodyDom({ body, mentioned }: Comment): HTMLElement {
  const parts = splitNames(body, mentioned).map(({ text, isName }) =>
    isName ? element("strong", { class: "ke-mention" }, text) : text,
  )
  return element("p", { class: "ke-thread__body", dir: "auto" }, ...parts)
}

export interface Piece {
  text: string
  isName: boolean
}

/** Longer names first: "@Lahr/Schwarzwald" is not "@Lahr". */
export function splitNames(body: string, names: readonly string[]): Piece[] {
  const called = names.map((name) => `@${name}`).sort((a, b) => b.length - a.length)
  const pieces: Piece[] = []
  let plain = ""
  for (let at = 0; at < body.length; ) {
    const name = body[at] === "@" ? called.find((each) => body.startsWith(each, at)) : undefined
    if (name) {
      if (plain) pieces.push({ text: plain, isName: false })
      pieces.push({ text: name, isName: true })
      plain = ""
      at += name.length
    } else plain += body.charAt(at++)
  }
  if (plain) pieces.push({ text: plain, isName: false })
  return pieces
}
