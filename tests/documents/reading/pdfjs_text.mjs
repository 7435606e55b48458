// What pdf.js, Firefox's viewer, gives for copying: `node pdfjs_text.mjs FILE`.
import { readFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { join } from "node:path"
import { pathToFileURL } from "node:url"

const [client, file] = process.argv.slice(2)
const require = createRequire(join(client, "package.json"))
const { getDocument } = await import(pathToFileURL(require.resolve("pdfjs-dist/legacy/build/pdf.mjs")))
const data = new Uint8Array(await readFile(file))
const pdf = await getDocument({ data, verbosity: 0, isEvalSupported: false }).promise
for (let number = 1; number <= pdf.numPages; number++) {
  const page = await pdf.getPage(number)
  const { items } = await page.getTextContent()
  process.stdout.write(`${items.map(({ str, hasEOL }) => str + (hasEOL ? "\n" : "")).join("")}\n`)
}
await pdf.destroy()
