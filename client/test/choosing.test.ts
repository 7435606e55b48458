// @vitest-environment jsdom
import { beforeEach, expect, test } from "vitest"
import { startChoosing } from "../src/behaviours/choosing"

beforeEach(() => {
  document.body.innerHTML = `
    <input type="checkbox" data-all="chosen" hidden>
    <form id="chosen" data-some="ausgewählt:"><span data-count>Mit den Zeilen:</span></form>
    <input type="checkbox" form="chosen" name="row-i1"><input type="checkbox" form="chosen" name="row-i2">
    <input type="checkbox" name="other">`
  startChoosing(document)
})

const box = (selector: string): HTMLInputElement => {
  const found = document.querySelector<HTMLInputElement>(selector)
  if (!found) throw new Error(`no ${selector}`)
  return found
}
const said = (): string => document.querySelector("[data-count]")?.textContent ?? ""

test("the box for all is there only with a script", () => {
  expect(box("[data-all]").hidden).toBe(false)
  expect(said()).toBe("Mit den Zeilen:")
})

test("it ticks the boxes of its form and no others", () => {
  box("[data-all]").click()
  expect([box("[name=row-i1]").checked, box("[name=row-i2]").checked, box("[name=other]").checked]).toEqual([
    true,
    true,
    false,
  ])
  expect(said()).toBe("2 ausgewählt:")
})

test("it shows when only some are ticked", () => {
  box("[name=row-i1]").click()
  expect(box("[data-all]").indeterminate).toBe(true)
  expect(said()).toBe("1 ausgewählt:")
  box("[name=row-i2]").click()
  expect([box("[data-all]").indeterminate, box("[data-all]").checked]).toEqual([false, true])
})
