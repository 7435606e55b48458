/** Bundles the soak test into memory-fast JavaScript and runs it with the given seed and number of histories. */
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { build } from "esbuild"

const folder = await mkdtemp(join(tmpdir(), "kraftakt-soak-"))
const outfile = join(folder, "soak.mjs")
try {
  await build({
    entryPoints: [join(import.meta.dirname, "soak.ts")],
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
