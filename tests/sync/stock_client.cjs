// node stock_client.cjs NODE_MODULES URL COOKIE EXPECTS ADDS
// An unmodified y-websocket client: waits for a text, adds to it, ends when the addition went out.
const { createRequire } = require('node:module')
const [modules, url, cookie, expects, adds] = process.argv.slice(2)
const load = createRequire(modules + '/')
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
const provider = new WebsocketProvider(url, 'appell', doc, { WebSocketPolyfill: NewSession, disableBc: true })
provider.awareness.setLocalStateField('user', { name: 'Ben' })
let added = false
text.observe(() => {
  if (!added && text.toString() === expects) {
    added = true
    setTimeout(() => {
      text.insert(text.length, adds)
      setTimeout(() => { provider.destroy(); process.exit(0) }, 200)
    })
  }
})
setTimeout(() => process.exit(1), 15000)
