// What we set out to reach, as ratios to others in the same run or as limits of our own.
import { byPeer, figure } from "./medians.mjs"

/** Of all that keep a document: the bare relay is a floor, no peer. */
const BEST = "the best peer"

const NO_PEERS = new Set(["ours", "ours-stock", "relay"])

const TARGETS = [
  { scenario: "room", key: "cpu_ms_per_1000", what: "CPU per delivery", beside: "y-websocket", most: 0.85 },
  { scenario: "room", key: "cpu_ms_per_1000", what: "CPU per delivery", beside: "hocuspocus", most: 0.65 },
  {
    scenario: "room",
    key: "cpu_ms_per_1000",
    what: "CPU per delivery",
    beside: "pycrdt-websocket",
    most: 0.25,
  },
  { scenario: "room", key: "p99_ms", what: "p99", beside: "y-websocket", most: 1 },
  { scenario: "rate", key: "highest_rate", what: "highest rate", beside: "hocuspocus", least: 2 },
  { scenario: "rate", key: "highest_rate", what: "highest rate", beside: "y-websocket", least: 10 },
  { scenario: "rooms", key: "cpu_ms_per_1000", what: "CPU per delivery, 200 rooms", beside: BEST, most: 1 },
  { scenario: "carets", key: "cpu_ms_per_1000", what: "CPU per offered caret", beside: BEST, most: 1 },
  { scenario: "joins", key: "p99_ms", what: "p99 of joining", beside: BEST, most: 1 },
  { scenario: "joins", key: "cpu_ms_per_join", what: "CPU per join", beside: BEST, most: 1 },
  { scenario: "trace", key: "edits_per_s", what: "edits replayed a second", beside: BEST, least: 1 },
  { scenario: "trace", key: "cold_join_ms", what: "cold join", beside: BEST, most: 1 },
  { scenario: "trace", key: "join_after_restart_ms", what: "join after restart", beside: BEST, most: 1 },
  { scenario: "memory", key: "kb_per_idle_room", what: "KB per idle room beside its text", below: 60 },
  { scenario: "memory", key: "kb_per_idle_connection", what: "KB per idle connection", below: 40 },
  { scenario: "kill", key: "lost_after_delivery", what: "updates lost that somebody had", below: 1 },
]

/** A line for each target that this run can judge: {what, wanted, reached, met}. */
export function judge(rows) {
  return TARGETS.map((target) => judgeOne(rows, target)).filter(Boolean)
}

function judgeOne(rows, { scenario, key, what, beside, most, least, below }) {
  const peers = byPeer(rows, scenario)
  const ours = figure(peers.get("ours"), key)
  if (ours === null) return null
  if (below !== undefined) return { what, wanted: `< ${below}`, reached: ours, met: ours < below }
  const theirs = beside === BEST ? best(peers, key, most === undefined) : figure(peers.get(beside), key)
  if (!theirs) return null
  const reached = ours / theirs
  const wanted = most === undefined ? `≥ ${least} × ${beside}` : `≤ ${most} × ${beside}`
  return { what, wanted, reached, met: most === undefined ? reached >= least : reached <= most }
}

function best(peers, key, isMore) {
  const figures = [...peers].filter(([name]) => !NO_PEERS.has(name)).map(([, rows]) => figure(rows, key))
  const known = figures.filter((value) => value !== null)
  return known.length ? (isMore ? Math.max : Math.min)(...known) : null
}
