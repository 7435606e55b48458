// @vitest-environment jsdom
/** Passages and what goes along with them, threads that are known here, names in the words. */
import type { Slice } from "prosemirror-model"
import { describe, expect, test } from "vitest"
import * as Y from "yjs"
import { bodyDom, splitNames } from "../src/editor/comments/comment-words"
import { keepOwn } from "../src/editor/comments/highlights"
import { begunName, MentionBox, matching } from "../src/editor/comments/mention-box"
import {
  chosenPassage,
  markPassage,
  Passages,
  placeOfWords,
  whole,
  wordsOf,
} from "../src/editor/comments/passages"
import { ThreadStore } from "../src/editor/comments/store"
import type { Comment, Listed, Page, Thread } from "../src/editor/comments/threads"
import { schema } from "../src/editor/text/schema"
import { readStrings } from "../src/strings"
import { type Peer, peersOf } from "./support/peer"

const TEXT = [
  { insert: "Wir bauen Netze aus." },
  { insert: "\n", attributes: { b: "paragraph:0" } },
  { insert: "Wir handeln." },
  { insert: "\n", attributes: { b: "clause:1" } },
]

function marked(peer: Peer, key: string): string[] {
  return (new Passages().all(peer.pm).get(key) ?? []).map((each) => wordsOf(peer.pm, each))
}

function mark(peer: Peer, words: string, key = "c1"): void {
  const from = peer.find(words)
  markPassage(peer.ytext, peer.pm, { from, to: from + words.length }, key)
}

function two(): [Peer, Peer] {
  return peersOf(TEXT, 2) as [Peer, Peer]
}

function exchange(a: Peer, b: Peer): void {
  Y.applyUpdate(b.doc, Y.encodeStateAsUpdate(a.doc, Y.encodeStateVector(b.doc)), "wire")
  Y.applyUpdate(a.doc, Y.encodeStateAsUpdate(b.doc, Y.encodeStateVector(a.doc)), "wire")
}

describe("a passage", () => {
  test("is there for others, and is no edit that could be undone", () => {
    const [a, b] = two()
    mark(a, "Netze")
    exchange(a, b)
    expect(marked(b, "c1")).toEqual(["Netze"])
    expect(a.history.canUndo).toBe(false)
  })

  test("takes in what is written within it, nothing beside it", () => {
    const [a, b] = two()
    mark(a, "bauen Netze")
    a.select(a.find("Netze"))
    a.type("gute ")
    a.select(a.find("bauen"))
    a.type("sehr ")
    a.select(a.find("Netze", 5))
    a.type(" bald")
    exchange(a, b)
    expect(marked(b, "c1")).toEqual(["bauen gute Netze"])
    expect(b.pm.textContent).toContain("sehr bauen gute Netze bald aus")
  })

  test("over several blocks is one place", () => {
    const [a] = two()
    markPassage(a.ytext, a.pm, { from: a.find("aus"), to: a.find("handeln") }, "c1")
    expect(marked(a, "c1")).toEqual(["aus.", "Wir "])
    const place = whole(new Passages().all(a.pm).get("c1") ?? [])
    expect(place && wordsOf(a.pm, place)).toBe("aus.\nWir ")
  })

  test("is the selection, or the block of the caret if it has words", () => {
    const [a] = two()
    expect(chosenPassage(a.pm, { from: 5, to: 10 })).toEqual({ from: 5, to: 10 })
    const all = chosenPassage(a.pm, { from: 5, to: 5 })
    expect(all && wordsOf(a.pm, all)).toBe("Wir bauen Netze aus.")
    const empty = schema.node("doc", null, [schema.node("block")])
    expect(chosenPassage(empty, { from: 1, to: 1 })).toBeNull()
  })

  test("whose mark is gone is looked for by its words", () => {
    const [a] = two()
    expect(placeOfWords(a.pm, "handeln")?.from).toBe(a.find("handeln"))
    expect(placeOfWords(a.pm, "Wir bauen Ne…")?.from).toBe(1)
    expect(placeOfWords(a.pm, "steht nirgends")).toBeNull()
    expect(placeOfWords(a.pm, "Wir")).toBeNull() // too short to be sure
  })
})

describe("what is pasted", () => {
  const slice = (peer: Peer, words: string) => {
    const from = peer.find(words)
    return peer.pm.slice(from, from + words.length)
  }
  const keys = (given: Slice) => {
    const found = new Set<string>()
    given.content.descendants((node) => {
      for (const { type, attrs } of node.marks) if (type === schema.marks.comment) found.add(String(attrs.id))
    })
    return [...found]
  }

  test("keeps the thread of a passage that was cut out, a copy does not", () => {
    const [a] = two()
    mark(a, "Netze")
    const cut = slice(a, "Netze")
    expect(keys(cut)).toEqual(["c1"])
    expect(keys(keepOwn(cut, a.state, () => true))).toEqual([])
    a.select(a.find("Netze"), a.find("Netze", 5))
    expect(keys(keepOwn(cut, a.state, () => true))).toEqual(["c1"]) // in its own place
    a.dispatch(a.state.tr.deleteSelection())
    expect(keys(keepOwn(cut, a.state, () => true))).toEqual(["c1"])
    expect(keys(keepOwn(cut, a.state, () => false))).toEqual([]) // of another text
    a.select(a.find("handeln"))
    a.dispatch(a.state.tr.replaceSelection(keepOwn(cut, a.state, () => true)))
    expect(marked(a, "c1")).toEqual(["Netze"])
  })

  test("goes along while its old place is only struck out", () => {
    const [a] = two()
    mark(a, "Netze")
    const cut = slice(a, "Netze")
    a.ytext.format(a.find("Netze") - 1, 5, { "del:x": "1|Lahr|5" })
    expect(keys(keepOwn(cut, a.state, () => true))).toEqual(["c1"])
  })
})

