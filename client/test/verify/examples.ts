/** Files good and bad, made by the server's own code, with what its verifier says of each. */
import { execFile } from "node:child_process"
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import type { Report } from "../../src/verify/findings"

export interface Example {
  readonly name: string
  /** Both verifiers give the same findings, not only the same verdict. */
  readonly alike: boolean
  readonly report: Report
  readonly pdf: Uint8Array<ArrayBuffer>
}

const ROOT = join(import.meta.dirname, "../../..")
const PYTHON = join(ROOT, ".venv/bin/python")

export async function makeExamples(): Promise<Example[]> {
  const folder = await mkdtemp(join(tmpdir(), "kraftakt-examples-"))
  try {
    await promisify(execFile)(PYTHON, ["-m", "tests.browser_check", folder], { cwd: ROOT })
    const expected = JSON.parse(await readFile(join(folder, "expected.json"), "utf8")) as Omit<
      Example,
      "pdf"
    >[]
    return await Promise.all(
      expected.map(async (example, number) => {
        const pdf = new Uint8Array(await readFile(join(folder, `${number}.pdf`)))
        return { ...example, pdf }
      }),
    )
  } finally {
    await rm(folder, { recursive: true })
  }
}
