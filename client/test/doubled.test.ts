// @vitest-environment jsdom
/** The notice that words stand in the text twice. */
import { EditorState } from "prosemirror-state"
import { EditorView } from "prosemirror-view"
import { beforeEach, describe, expect, test, vi } from "vitest"
import * as Y from "yjs"
import { Doubled } from "../src/editor/doubles/doubled"
import { YTextBinding } from "../src/editor/text/binding"
import { UndoHistory } from "../src/editor/text/undo"
import { DoubledMemory } from "../src/island/doubled-memory"
import { readStrings } from "../src/strings"
import type { Participant } from "../src/sync/presence"
import { TEXT } from "./extreme-histories"
import { Peer } from "./support/peer"

const ANNA: Participant = { person: 1, name: "Anna Apfel", municipality: "Offenburg" }
const BEN: Participant = { person: 2, name: "Ben Birke", municipality: "Lahr" }
const [ANNAS, BENS] = [10, 20]

/** What Anna's tab keeps from one page to the next. */
const tab = new Map<string, string>()
const storage = {
  getItem: (key: string) => tab.get(key) ?? null,
  setItem: (key: string, value: string) => void tab.set(key, value),
  removeItem: (key: string) => void tab.delete(key),
}

/** Ben writes with a program that does not take copies back. */
function benAlone(): Peer {
  const ben = new Peer(BENS, null)
  ben.history.restoredTwice.destroy()
  ben.ytext.applyDelta(TEXT)
  return ben
}

/** Anna's window. */
function open(owners: Record<number, Participant>, ben = benAlone(), client = ANNAS) {
  const doc = new Y.Doc()
  doc.clientID = client
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(ben.doc))
  const binding = new YTextBinding(doc.getText("text"))
  const history = new UndoHistory(binding, 0)
  const view: EditorView = new EditorView(document.body, {
    state: EditorState.create({ doc: binding.doc }),
    dispatchTransaction: binding.dispatch,
  })
  binding.attach(view)
  const ownerOf = (client: number) => owners[client] ?? null
  const memory = new DoubledMemory(() => storage, "erklaerung", 1)
  const strings = readStrings({})
  const doubled = new Doubled(view, binding, history, strings, { person: 1, ownerOf, memory })
  doubled.recall()
  doubled.setEditable(true)
  document.body.append(doubled.dom)
  const meet = () => {
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(ben.doc))
    Y.applyUpdate(ben.doc, Y.encodeStateAsUpdate(doc))
  }
  return { ben, binding, history, view, doubled, meet, text: () => binding.ytext.toString() }
}

/** Both delete the same letters and bring them back. */
function bringBackTwice({ ben, history, view, meet }: ReturnType<typeof open>): void {
  for (const [peer, undo] of [
    [view, history.undo],
    [ben, ben.history.undo],
  ] as const) {
    peer.dispatch(peer.state.tr.delete(3, 6))
    undo()
  }
  meet()
}

/** The same window after a reload: nobody tells any more that the client id before was Anna's. */
function reload({ ben }: ReturnType<typeof open>): ReturnType<typeof open> {
  document.body.replaceChildren()
  return open({ [BENS]: BEN }, ben, ANNAS + 1)
}

function said(): string {
  return document.querySelector("[role=status]")?.textContent ?? ""
}

function press(label: string): void {
  const buttons = [...document.querySelectorAll<HTMLButtonElement>(".ke-doubled button:not([hidden])")]
  const found = buttons.find(({ textContent }) => textContent === label)
  if (!found) throw new Error(`there is no button ${label}`)
  found.focus()
  found.click()
}

beforeEach(() => {
  vi.useFakeTimers()
  tab.clear()
  document.body.replaceChildren()
  document.elementFromPoint = () => null // jsdom has no layout
  Range.prototype.getClientRects = () => [] as unknown as DOMRectList
  Range.prototype.getBoundingClientRect = () => new DOMRect()
})

