/**
 * Builds what the browser loads into `dist/`, under fixed names: the server adds a query with a hash of the
 * content. `--watch` rebuilds on every change.
 */

import { existsSync } from "node:fs"
import { copyFile, cp, mkdir } from "node:fs/promises"
import { join } from "node:path"
import { build, context } from "esbuild"

const here = import.meta.dirname
const out = join(here, "dist")

/** The pages' style belongs to the pages; without it (in a part checkout) the rest is built all the same. */
const styles = ["styles/main.css", "styles/editor.css", "styles/wall.css", "styles/public.css"].filter(
  (path) => existsSync(join(here, path)),
)

const shared = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  sourcemap: true,
  target: ["es2022", "chrome111", "firefox115", "safari16.4"],
  outdir: out,
  logLevel: "info",
}

const scripts = {
  ...shared,
  entryPoints: {
    main: "src/main.ts",
    editor: "src/editor-island.ts",
    comments: "src/editor-comments.ts",
    "editor-worker": "src/editor-worker.ts",
    signing: "src/signing.ts",
    verify: "src/verify.ts",
    wall: "src/wall.ts",
    "page-viewer": "src/page-viewer.ts",
  },
  format: "esm",
}

const sheets = {
  ...shared,
  entryPoints: styles,
  entryNames: "[name]",
  assetNames: "fonts/[name]",
  loader: { ".woff2": "file", ".woff": "file", ".svg": "dataurl" },
}

await mkdir(out, { recursive: true })
await copyFile(join(here, "node_modules/htmx.org/dist/htmx.min.js"), join(out, "htmx.min.js"))
const painter = "node_modules/pdfjs-dist/legacy/build/pdf.worker.min.mjs"
await copyFile(join(here, painter), join(out, "page-painter.js"))
for (const icon of ["icon.svg", "touch-icon.png"]) await copyFile(join(here, "icons", icon), join(out, icon))
await cp(join(here, "help"), join(out, "help"), { recursive: true })
if (process.argv.includes("--watch")) {
  for (const options of [scripts, sheets]) await (await context(options)).watch()
} else {
  await Promise.all([build(scripts), build(sheets)])
}
