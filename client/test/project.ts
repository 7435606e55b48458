/**
 * `node test/run.mjs project`: for each line of standard input, a Yjs update in base64, writes one line: the
 * blocks of its text as JSON. The contract test compares them with what the server reads from the same bytes.
 */
import { createInterface } from "node:readline"
import * as Y from "yjs"
import { project, toBlocks } from "../src/editor/text/projection"

for await (const line of createInterface({ input: process.stdin })) {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Buffer.from(line, "base64"))
  process.stdout.write(`${JSON.stringify(toBlocks(project(doc.getText("text"))))}\n`)
}