function thread(key: string, stamp: number, more: Partial<Thread> = {}): Thread {
  const said: Comment = {
    id: stamp,
    name: "Anna",
    municipality: "Offenburg",
    recordedFor: "",
    fromFile: null,
    channel: "",
    guest: "",
    body: "Gut?",
    written: "2026-06-17T10:00:00Z",
    changed: null,
    removed: false,
    own: false,
    mentioned: [],
  }
  return {
    key,
    quote: "Netze",
    suggestion: "",
    opened: said.written,
    resolved: null,
    resolvedBy: "",
    stamp,
    mine: false,
    comments: [said],
    ...more,
  }
}

class Wire {
  readonly asked: string[] = []
  pages: Page[] = []

  async list(state: Listed, at: number): Promise<Page> {
    this.asked.push(`${state} ${at}`)
    const page = this.pages.shift()
    if (!page) throw new Error("offline")
    return page
  }
}

describe("what is known of threads", () => {
  test("comes page by page at first, later only what has changed", async () => {
    const wire = new Wire()
    const store = new ThreadStore(wire)
    wire.pages = [
      { threads: [thread("a", 1), thread("b", 2)], newest: 9, more: true },
      { threads: [thread("c", 7)], newest: 9, more: false },
    ]
    await store.refresh()
    wire.pages = [
      { threads: [thread("a", 10, { resolved: "2026-06-17T11:00:00Z" })], newest: 10, more: false },
    ]
    await store.refresh()
    expect(wire.asked).toEqual(["open 0", "open 2", "changed 9"])
    expect(store.all.map(({ key, resolved }) => [key, resolved !== null])).toEqual([
      ["a", true],
      ["b", false],
      ["c", false],
    ])
  })

  test("without a connection stays as it is and is asked for again", async () => {
    const wire = new Wire()
    const store = new ThreadStore(wire)
    await store.refresh()
    expect(store.ready).toBe(false)
    wire.pages = [{ threads: [thread("a", 1)], newest: 1, more: false }]
    await store.refresh()
    expect([store.ready, store.all.length]).toEqual([true, 1])
  })

  test("is asked for once more when something came while the answer was under way", async () => {
    const wire = new Wire()
    const store = new ThreadStore(wire)
    wire.pages = [1, 2].map((stamp) => ({ threads: [thread("a", stamp)], newest: stamp, more: false }))
    await Promise.all([store.refresh(), store.refresh(), store.refresh()])
    await Promise.resolve()
    expect(wire.asked).toEqual(["open 0", "changed 1"])
  })

  test("never goes back to an older state, and forgets what was removed", () => {
    const store = new ThreadStore(new Wire())
    store.put(thread("a", 5, { quote: "neu" }))
    store.put(thread("a", 4, { quote: "alt" }))
    expect(store.get("a")?.quote).toBe("neu")
    store.put(
      thread("a", 6, { comments: thread("a", 6).comments.map((each) => ({ ...each, removed: true })) }),
    )
    expect(store.get("a")).toBeNull()
  })
})

describe("names", () => {
  test("stand out in the words, the longer of two first", () => {
    expect(splitNames("An @Lahr/Schwarzwald und @Lahr: gut?", ["Lahr", "Lahr/Schwarzwald"])).toEqual([
      { text: "An ", isName: false },
      { text: "@Lahr/Schwarzwald", isName: true },
      { text: " und ", isName: false },
      { text: "@Lahr", isName: true },
      { text: ": gut?", isName: false },
    ])
    const dom = bodyDom({
      ...(thread("a", 1).comments[0] as Comment),
      body: "<b>@Ben</b>",
      mentioned: ["Ben"],
    })
    expect(dom.innerHTML).toBe('&lt;b&gt;<strong class="ke-mention">@Ben</strong>&lt;/b&gt;')
  })

  test("that come after an @ was typed are offered all the same", () => {
    const field = document.createElement("textarea")
    document.body.append(field)
    const box = new MentionBox(field, readStrings({}))
    field.focus()
    field.value = "@Ah"
    field.dispatchEvent(new Event("input"))
    expect(box.dom.hidden).toBe(true)
    const anna = { id: 1, name: "Anna Ahorn", municipality: "Offenburg" }
    box.know({ persons: [anna], municipalities: [], channels: [] })
    expect(box.dom.textContent).toBe("Anna Ahorn Offenburg")
    field.remove()
  })

  test("are offered behind an @ that begins a word", () => {
    expect(begunName("Frage an @Be")).toBe("Be")
    expect(begunName("@")).toBe("")
    expect(begunName("anna@offenburg")).toBeNull()
    expect(begunName("@Ben Birke hat")).toBeNull()
    expect(begunName("kein")).toBeNull()
  })

  test("are found by any of their words", () => {
    const names = {
      persons: [{ id: 1, name: "Ben Birke", municipality: "Lahr" }],
      municipalities: [{ ags: "08317065", name: "Lahr/Schwarzwald" }],
      channels: [],
    }
    expect(matching(names, "bir").map(({ name }) => name)).toEqual(["Ben Birke"])
    expect(matching(names, "schw").map(({ name }) => name)).toEqual(["Lahr/Schwarzwald"])
    expect(matching(names, "x")).toEqual([])
  })
})
