/**
 * `node test/run.mjs verify-folder FOLDER`: what the browser's verifier says of the files that `vectors.json` there
 * lists, as JSON by file. What the service publishes is compared as well where a vector says so (`published`).
 */
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { Finding } from "../src/verify/findings"
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
  const alone = await verifyDocument(pdf)
  const { user, system } = process.cpuUsage(before)
  const compared = await verifyDocument(pdf, { published: parsePublished(published) })
  found[file] = {
    verdict: alone.verdict,
    failed: failed(alone.findings),
    pages: alone.findings.find(({ check }) => check === "document.pages")?.outcome ?? null,
    compared: compared.verdict,
    seconds: (user + system) / 1e6,
  }
}
process.stdout.write(JSON.stringify(found))

function failed(findings: readonly Finding[]): string[] {
  const codes = findings.filter(({ outcome }) => outcome === "broken" || outcome === "missing")
  return [...new Set(codes.map(({ check }) => check))].sort()
}
