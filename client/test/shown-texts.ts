/** `node test/run.mjs shown-texts`: for each line, a page as a JSON string, the canonical text that is read there. */
import { createRequire } from "node:module"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { shownBytes } from "../src/signing/shown-text"

// bundled into a folder of its own, so jsdom is looked for beside the client
const { JSDOM } = createRequire(join(process.argv[1] ?? "", "../../package.json"))("jsdom")

for await (const line of createInterface({ input: process.stdin })) {
  const { window } = new JSDOM(JSON.parse(line))
  Object.assign(globalThis, { Node: window.Node, Element: window.Element })
  console.log(read(window.document.querySelector("[data-signed-text]")))
}

function read(article: Element): string {
  try {
    return JSON.stringify(new TextDecoder().decode(shownBytes(article)))
  } catch (error) {
    return `refused: ${(error as Error).message}`
  }
}
