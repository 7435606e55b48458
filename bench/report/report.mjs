// JSON lines in; Markdown and plots out.
import fs from "node:fs"
import path from "node:path"
import { CATALOGUE } from "../peers/catalogue.mjs"
import { SCENARIOS } from "../scenarios/list.mjs"
import { FIGURES } from "./figures.mjs"
import { markdown } from "./markdown.mjs"
import { byPeer, figure } from "./medians.mjs"
import { barChart } from "./svg.mjs"

export const readRows = (file) =>
  fs
    .readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))

/** Writes `stem`.md and `stem`-SCENARIO.svg. Returns {text, files}. */
export function writeReport(rows, stem) {
  const plots = {}
  for (const scenario of Object.keys(FIGURES)) {
    const chart = plot(rows, scenario)
    if (!chart) continue
    plots[scenario] = `${path.basename(stem)}-${scenario}.svg`
    fs.writeFileSync(path.join(path.dirname(stem), plots[scenario]), chart)
  }
  const text = markdown(rows, plots)
  fs.writeFileSync(`${stem}.md`, text)
  return { text, files: [`${stem}.jsonl`, `${stem}.md`, `${Object.keys(plots).length} plots`] }
}

function plot(rows, scenario) {
  const { columns, drawn } = FIGURES[scenario]
  const bars = [...byPeer(rows, scenario)].map(([peer, runs]) => ({
    name: CATALOGUE[peer].title,
    value: figure(runs, drawn),
    own: Boolean(CATALOGUE[peer].ours),
  }))
  if (!bars.some(({ value }) => value !== null)) return null
  const [, title] = columns.find(([key]) => key === drawn)
  return barChart(`${SCENARIOS[scenario].title}: ${title}`, bars)
}
