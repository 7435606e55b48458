// node hocuspocus.mjs FOLDER PORT DATABASE: the server as its documentation starts it, with its SQLite extension.
import { createRequire } from "node:module"
import { pathToFileURL } from "node:url"

const [folder, port, database] = process.argv.slice(2)
const { resolve } = createRequire(`${folder}/package.json`)
const { Server } = await import(pathToFileURL(resolve("@hocuspocus/server")))
const { SQLite } = await import(pathToFileURL(resolve("@hocuspocus/extension-sqlite")))
const server = new Server({
  port: Number(port),
  address: "127.0.0.1",
  quiet: true,
  extensions: [new SQLite({ database })],
})
await server.listen()
