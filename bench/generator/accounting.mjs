// What processes cost, from /proc (Linux, proc(5)).
import fs from "node:fs"

const TICKS = 100 // a second: USER_HZ, the same on every Linux that matters here

function read(path) {
  try {
    return fs.readFileSync(path, "latin1")
  } catch {
    return null // the process or thread has just ended
  }
}

/** Fields of /proc/PID/stat from the third on; the second, the name, may hold spaces. */
function statFields(pid) {
  const text = read(`/proc/${pid}/stat`)
  return text?.slice(text.lastIndexOf(")") + 2).split(" ")
}

/** The process and all its descendants. */
export function family(pid) {
  const children = new Map()
  for (const name of fs.readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    const parent = Number(statFields(name)?.[1])
    children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  const found = [pid]
  for (const each of found) found.push(...(children.get(each) ?? []))
  return found
}

/** Seconds. Threads that have ended count in ticks only, so the larger of the two is the truth. */
function cpuSeconds(pid) {
  let threads = []
  try {
    threads = fs.readdirSync(`/proc/${pid}/task`)
  } catch {
    return 0
  }
  const nanoseconds = threads
    .map((thread) => Number(read(`/proc/${pid}/task/${thread}/schedstat`)?.split(" ")[0] ?? 0))
    .reduce((sum, one) => sum + one, 0)
  const fields = statFields(pid)
  const ticks = fields ? (Number(fields[11]) + Number(fields[12])) / TICKS : 0
  return ticks > nanoseconds / 1e9 + 0.03 ? ticks : nanoseconds / 1e9
}

function machineSeconds() {
  const [user, nice, system, , , irq, softirq, steal] = read("/proc/stat")
    .split("\n")[0]
    .trim()
    .split(/\s+/)
    .slice(1)
    .map((field) => Number(field) / TICKS)
  return { busy: user + nice + system + irq + softirq, steal }
}

/** Resident KB of a server with all its processes. */
export function residentKb(pid) {
  return family(pid)
    .map((each) => Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${each}/status`) ?? "")?.[1] ?? 0))
    .reduce((sum, one) => sum + one, 0)
}

/** From its making on: what the server, the generator and everybody else have used. */
export class Meter {
  constructor(pid) {
    this.pid = pid
    this.from = this.#now()
  }

  #now() {
    const own = process.cpuUsage()
    return {
      wall: performance.now() / 1000,
      server: family(this.pid)
        .map(cpuSeconds)
        .reduce((sum, one) => sum + one, 0),
      generator: (own.user + own.system) / 1e6,
      ...machineSeconds(),
    }
  }

  /** Seconds of server CPU, and shares of one core. `others` disturb the figures; so does `stolen`. */
  read() {
    const now = this.#now()
    const [wall, server, generator, busy, steal] = ["wall", "server", "generator", "busy", "steal"].map(
      (key) => now[key] - this.from[key],
    )
    return {
      seconds: wall,
      server_cpu_s: server,
      server_cores: server / wall,
      generator_cores: generator / wall,
      others_cores: Math.max(0, busy - server - generator) / wall,
      stolen_cores: steal / wall,
    }
  }
}
