// @vitest-environment jsdom
import { expect, test } from "vitest"
import { clipboard } from "../src/editor/clipboard/feature"
import type { Editor } from "../src/editor/feature"
import { readStrings } from "../src/strings"

test("what a paste could not take along is not said of the next one", () => {
  const { panel, plugins } = clipboard({ strings: readStrings({}) } as Editor)
  const props = plugins?.[0]?.props as unknown as Readonly<Record<string, (words: string) => string>>
  props.transformPastedHTML?.('<p>Bild <img src="x.png"></p>')
  expect(panel?.hidden).toBe(false)
  props.transformPastedText?.("Nur Text")
  expect(panel?.hidden).toBe(true)
})

test("a picture pasted alone is said to be left out", () => {
  const { panel, plugins } = clipboard({ strings: readStrings({}) } as Editor)
  const props = plugins?.[0]?.props as unknown as Readonly<Record<string, (...given: unknown[]) => boolean>>
  const files = [new File(["x"], "screen.png", { type: "image/png" })]
  const clipboardData = { files, getData: () => "" }
  expect(props.handlePaste?.(null, { clipboardData }, null)).toBe(true)
  expect(panel?.hidden).toBe(false)
})
