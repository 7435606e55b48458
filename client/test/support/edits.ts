/** What a person does in the editor, drawn at random. Each edit inserts only characters never used before. */
import { deleteSelection, joinBackward, splitBlock } from "prosemirror-commands"
import { Fragment, type Mark, type Node, Slice } from "prosemirror-model"
import { listSuggestions, resolveDelta } from "../../src/editor/suggestions/suggestions"
import type { Kind } from "../../src/editor/text/schema"
import { blockAttrs, schema } from "../../src/editor/text/schema"
import type { Peer } from "./peer"
import type { Random } from "./random"

const KINDS: readonly [Kind, number][] = [
  ["paragraph", 0],
  ["heading", 1],
  ["heading", 2],
  ["bullet", 1],
  ["clause", 1],
  ["clause", 2],
  ["quote", 0],
]

/** Characters that are used once: every fifth takes two UTF-16 units. */
export class Alphabet {
  private count = 0

  take(length: number): string {
    return Array.from({ length }, () => this.letter(this.count++)).join("")
  }

  private letter(n: number): string {
    return n % 5 === 4 ? String.fromCodePoint(0x20000 + n) : String.fromCharCode(0x4e00 + n)
  }
}

export function makeBlock(text: string, kind: Kind = "paragraph", level = 0): Node {
  return schema.node("block", { kind, level, sug: {} }, text ? [schema.text(text)] : [])
}

/** Every place where a caret can stand. */
export function caretPlaces(doc: Node): number[] {
  const places: number[] = []
  doc.forEach((block, start) => {
    places.push(start + 1)
    block.forEach((inline, offset) => {
      let pos = start + 1 + offset
      for (const char of inline.text ?? "\u2028") {
        pos += char.length
        places.push(pos)
      }
    })
  })
  return places
}

export class Editing {
  constructor(
    private readonly random: Random,
    private readonly alphabet: Alphabet,
  ) {}

  /** Does one edit as this peer; true when it was undo or redo. */
  act(peer: Peer): boolean {
    const x = this.random.next()
    if (x < 0.3) this.insert(peer)
    else if (x < 0.4) this.erase(peer)
    else if (x < 0.51) this.split(peer)
    else if (x < 0.59) this.join(peer)
    else if (x < 0.67) this.changeKind(peer)
    else if (x < 0.71) this.changeLevel(peer)
    else if (x < 0.79) this.mark(peer)
    else if (x < 0.85) this.replace(peer)
    else if (x < 0.91) this.paste(peer)
    else if (x < 0.93) this.breakLine(peer)
    else if (x < 0.94) this.switchMode(peer)
    else if (x < 0.96) this.answer(peer)
    else this.undoOrRedo(peer)
    return x >= 0.96
  }

  private place(peer: Peer): number {
    return this.random.pick(caretPlaces(peer.pm))
  }

  private selectRange(peer: Peer, longest: number): void {
    const places = caretPlaces(peer.pm)
    const from = this.random.int(places.length)
    const to = Math.min(places.length - 1, from + 1 + this.random.int(longest))
    peer.select(places[from] ?? 1, places[to] ?? 1)
  }

  private insert(peer: Peer): void {
    peer.select(this.random.chance(0.5) ? this.place(peer) : peer.state.selection.head)
    peer.dispatch(peer.state.tr.insertText(this.alphabet.take(1 + this.random.int(3))))
  }

  private erase(peer: Peer): void {
    this.selectRange(peer, 5)
    peer.run(deleteSelection)
  }

  private split(peer: Peer): void {
    peer.select(this.place(peer))
    peer.run(splitBlock)
  }

  private join(peer: Peer): void {
    peer.select(peer.pm.resolve(this.place(peer)).start())
    peer.run(joinBackward)
  }

  private changeKind(peer: Peer): void {
    const [kind, level] = this.random.pick(KINDS)
    this.setBlock(peer, () => ({ kind, level }))
  }

  private changeLevel(peer: Peer): void {
    const level = 1 + this.random.int(3)
    this.setBlock(peer, ({ kind }) => (kind === "paragraph" || kind === "quote" ? {} : { level }))
  }

  private setBlock(peer: Peer, change: (attrs: { kind: Kind }) => object): void {
    const { $from } = peer.select(this.place(peer)).selection
    const attrs = blockAttrs($from.parent)
    peer.dispatch(peer.state.tr.setNodeMarkup($from.before(), null, { ...attrs, ...change(attrs) }))
  }

  private mark(peer: Peer): void {
    this.selectRange(peer, 8)
    const { from, to } = peer.state.selection
    const mark: Mark = this.random.pick([
      schema.mark("strong"),
      schema.mark("em"),
      schema.mark("comment", { id: `c${this.random.int(3)}` }),
      schema.mark("link", { href: `https://x.de/${this.random.int(2)}` }),
    ])
    const { tr } = peer.state
    peer.dispatch(this.random.chance(0.65) ? tr.addMark(from, to, mark) : tr.removeMark(from, to, mark))
  }

  private replace(peer: Peer): void {
    this.selectRange(peer, 12)
    peer.dispatch(peer.state.tr.insertText(this.alphabet.take(2)))
  }

  private paste(peer: Peer): void {
    peer.select(this.place(peer))
    const count = 2 + this.random.int(2)
    const blocks = Array.from({ length: count }, (_, i) => makeBlock(this.alphabet.take(2), ...pastedKind(i)))
    const open = this.random.int(2)
    peer.dispatch(peer.state.tr.replaceSelection(new Slice(Fragment.from(blocks), open, open)))
  }

  private breakLine(peer: Peer): void {
    peer.select(this.place(peer))
    peer.dispatch(peer.state.tr.replaceSelectionWith(schema.node("hard_break")))
  }

  /** Between changing the text and proposing changes. */
  private switchMode(peer: Peer): void {
    const author = { person: peer.doc.clientID, municipality: "Lahr" }
    const newId = () => `${author.person}-${this.random.int(1e9)}`
    peer.binding.proposing = peer.binding.proposing ? null : { author, newId, now: () => 1_750_000_000 }
  }

  /** Accepts or rejects somebody's suggestion. */
  private answer(peer: Peer): void {
    const list = listSuggestions(peer.pm)
    if (!list.length) return
    const { id } = this.random.pick(list)
    peer.binding.change(resolveDelta(peer.pm, [id], this.random.chance(0.5)))
  }

  private undoOrRedo(peer: Peer): void {
    if (this.random.chance(0.7)) peer.history.undo()
    else peer.history.redo()
  }
}

function pastedKind(index: number): [Kind, number] {
  return index ? ["clause", index] : ["heading", 2]
}
