// @vitest-environment jsdom
import { expect, test } from "vitest"
import { Notice } from "../src/island/notice"
import { readStrings } from "../src/strings"

test("who is no longer signed in finds the way back to this text", () => {
  const notice = new Notice(readStrings({}), "/declarations/appell/edit")
  expect(notice.dom.hidden).toBe(true) // the server's text is there already
  notice.show("loading")
  expect(notice.dom.textContent).toContain("being loaded")
  notice.show("stoppedSignedOut")
  expect(notice.dom.textContent).toContain("sign in again")
  expect(notice.dom.querySelector("a")?.getAttribute("href")).toBe("/declarations/appell/edit")
  notice.show(null)
  expect([notice.dom.hidden, notice.dom.childNodes.length]).toEqual([true, 0])
  notice.show("readOnlyRights")
  expect([notice.dom.hidden, notice.dom.querySelector("a")]).toEqual([false, null])
})
