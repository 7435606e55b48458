// @vitest-environment jsdom
import { EditorState, TextSelection } from "prosemirror-state"
import { EditorView } from "prosemirror-view"
import { beforeEach, describe, expect, test, vi } from "vitest"
import { formatting } from "../src/editor/controls/formatting"
import { inputRulesPlugins } from "../src/editor/controls/input-rules"
import { keymapPlugin } from "../src/editor/controls/keymap"
import { undoing } from "../src/editor/controls/undoing"
import type { Editor, Keys } from "../src/editor/feature"
import { toBlocks } from "../src/editor/text/projection"
import { type Kind, schema } from "../src/editor/text/schema"
import { readStrings } from "../src/strings"

const history = { undo: vi.fn(() => false), redo: vi.fn(() => false) }
const features = [formatting, undoing].map((make) =>
  make({ history, strings: readStrings({}) } as unknown as Editor),
)

let view: EditorView
type Block = [text: string, kind: Kind, level: number]

function show(...blocks: Block[]): void {
  showWith(
    features.map(({ keys }) => keys ?? {}),
    ...blocks,
  )
}

function showWith(keys: readonly Keys[], ...blocks: Block[]): void {
  const nodes = blocks.map(([text, kind, level]) =>
    schema.node("block", { kind, level, sug: {} }, text ? [schema.text(text)] : []),
  )
  const plugins = [...inputRulesPlugins(), keymapPlugin(keys)]
  view = new EditorView(document.createElement("div"), {
    state: EditorState.create({ doc: schema.node("doc", null, nodes), plugins }),
  })
}

function caret(pos: number, head = pos): void {
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, pos, head)))
}

/** Whether the editor took the key for itself. */
function press(key: string, modifiers: KeyboardEventInit = {}): boolean {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...modifiers })
  return view.someProp("handleKeyDown", (handle) => handle(view, event)) === true
}

function typed(text: string): void {
  for (const char of text) {
    const { from, to } = view.state.selection
    const insert = () => view.state.tr.insertText(char, from, to)
    if (!view.someProp("handleTextInput", (handle) => handle(view, from, to, char, insert)))
      view.dispatch(insert())
  }
}

function outline(): string {
  return toBlocks(view.state.doc)
    .map(({ kind, level, runs }) => `${kind}${level || ""}[${runs.map((run) => run.t).join("")}]`)
    .join(" ")
    .replaceAll("\u2028", "⏎")
}

beforeEach(() => vi.clearAllMocks())

describe("Enter", () => {
  test("after a heading begins a paragraph", () => {
    show(["Titel", "heading", 1])
    caret(6)
    press("Enter")
    expect(outline()).toBe("heading1[Titel] paragraph[]")
  })

  test("inside a heading makes two", () => {
    show(["Titel", "heading", 1])
    caret(3)
    press("Enter")
    expect(outline()).toBe("heading1[Ti] heading1[tel]")
  })

  test("before a heading makes room above it", () => {
    show(["Titel", "heading", 1])
    caret(1)
    press("Enter")
    expect(outline()).toBe("paragraph[] heading1[Titel]")
  })

  test("after a clause begins the next of the same level", () => {
    show(["Wir", "clause", 2])
    caret(4)
    press("Enter")
    expect(outline()).toBe("clause2[Wir] clause2[]")
  })

  test("in an empty clause goes up level by level and then to a paragraph", () => {
    show(["", "clause", 2])
    caret(1)
    press("Enter")
    expect(outline()).toBe("clause1[]")
    press("Enter")
    expect(outline()).toBe("paragraph[]")
    press("Enter")
    expect(outline()).toBe("paragraph[] paragraph[]")
  })

  test("with Shift breaks the line only", () => {
    show(["ab", "clause", 1])
    caret(2)
    press("Enter", { shiftKey: true })
    expect(outline()).toBe("clause1[a⏎b]")
  })
})

describe("Backspace at a block's start", () => {
  test.each<[Kind, number]>([
    ["clause", 2],
    ["bullet", 1],
    ["heading", 3],
    ["quote", 0],
  ])("makes a %s a paragraph first, then joins it with the block before", (kind, level) => {
    show(["a", "paragraph", 0], ["b", kind, level])
    caret(4)
    press("Backspace")
    expect(outline()).toBe("paragraph[a] paragraph[b]")
    press("Backspace")
    expect(outline()).toBe("paragraph[ab]")
  })
})