describe("words that two people brought back", () => {
  test("are named after a moment, with the other's name", () => {
    const page = open({ [ANNAS]: ANNA, [BENS]: BEN })
    bringBackTwice(page)
    expect(page.text()).toContain("abcdecdef")
    expect(said()).toBe("")
    vi.runAllTimers()
    expect(said()).toContain("“cde”. You and Ben Birke, Lahr both brought")
    expect(document.activeElement).toBe(document.body)
  })

  test("are named when nobody knows whose the other copy is, and when it was oneself in another window", () => {
    bringBackTwice(open({}))
    vi.runAllTimers()
    expect(said()).toContain("You and somebody else both")
    document.body.replaceChildren()
    bringBackTwice(open({ [ANNAS]: ANNA, [BENS]: ANNA }))
    vi.runAllTimers()
    expect(said()).toContain("You brought this passage back twice")
  })

  test("are nobody else's concern", () => {
    const page = open({ [ANNAS]: ANNA, [BENS]: BEN })
    const carl = new Peer(30, Y.encodeStateAsUpdate(page.ben.doc))
    carl.history.restoredTwice.destroy()
    for (const peer of [page.ben, carl]) {
      peer.dispatch(peer.state.tr.delete(3, 6))
      peer.history.undo()
    }
    Y.applyUpdate(page.ben.doc, Y.encodeStateAsUpdate(carl.doc))
    page.meet()
    vi.runAllTimers()
    expect(page.text()).toContain("abcdecdef")
    expect(said()).toBe("")
  })

  test("are no longer named once a copy is gone, whoever removes it", () => {
    const page = open({})
    bringBackTwice(page)
    vi.runAllTimers()
    page.ben.dispatch(page.ben.state.tr.delete(3, 6))
    page.meet()
    vi.runAllTimers()
    expect(said()).toBe("")
  })

  test("are shown by a button, both copies selected", () => {
    const page = open({})
    bringBackTwice(page)
    vi.runAllTimers()
    press("Show in the text")
    const { from, to } = page.view.state.selection
    expect(page.view.state.doc.textBetween(from, to)).toBe("cdecde")
    expect(page.view.hasFocus()).toBe(true)
  })

  test("are there once after another button, which can be undone", () => {
    const page = open({})
    bringBackTwice(page)
    vi.runAllTimers()
    press("Remove one of the two")
    expect(page.text()).toContain("abcdef")
    expect(said()).toBe("")
    expect(page.view.hasFocus()).toBe(true)
    page.history.undo()
    expect(page.text()).toContain("abcdecdef")
    vi.runAllTimers()
    expect(said()).not.toBe("")
  })

  test("are proposed to go while one suggests, and that is enough", () => {
    const page = open({})
    bringBackTwice(page)
    vi.runAllTimers()
    page.binding.proposing = { author: { person: 1, municipality: "" }, now: () => 0, newId: () => "a" }
    press("Remove one of the two")
    expect(page.text()).toContain("abcdecdef")
    expect(page.view.dom.querySelector("del")?.textContent).toBe("cde")
    expect(said()).toBe("")
  })

  test("cannot be removed by readers, and are named no more once the notice is closed", () => {
    const page = open({})
    bringBackTwice(page)
    vi.runAllTimers()
    page.doubled.setEditable(false)
    expect(() => press("Remove one of the two")).toThrow()
    press("Close this notice")
    expect(said()).toBe("")
    page.ben.type("x")
    page.meet()
    vi.runAllTimers()
    expect(said()).toBe("")
  })
})

describe("after the page was loaded anew", () => {
  function doubledThenReloaded(): ReturnType<typeof open> {
    const page = open({ [BENS]: BEN })
    bringBackTwice(page)
    return reload(page)
  }

  test("they are named as before", () => {
    doubledThenReloaded()
    vi.runAllTimers()
    expect(said()).toContain("“cde”. You and Ben Birke, Lahr both brought")
  })

  test("one of them can be removed; undoing that is told, and nothing is kept while all is well", () => {
    const page = doubledThenReloaded()
    vi.runAllTimers()
    press("Remove one of the two")
    expect(page.text()).toContain("abcdef")
    vi.runAllTimers()
    expect(tab.size).toBe(0)
    page.history.undo()
    vi.runAllTimers()
    expect(said()).toContain("“cde”")
  })

  test("what was closed stays closed", () => {
    const page = open({})
    bringBackTwice(page)
    vi.runAllTimers()
    press("Close this notice")
    reload(page)
    vi.runAllTimers()
    expect(said()).toBe("")
  })

  test("nothing is named that somebody removed meanwhile, and then nothing is kept", () => {
    const page = open({ [BENS]: BEN })
    bringBackTwice(page)
    page.ben.dispatch(page.ben.state.tr.delete(3, 6))
    reload(page)
    vi.runAllTimers()
    expect([said(), tab.size]).toEqual(["", 0])
  })

  test.each([
    "",
    "[]",
    "{}",
    "not even JSON",
    '{"couples":[{"kept":null}],"own":[],"closed":[]}',
    '{"couples":[{"kept":{"client":1,"clock":0,"length":1e99,"source":{"client":1,"clock":0},"sure":true}}]}',
  ])("what it does not understand is passed over: %s", (odd) => {
    tab.set("kraftakt-doubled 1 erklaerung", odd)
    const page = open({ [BENS]: BEN })
    bringBackTwice(page)
    vi.runAllTimers()
    expect(said()).toContain("“cde”")
  })

  test("a browser that keeps nothing loses the notice and nothing else", () => {
    const denied = () => {
      throw new DOMException("denied", "SecurityError")
    }
    const memory = new DoubledMemory(denied, "erklaerung", 1)
    memory.keep({ couples: [], own: [], closed: [] })
    expect(memory.load().couples).toEqual([])
  })
})
