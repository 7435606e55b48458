import { parseArgs } from "node:util"
import { CATALOGUE, DEFAULT_PEERS } from "./peers/catalogue.mjs"
import { SCENARIOS } from "./scenarios/list.mjs"

export const USAGE = `node bench/main.mjs [options]

  --only NAMES     scenarios, separated by commas: ${Object.keys(SCENARIOS).join(", ")}
  --peers NAMES    servers, separated by commas: ${Object.keys(CATALOGUE).join(", ")}
  --repeat N       repetitions, every server in turn within each (3)
  --trace FILE     a recorded editing trace for "trace" and "joins"; without one they make edits up
  --quick          short runs that only show that everything works
  --report FILE    no measurement: writes the report of an earlier run's JSON lines
  --help`

export class BadOptions extends Error {}

/** Raises BadOptions. */
export function readOptions(parameters) {
  const { values } = parseArgs({
    args: parameters,
    options: {
      only: { type: "string" },
      peers: { type: "string" },
      repeat: { type: "string", default: "3" },
      trace: { type: "string" },
      report: { type: "string" },
      quick: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  })
  const repeat = Number(values.repeat)
  if (!Number.isInteger(repeat) || repeat < 1)
    throw new BadOptions(`--repeat wants a number, not ${values.repeat}`)
  return {
    ...values,
    repeat: values.quick ? 1 : repeat,
    only: known(values.only, Object.keys(SCENARIOS), Object.keys(SCENARIOS)),
    peers: known(values.peers, Object.keys(CATALOGUE), DEFAULT_PEERS),
  }
}

function known(text, all, without) {
  if (!text) return without
  const names = text.split(",")
  const wrong = names.filter((name) => !all.includes(name))
  if (wrong.length) throw new BadOptions(`unknown: ${wrong.join(", ")}; there are ${all.join(", ")}`)
  return names
}
