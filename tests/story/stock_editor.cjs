// node stock_editor.cjs NODE_MODULES URL SLUG COOKIE EXPECTS ADDS AWAITS
// An unmodified y-websocket client: waits for EXPECTS, writes ADDS behind it, ends when AWAITS has come too.
const { createRequire } = require('node:module')
const [modules, url, slug, cookie, expects, adds, awaits] = process.argv.slice(2)
const load = createRequire(`${modules}/`)
const Y = load('yjs')
const { WebsocketProvider } = load('y-websocket')
const WebSocket = load('ws')

class NewSession extends WebSocket {
  constructor(address, protocols) {
    super(address, protocols, { headers: { Cookie: cookie } })
  }
}

const doc = new Y.Doc()
const text = doc.getText('text')
const provider = new WebsocketProvider(url, slug, doc, { WebSocketPolyfill: NewSession, disableBc: true })
let added = false
text.observe(() => setTimeout(look))
provider.on('sync', look)

function look() {
  const at = text.toString().indexOf(expects)
  if (!added && at >= 0) {
    added = true
    text.insert(at + expects.length, adds, {})
    process.stdout.write('added\n')
  }
  if (added && text.toString().includes(awaits)) {
    process.stdout.write('seen\n', () => process.exit(0))
  }
}

setTimeout(() => process.exit(1), 40000)
