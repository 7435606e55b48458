/** `node test/run.mjs NAME ARGUMENTS`: bundles test/NAME.ts and runs it. */
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { build } from "esbuild"

const [name] = process.argv.splice(2, 1)
const folder = await mkdtemp(join(tmpdir(), "kraftakt-"))
const outfile = join(folder, "bundle.mjs")
try {
  await build({
    entryPoints: [join(import.meta.dirname, `${name}.ts`)],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "warning",
  })
  await import(pathToFileURL(outfile).href)
} finally {
  await rm(folder, { recursive: true })
}
