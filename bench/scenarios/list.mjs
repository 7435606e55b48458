// Every scenario with what it asks for: at length, and short for a smoke test. Each is the function of its name
// in the file of its name. Nothing is imported here: this is read before anything is installed.

/** `rooms` of each: how many a server must have ready that does not make rooms for whoever asks. */
export const SCENARIOS = {
  room: {
    title: "One room: 50 clients, 10 typing 5 updates a second",
    rooms: 1,
    full: { clients: 50, writers: 10, rate: 5, seconds: 10 },
    quick: { clients: 10, writers: 3, rate: 5, seconds: 2 },
  },
  rate: {
    title: "Highest rate with p99 under 200 ms: 50 clients, all typing",
    rooms: 1,
    full: { clients: 50, limit: 200, seconds: 3, from: 100, most: 100_000, bisections: 3 },
    quick: { clients: 10, limit: 200, seconds: 1, from: 100, most: 300, bisections: 1 },
  },
  rooms: {
    title: "200 rooms of 3 clients, one typing 2 updates a second in each",
    rooms: 200,
    full: { count: 200, clients: 3, rate: 2, seconds: 10 },
    quick: { count: 20, clients: 3, rate: 2, seconds: 2 },
  },
  carets: {
    title: "100 carets moving 10 times a second",
    rooms: 1,
    full: { clients: 100, rate: 10, seconds: 5 },
    quick: { clients: 20, rate: 5, seconds: 2 },
  },
  joins: {
    title: "200 clients join a text of 105,000 characters within 2 seconds",
    rooms: 1,
    full: { clients: 200, within: 2, edits: undefined },
    quick: { clients: 20, within: 1, edits: 5_000 },
  },
  trace: {
    title: "Replay of an editing trace, SIGKILL, cold join, restart",
    rooms: 1,
    full: { edits: 20_000 },
    quick: { edits: 2_000 },
  },
  memory: {
    title: "Memory of idle rooms and connections",
    rooms: 240,
    full: { rooms: 200, connections: 400, settle: 2000 },
    quick: { rooms: 40, connections: 40, settle: 300 },
  },
  kill: {
    title: "SIGKILL in the middle of the load",
    rooms: 1,
    full: { clients: 20, writers: 10, rate: 5, seconds: 6 },
    quick: { clients: 6, writers: 3, rate: 5, seconds: 2 },
  },
}
