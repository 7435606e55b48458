/** `node test/run.mjs constants`: what both ends must call by the same number, as one line of JSON. */
import { SCHEMA_VERSION } from "../src/editor/text/schema"
import { CloseCode } from "../src/sync/close-codes"
import { TOPICS } from "../src/sync/notices"
import { SUBPROTOCOL } from "../src/sync/protocol"

const constants = { closeCodes: CloseCode, schema: SCHEMA_VERSION, subprotocol: SUBPROTOCOL, topics: TOPICS }
process.stdout.write(`${JSON.stringify(constants)}\n`)
