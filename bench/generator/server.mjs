// Starts, kills and restarts the server under test.
import { spawn } from "node:child_process"
import fs from "node:fs"
import net from "node:net"
import { family } from "./accounting.mjs"
import { until } from "./pace.mjs"

const BOOT_TIMEOUT = 120_000
const STOP_TIMEOUT = 15_000

export class Server {
  /** `start`: {command, environment, folder} with {port} and {data} already filled in. */
  constructor({ start, port, log }) {
    this.how = start
    this.port = port
    this.log = log
    this.child = null
  }

  get pid() {
    return this.child.pid
  }

  get alive() {
    return this.child !== null && this.child.exitCode === null && this.child.signalCode === null
  }

  /** Resolves when the port answers. */
  async start() {
    const log = fs.openSync(this.log, "a")
    const [program, ...rest] = this.how.command
    const startedAt = performance.now()
    this.child = spawn(program, rest, {
      cwd: this.how.folder,
      env: { ...process.env, ...this.how.environment },
      stdio: ["ignore", log, log],
    })
    fs.closeSync(log)
    let broken = null
    this.child.once("error", (error) => {
      broken = error
    })
    await this.#untilItListens(
      () => broken ?? (this.alive ? null : new Error("the server ended while starting")),
    )
    this.bootMs = performance.now() - startedAt
  }

  async #untilItListens(problem) {
    const end = performance.now() + BOOT_TIMEOUT
    while (!(await listens(this.port))) {
      const error = problem() ?? (performance.now() > end ? new Error("the server does not listen") : null)
      if (error) throw new Error(`${error.message}; ${this.lastWords()}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  /** The end of what it wrote to its log. */
  lastWords() {
    return fs.readFileSync(this.log, "utf8").trim().split("\n").slice(-4).join(" / ").slice(-800)
  }

  /** SIGKILL reaches all its processes at once; a polite signal only the first. */
  async stop(signal = "SIGTERM") {
    if (!this.child) return
    const all = family(this.child.pid)
    send(signal === "SIGKILL" ? all : [this.child.pid], signal)
    const gone = await until(() => !this.alive, STOP_TIMEOUT)
    if (!gone) send(all, "SIGKILL")
    await until(() => !this.alive, STOP_TIMEOUT)
    send(all.slice(1), "SIGKILL")
    this.child = null
  }
}

function send(pids, signal) {
  for (const pid of pids) {
    try {
      process.kill(pid, signal)
    } catch (error) {
      if (error.code !== "ESRCH") throw error
    }
  }
}

function listens(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, "127.0.0.1")
    socket.on("connect", () => {
      socket.destroy()
      resolve(true)
    })
    socket.on("error", () => resolve(false))
  })
}

/** A port that nobody uses now. */
export function freePort() {
  return new Promise((resolve) => {
    const probe = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}
