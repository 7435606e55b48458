// @vitest-environment jsdom
/** What is typed, letter by letter, and what stands there then: „_" is a no-break space, „~" a narrow one. */
import { EditorState, TextSelection } from "prosemirror-state"
import { EditorView } from "prosemirror-view"
import { beforeEach, describe, expect, test } from "vitest"
import { keymapPlugin } from "../src/editor/controls/keymap"
import type { Editor } from "../src/editor/feature"
import { schema } from "../src/editor/text/schema"
import { typing } from "../src/editor/typing/feature"
import { help } from "../src/editor/typing/help"
import { readStrings } from "../src/strings"

function type(words: string): string {
  let text = ""
  for (const letter of words) text = help(text, letter) ?? text + letter
  return text.replaceAll("\u00a0", "_").replaceAll("\u202f", "~")
}

describe("while one types", () => {
  test.each([
    ['Er sagt: "Ja, gern."', "Er sagt: „Ja, gern.“"],
    ['"Digital" ("Vor Ort")', "„Digital“ („Vor Ort“)"],
    [`"Das Wort 'Netz' fehlt"`, "„Das Wort ‚Netz‘ fehlt“"],
    ["So geht's am Ku'damm", "So geht’s am Ku’damm"],
    ["gut - und neu", "gut_– und neu"],
    ["gut -- und neu", "gut_– und neu"],
    ["Stadt- und Landkreis", "Stadt- und Landkreis"],
    ["Lahr-Mietersheim", "Lahr-Mietersheim"],
    ["und so ...", "und so …"],
    ["nach § 54 GemO", "nach §_54 GemO"],
    ["die §§ 4 und 5", "die §§_4 und 5"],
    ["Abs. 2 Satz 1", "Abs._2 Satz_1"],
    ["am 18. Juni 2027", "am 18._Juni 2027"],
    ["zum 1. Mai", "zum 1._Mai"],
    ["z.B. Netze", "z.~B. Netze"],
    ["z. B. Netze", "z.~B. Netze"],
    ["d.h. u.a. o.ä.", "d.~h. u.~a. o.~ä."],
    ["mit 50 % und 50% dabei", "mit 50_% und 50_% dabei"],
    ["um 10 Uhr", "um 10_Uhr"],
    ["5 km für 20 €", "5_km für 20_€"],
    ["Dr. Aster", "Dr._Aster"],
    ["von 2027-2030 an", "von 2027–2030 an"],
    ["Telefon 0781-82 an", "Telefon 0781-82 an"],
    ["Az. 2027-11-3 vom", "Az. 2027-11-3 vom"],
    ["https://kehl.example/a'b\"c", "https://kehl.example/a'b\"c"],
    ["anna@kehl.example", "anna@kehl.example"],
    ["in Jahr und Tag", "in Jahr und Tag"],
    ["Aster a.D. und i.A. der Birke e.V.", "Aster a.~D. und i.~A. der Birke e.~V."],
    ["u.v.m. und i. d. R. sowie i.H.v. 5", "u.~v.~m. und i.~d.~R. sowie i.~H.~v. 5"],
    ["s.u., s.o., o.g., v.H., n.Chr., u.Ä., m.W.", "s.~u., s.~o., o.~g., v.~H., n.~Chr., u.~Ä., m.~W."],
    ["S. 12 und Abb. 3, Anlage 2, Bd. 1", "S._12 und Abb._3, Anlage_2, Bd._1"],
    ["§ 54 Abs. 2 Nr. 3 Buchst. a", "§_54 Abs._2 Nr._3 Buchst._a"],
    ["10:30 Uhr, 3 Mio. €, 2,5 ha, 30 Min., 7 m.", "10:30_Uhr, 3_Mio._€, 2,5_ha, 30_Min., 7_m."],
    ["9-12 Uhr", "9–12_Uhr"],
    ["Seite 3-5, Ziffer 2-4.", "Seite_3–5, Ziffer_2–4."],
    ["5 kmh und 7 manche 3 Meter", "5 kmh und 7 manche 3 Meter"],
    ["Die Seite wird, der Satz ist, Kapitel eins", "Die Seite wird, der Satz ist, Kapitel eins"],
    ["0781 82-2345 und (0781) 82-2345 an", "0781 82-2345 und (0781) 82-2345 an"],
    ["2027-1-11 vom", "2027-1-11 vom"],
    ["u. a. z. B. hier", "u.~a. z.~B. hier"],
  ])("%s", (typed, stands) => {
    expect(type(typed)).toBe(stands)
  })
})

describe("in the editor", () => {
  let view: EditorView
  let kept: Map<string, string>
  let tool: {
    pressed?(state: EditorState): boolean
    run(state: EditorState, dispatch?: EditorView["dispatch"]): boolean
  }

  beforeEach(() => {
    kept = new Map()
    const memory = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    }
    const feature = typing(() => memory)({ strings: readStrings({}) } as unknown as Editor)
    tool = feature.tools?.[0]?.tools[0] as typeof tool
    const doc = schema.node("doc", null, [schema.node("block", null, schema.text("nach § "))])
    const state = EditorState.create({
      doc,
      selection: TextSelection.atEnd(doc),
      plugins: [...(feature.plugins ?? []), keymapPlugin([])],
    })
    view = new EditorView(document.body, { state })
  })

  function write(letter: string): void {
    const { from, to } = view.state.selection
    const handled = view.someProp("handleTextInput", (handle) =>
      handle(view, from, to, letter, () => view.state.tr),
    )
    if (!handled) view.dispatch(view.state.tr.insertText(letter))
  }

  test("the space before the number is made one that holds", () => {
    write("5")
    expect(view.state.doc.textContent).toBe("nach §\u00a05")
  })

  test("Backspace takes the help back and keeps the letter", () => {
    write("5")
    view.someProp("handleKeyDown", (handle) =>
      handle(view, new KeyboardEvent("keydown", { key: "Backspace" })),
    )
    expect(view.state.doc.textContent).toBe("nach § 5")
  })

  test("switched off it does nothing, and the browser remembers", () => {
    tool.run(view.state, view.dispatch)
    write("5")
    expect(view.state.doc.textContent).toBe("nach § 5")
    expect(tool.pressed?.(view.state)).toBe(false)
    expect([...kept.values()]).toEqual(["off"])
  })
})
