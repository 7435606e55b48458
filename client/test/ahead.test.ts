/** The page's first socket is there before the page is. */
import { expect, test } from "vitest"
import * as Y from "yjs"
import { openAhead } from "../src/sync/ahead"
import { Provider } from "../src/sync/provider"
import { FakeSocket } from "./support/fake-socket"

test("what the server says before anybody listens is told in order, and the next socket is a new one", async () => {
  const sockets: FakeSocket[] = []
  const open = (url: string, protocol: string) => {
    const socket = new FakeSocket(url, protocol)
    sockets.push(socket)
    return socket
  }
  const server = new Y.Doc()
  server.getText("text").insert(0, "Netze\n")
  const openSocket = openAhead(open, "ws://x")
  const [first] = sockets
  first?.open()
  first?.state(true)

  const doc = new Y.Doc()
  const provider = new Provider(doc, { url: "ws://x", openSocket })
  provider.connect()
  expect(provider.status.connection).toBe("connecting")
  await Promise.resolve()
  expect(provider.status).toMatchObject({ connection: "online", synced: false })
  expect(first?.sent[0]?.type).toBe("step1")
  first?.welcome(server)
  expect(provider.status.synced).toBe(true)
  expect(doc.getText("text").toString()).toBe("Netze\n")

  expect(sockets).toHaveLength(1)
  first?.end(1006)
  await expect.poll(() => sockets.length).toBe(2)
  provider.goOffline()
})
