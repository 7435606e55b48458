/**
 * `node test/run.mjs verify-folder FOLDER`: what the browser's verifier says of the files that `vectors.json` there
 * lists, as JSON by file. What the service publishes is compared as well where a vector says so (`published`).
 */
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { parsePublished } from "../src/verify/published"
import { verifyDocument } from "../src/verify/verify-document"

interface Vector {
  readonly file: string
  readonly published?: unknown
}

const [folder = "."] = process.argv.slice(2)
const { vectors } = JSON.parse(await readFile(join(folder, "vectors.json"), "utf8")) as { vectors: Vector[] }
const found: Record<string, unknown> = {}
for (const { file, published } of vectors) {
  const pdf = new Uint8Array(await readFile(join(folder, file)))
  const before = process.cpuUsage()
  const { text, ...alone } = await verifyDocument(pdf)
  const { user, system } = process.cpuUsage(before)
  const compared = published ? await verifyDocument(pdf, { published: parsePublished(published) }) : alone
  found[file] = {
    report: alone,
    compared: compared.verdict,
    seconds: (user + system) / 1e6,
  }
}
process.stdout.write(JSON.stringify(found))
