// Measures our sync server beside others: `make bench`, or node bench/main.mjs --help.
import { spawn } from "node:child_process"
import fs from "node:fs"
import path from "node:path"
import { BadOptions, readOptions, USAGE } from "./options.mjs"
import { BENCH, RESULTS } from "./paths.mjs"
import { CATALOGUE } from "./peers/catalogue.mjs"
import { installGenerator, installPeers } from "./peers/install.mjs"
import { readRows, writeReport } from "./report/report.mjs"
import { SCENARIOS } from "./scenarios/list.mjs"

async function main() {
  const options = readOptions(process.argv.slice(2))
  if (options.help) return console.log(USAGE)
  if (options.report)
    return announce(writeReport(readRows(options.report), options.report.replace(/\.jsonl$/, "")))
  installGenerator()
  const peers = installPeers(options.peers)
  fs.mkdirSync(RESULTS, { recursive: true })
  const stem = path.join(
    RESULTS,
    `${new Date().toISOString().slice(0, 16).replaceAll(":", "-")}${options.quick ? "-quick" : ""}`,
  )
  const rows = []
  for (const { scenario, peer, repetition } of plan(options, peers)) {
    const row = await measure(SCENARIOS[scenario], { scenario, peer, repetition }, options)
    rows.push(row)
    fs.appendFileSync(`${stem}.jsonl`, `${JSON.stringify(row)}\n`)
    console.log(progress(row))
  }
  announce(writeReport(rows, stem))
  process.exitCode = rows.every((row) => row.ok) ? 0 : 1
}

/** The servers take turns within each repetition: what disturbs the machine for a while disturbs them alike. */
function* plan({ only, repeat }, peers) {
  for (let repetition = 1; repetition <= repeat; repetition++) {
    for (const scenario of only) {
      for (const peer of peers) {
        if (CATALOGUE[peer].scenarios?.includes(scenario) ?? true) yield { scenario, peer, repetition }
      }
    }
  }
}

async function measure(scenario, { repetition, ...what }, { quick, trace }) {
  const options = { ...(quick ? scenario.quick : scenario.full), trace: trace && path.resolve(trace) }
  const job = JSON.stringify({ ...what, options })
  const { code, output } = await inOwnProcess([path.join(BENCH, "generator/run.mjs"), job])
  const row =
    code === 0
      ? JSON.parse(output.trim().split("\n").at(-1))
      : { ...what, ok: false, why: output.slice(-800) }
  return { ...row, repetition, quick, at: new Date().toISOString() }
}

function inOwnProcess(parameters) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, parameters, { stdio: ["ignore", "pipe", "pipe"] })
    let output = ""
    let errors = ""
    child.stdout.on("data", (bytes) => (output += bytes))
    child.stderr.on("data", (bytes) => (errors += bytes))
    child.on("close", (code) => resolve({ code, output: code === 0 ? output : output + errors }))
  })
}

function progress({ at, repetition, scenario, peer, ok, why, others_cores: others }) {
  const disturbed = others > 0.2 ? `  (others used ${others.toFixed(1)} cores meanwhile)` : ""
  const problem = ok ? "" : `  NOT OK ${(why ?? "see the JSON line").split("\n")[0]}`
  return `${at.slice(11, 19)}  ${repetition}  ${scenario.padEnd(8)} ${peer.padEnd(20)}${disturbed}${problem}`
}

const announce = ({ text, files }) => console.log(`\n${text}\nWritten: ${files.join(", ")}`)

try {
  await main()
} catch (error) {
  if (!(error instanceof BadOptions) && !String(error.code).startsWith("ERR_PARSE_ARGS")) throw error
  console.error(`${error.message}\n\n${USAGE}`)
  process.exitCode = 2
}
