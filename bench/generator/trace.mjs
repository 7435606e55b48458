// One author's edits, [position, deleted, inserted], from a recorded trace or made up, as Yjs updates.
import fs from "node:fs"
import zlib from "node:zlib"
import * as Y from "yjs"
import { clientId, random } from "./random.mjs"
import { applyAll } from "./updates.mjs"
import { TEXT } from "./writer.mjs"

const MADE_UP = 175_000 // edits that make a text of about 105,000 characters
const WORDS = "die Gemeinden im Kreis fördern digitale Dienste für alle und prüfen sie jedes Jahr neu".split(
  " ",
)

/**
 * `trace`: a file {txns: [{patches: [[position, deleted, inserted], …]}, …], startContent?} as JSON, also
 * gzipped: the form of the public collection “editing-traces”. Without one, edits are made up.
 */
export function editsOf({ trace, edits = Number.POSITIVE_INFINITY }) {
  if (!trace) return madeUp(edits === Number.POSITIVE_INFINITY ? MADE_UP : edits)
  const bytes = fs.readFileSync(trace)
  const { txns, startContent } = JSON.parse(bytes[0] === 0x1f ? zlib.gunzipSync(bytes) : bytes)
  const start = startContent ? [[0, 0, startContent]] : []
  return [...start, ...txns.flatMap((step) => step.patches)].slice(0, edits)
}

/** Typing at a place for a while, a slip now and then, then another place; a new paragraph every 500 letters or so. */
function madeUp(count) {
  const chance = random(7)
  const edits = []
  let length = 0
  let at = 0
  let typing = ""
  while (edits.length < count) {
    if (chance() < 0.01) at = Math.floor(chance() * (length + 1))
    if (at > 0 && chance() < 0.2) {
      edits.push([--at, 1, ""])
      length--
      continue
    }
    if (!typing) typing = chance() < 0.01 ? "\n" : `${WORDS[Math.floor(chance() * WORDS.length)]} `
    edits.push([at++, 0, typing[0]])
    typing = typing.slice(1)
    length++
  }
  return edits
}

/** The edits before what the room holds (`state`: an update), each as one update, and the text they make. */
export function replayed(edits, state) {
  const doc = applyAll(new Y.Doc(), [state])
  doc.clientID = clientId()
  const text = doc.getText(TEXT)
  const updates = []
  doc.on("update", (update) => updates.push(update))
  for (const [position, deleted, inserted] of edits) {
    doc.transact(() => {
      if (deleted) text.delete(position, deleted)
      if (inserted) text.insert(position, inserted)
    })
  }
  return { updates, text: text.toString(), author: doc.clientID }
}
