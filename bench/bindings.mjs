// The same seeded histories through three bindings between ProseMirror and Yjs: ours, y-prosemirror, y-tiptap.
// node bench/bindings.mjs [--histories N] [--from SEED]
import { createRequire } from "node:module"
import path from "node:path"
import { pathToFileURL } from "node:url"
import { parseArgs } from "node:util"
import { BENCH, PEERS, PROJECT } from "./paths.mjs"
import { installBindings } from "./peers/install.mjs"

/** From the client's packages for everybody: two copies of ProseMirror or Yjs in one program do not work together. */
const SHARED = ["yjs", "prosemirror-model", "prosemirror-state", "prosemirror-transform", "prosemirror-view"]

const { values } = parseArgs({
  options: { histories: { type: "string", default: "500" }, from: { type: "string", default: "1" } },
})
installBindings()
const client = path.join(PROJECT, "client")
const { build } = createRequire(path.join(client, "package.json"))("esbuild")
const outfile = path.join(PEERS, "bindings/compare.mjs")
await build({
  entryPoints: [path.join(BENCH, "bindings/compare.mjs")],
  outfile,
  bundle: true,
  platform: "node",
  format: "esm",
  logLevel: "warning",
  nodePaths: [path.join(PEERS, "bindings/node_modules"), path.join(client, "node_modules")],
  alias: Object.fromEntries(SHARED.map((name) => [name, path.join(client, "node_modules", name)])),
})
const { compare } = await import(pathToFileURL(outfile))
compare(Number(values.from), Number(values.histories))
