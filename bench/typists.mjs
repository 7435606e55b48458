// node typists.mjs '{"port", "session", "room", "people", "rate", "seconds"}': people who type into a room of ours.
import * as Y from "yjs"
import { Client } from "./generator/client.mjs"
import { readInitial } from "./generator/fresh-read.mjs"
import { pace } from "./generator/pace.mjs"
import { Writer } from "./generator/writer.mjs"
import { CATALOGUE, targetOf } from "./peers/catalogue.mjs"

const LINES = 300

const { port, session, room, people, rate, seconds } = JSON.parse(process.argv[2])
const target = targetOf(CATALOGUE.ours, port, session)
const whole = Y.encodeStateAsUpdate(await readInitial(target, room))
const writers = []
for (let number = 0; number < people; number++) {
  const client = await new Client(target, room).connect()
  writers.push(new Writer({ whole, lines: LINES }, number, client))
}
console.log("typing")
await pace(people * rate, seconds, (turn) => writers[turn % people].send())
for (const { client } of writers) client.close()