describe("Tab", () => {
  test("changes the level of all selected clauses and bullets within its limits", () => {
    show(["a", "clause", 1], ["b", "bullet", 3], ["c", "paragraph", 0])
    caret(1, 8)
    expect(press("Tab")).toBe(true)
    expect(outline()).toBe("clause2[a] bullet3[b] paragraph[c]")
    expect(press("Tab", { shiftKey: true })).toBe(true)
    expect(outline()).toBe("clause1[a] bullet2[b] paragraph[c]")
  })

  test("leaves the editor from a paragraph", () => {
    show(["a", "paragraph", 0])
    expect(press("Tab")).toBe(false)
  })

  test("leaves the editor after Escape, and only then", () => {
    show(["a", "clause", 1])
    press("Escape")
    expect(press("Tab")).toBe(false)
    press("Escape")
    press("ArrowLeft")
    expect(press("Tab")).toBe(true)
  })
})

describe("shortcuts", () => {
  const ctrl = { ctrlKey: true }

  test("make text bold and italic", () => {
    show(["ab", "paragraph", 0])
    caret(1, 3)
    press("b", ctrl)
    press("i", ctrl)
    expect(toBlocks(view.state.doc)[0]?.runs).toEqual([{ t: "ab", m: { em: true, strong: true } }])
  })

  test("undo and redo belong to us even when there is nothing to undo", () => {
    show(["ab", "paragraph", 0])
    expect(press("z", ctrl)).toBe(true)
    expect(press("y", ctrl)).toBe(true)
    expect(history.undo).toHaveBeenCalledOnce()
    expect(history.redo).toHaveBeenCalledOnce()
  })

  test("of features come before the text's own, in the features' order, until one acts", () => {
    const asked: string[] = []
    const key = (name: string, acts: boolean): Keys => ({
      Enter: () => {
        asked.push(name)
        return acts
      },
    })
    showWith([key("first", false), key("second", false)], ["ab", "paragraph", 0])
    caret(2)
    press("Enter")
    expect(asked).toEqual(["first", "second"])
    expect(outline()).toBe("paragraph[a] paragraph[b]")
    showWith([key("third", true), key("never", true)], ["ab", "paragraph", 0])
    press("Enter")
    expect(asked).toEqual(["first", "second", "third"])
    expect(outline()).toBe("paragraph[ab]")
  })
})

describe("signs at the start of a paragraph", () => {
  test.each([
    ["1. ", "clause1[x]"],
    ["- ", "bullet1[x]"],
    ["# ", "heading1[x]"],
    ["### ", "heading3[x]"],
    ["> ", "quote[x]"],
    ["2. ", "paragraph[2. x]"],
  ])("%s makes %s", (signs, expected) => {
    show(["", "paragraph", 0])
    caret(1)
    typed(`${signs}x`)
    expect(outline()).toBe(expected)
  })

  test("are ordinary text in a heading", () => {
    show(["", "heading", 1])
    caret(1)
    typed("1. x")
    expect(outline()).toBe("heading1[1. x]")
  })

  test.each([
    ["1. Januar ", "paragraph[1. Januar ]"],
    ["1. März 2027", "paragraph[1. März 2027]"],
    ["1. Mai, ab dann", "paragraph[1. Mai, ab dann]"],
    ["1. Maibäume ", "clause1[Maibäume ]"],
    ["1. Wir ", "clause1[Wir ]"],
    ["1. Ab Januar ", "clause1[Ab Januar ]"],
  ])("a date is not taken for a clause: %s", (keys, expected) => {
    show(["", "paragraph", 0])
    caret(1)
    typed(keys)
    expect(outline()).toBe(expected)
  })

  test("a month takes back only the clause that was typed just now", () => {
    show(["", "clause", 1])
    caret(1)
    typed("Mai ")
    expect(outline()).toBe("clause1[Mai ]")
  })
})

test("keys that need no selection act before anything has the focus, the others only in the text", () => {
  const [go, bold] = [vi.fn(() => true), vi.fn(() => true)]
  const plugins = [keymapPlugin([{ "Mod-g": go, "Mod-b": bold }], ["Mod-g"])]
  const shown = new EditorView(document.createElement("div"), {
    state: EditorState.create({ schema, plugins }),
  })
  const press = (key: string) => {
    const event = new KeyboardEvent("keydown", { key, ctrlKey: true, bubbles: true, cancelable: true })
    document.body.dispatchEvent(event)
    return event.defaultPrevented
  }
  expect([press("g"), press("b")]).toEqual([true, false])
  shown.destroy()
  expect([press("g"), go.mock.calls.length, bold.mock.calls.length]).toEqual([false, 1, 0])
})
