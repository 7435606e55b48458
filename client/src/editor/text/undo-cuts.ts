/** Where one step of undoing ends and the next begins: at words, and where one does something else. */
import type { Op } from "../deltas/delta-writer"

type Doing = "typing" | "deleting" | "other"

interface Edit {
  doing: Doing
  from: number
  text: string
  cut: number
}

export class UndoCuts {
  private last: Doing = "other"
  /** Where the last edit ended: index of the Y.Text. */
  private end = 0
  private letter = ""

  /** Tells, before an edit is written, whether it is undone apart from the one before. */
  before(delta: readonly Op[]): boolean {
    const edit = readEdit(delta)
    const goesOn = edit.doing === this.last && this.follows(edit)
    const typedOver = isLetter(edit.text) && edit.doing === "other" // what is typed next belongs to it
    this.last = typedOver ? "typing" : edit.doing
    this.end = edit.from + edit.text.length
    this.letter = edit.text.slice(-1)
    return !goesOn
  }

  private follows({ doing, from, text, cut }: Edit): boolean {
    if (doing === "deleting") return Math.abs(from - this.end) <= cut
    const beginsWord = /\s/.test(this.letter) && !/\s/.test(text)
    return doing === "typing" && from === this.end && !beginsWord
  }
}

/** One letter in or one out, as keys do; anything else stands for itself. */
function readEdit(delta: readonly Op[]): Edit {
  const [head] = delta
  const from = head?.retain && !head.attributes ? head.retain : 0
  const [op, ...more] = from ? delta.slice(1) : delta
  const text = op?.insert ?? ""
  const cut = op?.delete ?? (isStriking(op) ? (op?.retain ?? 0) : 0)
  if (!more.length && isLetter(text)) return { doing: "typing", from, text, cut: 0 }
  if (!more.length && cut > 0 && cut <= 2) return { doing: "deleting", from, text: "", cut }
  return { doing: "other", from, text, cut }
}

/** While suggesting, what would go is struck out. */
function isStriking(op: Op | undefined): boolean {
  const keys = Object.keys(op?.attributes ?? {})
  return keys.length > 0 && keys.every((key) => key.startsWith("del:"))
}

function isLetter(text: string): boolean {
  return [...text].length === 1 && text !== "\n"
}
