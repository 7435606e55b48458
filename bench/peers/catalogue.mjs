// The servers that are compared: how each is started and what it promises about an update that somebody sees.
import { readFileSync } from "node:fs"
import path from "node:path"
import { BENCH, PEER_NODE, PEER_PYTHON, PEERS, PROJECT, PROJECT_PYTHON } from "../paths.mjs"

const here = (file) => path.join(BENCH, "peers", file)
const installed = (folder) => path.join(PEERS, folder)
/** What the editor says that it understands; the room takes nobody older. */
const schema = readFileSync(path.join(PROJECT, "client/src/editor/text/schema.ts"), "utf8")
const SCHEMA = /SCHEMA_VERSION = (\d+)/.exec(schema)[1]
const NODE_WS = "y-websocket-leveldb/node_modules/@y/websocket-server/src/server.js"

/** `start` gets {port, data: a fresh folder, rooms: how many rooms must exist}. */
export const CATALOGUE = {
  ours: {
    title: "Kraftakt",
    guarantee: "committed to SQLite (WAL, synchronous=FULL) before anybody else gets it; the sender is told",
    protocol: "y",
    path: `/ws/declarations/{room}?schema=${SCHEMA}`,
    roomsExist: true,
    ours: true,
    subprotocol: "kraftakt.v1",
    start: startOurs,
  },
  "ours-stock": {
    title: "Kraftakt with stock clients",
    guarantee: "the same, without telling the sender",
    protocol: "y",
    path: "/ws/declarations/{room}",
    roomsExist: true,
    ours: true,
    start: startOurs,
  },
  "y-websocket": {
    title: "y-websocket server 0.1.5",
    guarantee: "in memory: everything is gone with the process",
    protocol: "y",
    path: "/{room}",
    start: ({ port }) => ({
      command: [PEER_NODE, installed("y-websocket/node_modules/@y/websocket-server/src/server.js")],
      environment: { HOST: "127.0.0.1", PORT: port },
    }),
  },
  "y-websocket-leveldb": {
    title: "y-websocket server 0.1.1 + LevelDB",
    guarantee: "relayed at once, written to LevelDB beside it, without fsync",
    protocol: "y",
    path: "/{room}",
    start: ({ port, data }) => ({
      command: [PEER_NODE, installed(NODE_WS)],
      environment: { HOST: "127.0.0.1", PORT: port, YPERSISTENCE: path.join(data, "level") },
    }),
  },
  hocuspocus: {
    title: "Hocuspocus 4.7.0 + SQLite",
    guarantee: "debounced: the whole document is stored 2 s after the last change, 10 s at most",
    protocol: "hocuspocus",
    path: "/",
    start: ({ port, data }) => ({
      command: [
        PEER_NODE,
        here("hocuspocus.mjs"),
        installed("hocuspocus"),
        port,
        path.join(data, "hocuspocus.db"),
      ],
    }),
  },
  "pycrdt-websocket": {
    title: "pycrdt-websocket 0.16.5 + SQLite",
    guarantee: "relayed at once, committed to SQLite beside it",
    protocol: "y",
    path: "/{room}",
    start: ({ port, data }) => ({
      command: [PEER_PYTHON, here("pycrdt_websocket.py"), port, path.join(data, "updates.db")],
    }),
  },
  relay: {
    title: "bare relay on uvicorn (sans-IO)",
    guarantee: "no document and no store: what one send for each message costs at least",
    protocol: "relay",
    path: "/{room}",
    scenarios: ["room", "rate", "rooms"],
    start: ({ port }) => ({ command: [PEER_PYTHON, here("relay.py"), port] }),
  },
}

export const DEFAULT_PEERS = Object.keys(CATALOGUE).filter((name) => name !== "ours-stock")

function startOurs({ port, data, rooms }) {
  return { command: [PROJECT_PYTHON, "-m", "bench.ours", port, data, rooms], folder: PROJECT }
}

/** What a client needs: address and headers. Ours wants a signed-in person of the same origin. */
export function targetOf(peer, port, session) {
  const headers = {
    ...(peer.ours && { Origin: `http://127.0.0.1:${port}`, Cookie: `kraftakt_session=${session}` }),
    ...(peer.subprotocol && { "Sec-WebSocket-Protocol": peer.subprotocol }),
  }
  return {
    url: `ws://127.0.0.1:${port}${peer.path}`,
    headers,
    protocol: peer.protocol,
    roomsExist: peer.roomsExist,
  }
}
