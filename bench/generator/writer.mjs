// Texts to begin with, and people who type into them.
import * as Y from "yjs"
import { clientId } from "./random.mjs"
import { applyAll } from "./updates.mjs"

export const TEXT = "text"
const LINES = 200
const WIDTH = 60
const FILLING = "gemeinsam schreiben, beschließen und unterzeichnen im Kreis ".repeat(2)

/** `lines` lines above what the room already holds (`state`: an update). Only `update` is new to the server. */
export function startingText(state, lines = LINES) {
  const doc = applyAll(new Y.Doc(), [state])
  doc.clientID = clientId()
  const known = Y.encodeStateVector(doc)
  const content = Array.from({ length: lines }, (_, line) => oneLine(line)).join("")
  doc.getText(TEXT).insert(0, content)
  return { update: Y.encodeStateAsUpdate(doc, known), whole: Y.encodeStateAsUpdate(doc), lines }
}

/** Words of five letters; a new line now and then, since the room bounds how long one becomes. */
function typed(key) {
  if (key % 600 === 599) return "\n"
  return key % 6 === 5 ? " " : String.fromCharCode(97 + (key % 26))
}

const oneLine = (line) => `${`${String(line).padStart(4, "0")} ${FILLING}`.slice(0, WIDTH - 1)}\n`

/** Somebody who types one character after the other into a line of their own. */
export class Writer {
  constructor(base, number, client) {
    this.number = number
    this.client = client
    this.id = clientId()
    this.doc = applyAll(new Y.Doc(), [base.whole])
    this.doc.clientID = this.id
    this.text = this.doc.getText(TEXT)
    this.position = (number % base.lines) * WIDTH + 5
    this.updates = []
    this.sentAt = []
    this.doc.on("update", (update) => this.updates.push(update))
  }

  get sent() {
    return this.sentAt.length
  }

  /** Makes `count` updates beforehand: making them is not what is measured. */
  prepare(count) {
    while (this.updates.length < count) {
      const key = this.updates.length
      this.text.insert(this.position++, typed(key))
    }
  }

  send() {
    this.prepare(this.sent + 1)
    const update = this.updates[this.sent]
    this.sentAt.push(performance.now())
    this.client.send(update)
  }
}
