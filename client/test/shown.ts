/**
 * `node test/run.mjs shown`: each line of standard input is a JSON list of Yjs updates in base64, as a browser
 * receives them one after the other. Writes one line for each: the blocks that it shows, and whether anything
 * waits for something that is missing.
 */
import { createInterface } from "node:readline"
import * as Y from "yjs"
import { project, toBlocks } from "../src/editor/text/projection"

for await (const line of createInterface({ input: process.stdin })) {
  const doc = new Y.Doc()
  for (const update of JSON.parse(line) as string[]) Y.applyUpdate(doc, Buffer.from(update, "base64"))
  const blocks = toBlocks(project(doc.getText("text")))
  const waits = doc.store.pendingStructs !== null || doc.store.pendingDs !== null
  process.stdout.write(`${JSON.stringify({ blocks, waits })}\n`)
}
