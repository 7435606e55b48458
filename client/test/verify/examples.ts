/** Honest files, made by the server's own code. */
import { execFile } from "node:child_process"
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"

const ROOT = join(import.meta.dirname, "../../..")
const PYTHON = join(ROOT, ".venv/bin/python")

export type Examples = Readonly<Record<"demo" | "honest" | "copies" | "advance", Uint8Array<ArrayBuffer>>>

export async function makeExamples(): Promise<Examples> {
  const folder = await mkdtemp(join(tmpdir(), "kraftakt-examples-"))
  try {
    await promisify(execFile)(PYTHON, ["-m", "tests.browser_check", folder], { cwd: ROOT })
    const read = async (name: string) => new Uint8Array(await readFile(join(folder, `${name}.pdf`)))
    const [demo, honest] = await Promise.all([read("demo"), read("honest")])
    const [copies, advance] = await Promise.all([read("copies"), read("advance")])
    return { demo, honest, copies, advance }
  } finally {
    await rm(folder, { recursive: true })
  }
}
