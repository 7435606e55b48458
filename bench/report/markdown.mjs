import { CATALOGUE } from "../peers/catalogue.mjs"
import { SCENARIOS } from "../scenarios/list.mjs"
import { FIGURES } from "./figures.mjs"
import { byPeer, figure } from "./medians.mjs"
import { judge } from "./targets.mjs"

const QUICK = "**Short runs: they show that everything works, their figures mean nothing.**\n\n"
const NOISY = 0.2 // cores that others used, from which on a run is pointed out

/** `plots`: file names by scenario. */
export function markdown(rows, plots) {
  const scenarios = Object.keys(SCENARIOS).filter((name) => rows.some((row) => row.scenario === name))
  const parts = scenarios.map((name) => section(name, rows, plots[name]))
  const head = `# Kraftakt beside other sync servers\n\n${rows[0].at.slice(0, 10)}. ${rows.some((row) => row.quick) ? QUICK : ""}`
  return `${head}Medians; absolute figures depend on the machine, ratios within one run are what counts.\n\n${[targets(rows), ...parts].filter(Boolean).join("\n\n")}\n`
}

function targets(rows) {
  if (rows.some((row) => row.quick)) return ""
  const lines = judge(rows).map(({ what, wanted, reached, met }) => [
    what,
    wanted,
    short(reached),
    met ? "met" : "NOT met",
  ])
  return lines.length ? `## Targets\n\n${table(["what", "wanted", "reached", ""], lines)}` : ""
}

function section(name, rows, plot) {
  const { columns } = FIGURES[name]
  const lines = [...byPeer(rows, name)].map(([peer, runs]) => [
    CATALOGUE[peer].title,
    ...columns.map(([key]) =>
      short(key === "generator_bound" ? runs.some((run) => run[key]) : figure(runs, key)),
    ),
    goodRuns(runs),
    CATALOGUE[peer].guarantee,
  ])
  const image = plot ? `\n\n![${columns[0][1]}](${plot})` : ""
  return `## ${SCENARIOS[name].title}\n\n${table(["server", ...columns.map(([, title]) => title), "runs", "what somebody sees is …"], lines)}${image}`
}

function goodRuns(runs) {
  const disturbed = runs.filter((run) => run.others_cores > NOISY).length
  return `${runs.filter((run) => run.ok).length} of ${runs.length} good${disturbed ? `, ${disturbed} disturbed` : ""}`
}

function table(head, lines) {
  const row = (cells) => `| ${cells.join(" | ")} |`
  return [row(head), row(head.map(() => "---")), ...lines.map(row)].join("\n")
}

/** Three significant digits are more than the machine is good for. */
function short(value) {
  if (value === null || value === undefined) return "–"
  if (typeof value === "boolean") return value ? "yes" : "no"
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString("en")
  return String(Number(value.toPrecision(3)))
}
