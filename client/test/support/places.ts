/** Room for the parts of an editor, as the page has it. */
import type { Places } from "../../src/island/mount"

export function makePlaces(): Places {
  const part = () => document.createElement("div")
  return { tools: part(), mode: part(), count: part(), cards: part() }
}
