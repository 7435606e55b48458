import path from "node:path"
import { fileURLToPath } from "node:url"

export const BENCH = path.dirname(fileURLToPath(import.meta.url))
export const PROJECT = path.dirname(BENCH)
export const PEERS = path.join(BENCH, ".peers")
export const RESULTS = path.join(BENCH, "results")
export const PROJECT_PYTHON = path.join(PROJECT, ".venv/bin/python")
export const PEER_PYTHON = path.join(PEERS, "python/bin/python")
/** One Node for all peers that want Node, whatever this process runs on. */
export const PEER_NODE = path.join(PEERS, "node")
