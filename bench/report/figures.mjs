// Which figures of a scenario are told, and the one that is drawn.

export const FIGURES = {
  room: {
    columns: [
      ["cpu_ms_per_1000", "CPU ms per 1,000 deliveries"],
      ["p50_ms", "p50 ms"],
      ["p99_ms", "p99 ms"],
      ["frames_per_delivery", "frames per delivery"],
      ["generator_cores", "generator cores"],
    ],
    drawn: "cpu_ms_per_1000",
  },
  rate: {
    columns: [
      ["highest_rate", "updates/s"],
      ["p99_ms", "p99 ms"],
      ["cpu_ms_per_1000", "CPU ms per 1,000 deliveries"],
      ["server_cores", "server cores"],
      ["generator_bound", "server not at its limit"],
    ],
    drawn: "highest_rate",
  },
  rooms: {
    columns: [
      ["cpu_ms_per_1000", "CPU ms per 1,000 deliveries"],
      ["p50_ms", "p50 ms"],
      ["p99_ms", "p99 ms"],
      ["opening_s", "opening s"],
      ["opening_cpu_s", "opening CPU s"],
    ],
    drawn: "cpu_ms_per_1000",
  },
  carets: {
    columns: [
      ["cpu_ms_per_1000", "CPU ms per 1,000 offered"],
      ["p50_ms", "p50 ms"],
      ["p99_ms", "p99 ms"],
      ["delivered_share", "share delivered"],
      ["server_cores", "server cores"],
    ],
    drawn: "cpu_ms_per_1000",
  },
  joins: {
    columns: [
      ["p50_ms", "p50 ms"],
      ["p99_ms", "p99 ms"],
      ["all_joined_s", "all joined s"],
      ["cpu_ms_per_join", "CPU ms per join"],
    ],
    drawn: "p99_ms",
  },
  trace: {
    columns: [
      ["edits_per_s", "edits/s"],
      ["cpu_us_per_edit", "CPU µs per edit"],
      ["lost_clocks", "characters lost by SIGKILL"],
      ["cold_join_ms", "cold join ms"],
      ["boot_after_kill_ms", "start after SIGKILL ms"],
      ["join_after_restart_ms", "join after restart ms"],
    ],
    drawn: "edits_per_s",
  },
  memory: {
    columns: [
      ["kb_per_idle_room", "KB per idle room beside its text"],
      ["kb_per_idle_connection", "KB per idle connection"],
      ["resident_mb_at_last", "resident MB at the end"],
    ],
    drawn: "kb_per_idle_room",
  },
  kill: {
    columns: [
      ["lost_after_delivery", "lost though somebody had it"],
      ["delivered", "delivered"],
      ["boot_ms", "start ms"],
      ["heal_ms", "healed after ms"],
    ],
    drawn: "lost_after_delivery",
  },
}
