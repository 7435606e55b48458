// @vitest-environment jsdom
import { afterEach, expect, test, vi } from "vitest"
import { Rescue } from "../src/island/rescue"
import { readStrings } from "../src/strings"

afterEach(() => vi.unstubAllGlobals())

test("the text is handed over as a file", () => {
  const blobs: Blob[] = []
  vi.stubGlobal("URL", {
    createObjectURL: (blob: Blob) => `blob:${blobs.push(blob)}`,
    revokeObjectURL: () => {},
  })
  const links: HTMLAnchorElement[] = []
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    links.push(this)
  })
  const rescue = new Rescue(readStrings({}), () => "Größe\n")
  expect(rescue.dom.hidden).toBe(true)
  rescue.offer(true)
  expect(rescue.dom.hidden).toBe(false)
  rescue.dom.querySelector("button")?.click()
  expect(links.map(({ download, href }) => [download, href])).toEqual([["unsaved-text.txt", "blob:1"]])
  expect(blobs.map(({ type, size }) => [type, size])).toEqual([["text/plain;charset=utf-8", 8]])
  rescue.offer(false)
  expect(rescue.dom.hidden).toBe(true)
})
