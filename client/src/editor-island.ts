/**
 * The editor of one declaration: puts together doc, wire and view in the page's `#editor`.
 *
 * For tests and for whoever looks: `<html data-editor="ready">` once the server's text is there, and
 * `data-saved`, `data-connection` on the status line.
 */
import * as Y from "yjs"
import { element } from "./dom"
import { awarenessCarets } from "./island/caret-source"
import { holdWhileComposing } from "./island/composition"
import { csrfToken, type EditorConfig, readConfig, socketUrl } from "./island/config"
import { mountEditor } from "./island/mount"
import { PresenceList } from "./island/presence-list"
import { mayEdit, noticeKey } from "./island/sentences"
import { StatusLine } from "./island/status-line"
import { followBrowser } from "./sync/network-events"
import { OfflineStore } from "./sync/offline-store"
import { nameOf } from "./sync/presence"
import { Provider, type Status } from "./sync/provider"
import { Transport } from "./sync/transport"

/** Name of the shared text within the doc, as the server seeds it. */
const TEXT = "text"

async function start(place: HTMLElement, config: EditorConfig): Promise<void> {
  const { strings } = config
  const doc = new Y.Doc()
  const outbox = await openOutbox(config)
  const provider = new Provider(doc, {
    url: socketUrl(config, location),
    openSocket: new Transport({ csrfToken: csrfToken(document) }).open,
    unsaved: (await outbox?.load(doc)) ?? false,
    onUnsaved: (update) => outbox?.add(update),
  })
  const statusLine = new StatusLine(strings, config)
  const carets = awarenessCarets(provider, TEXT)
  const editor = mountEditor(doc.getText(TEXT), {
    carets,
    strings,
    status: statusLine.dom,
    suggestions: {
      place: document.getElementById("suggestions") ?? element("div"),
      author: { person: config.person.id, municipality: config.person.municipality },
      strings,
      nameOf: (person) => config.names.get(person) ?? nameOf(provider.status.people, person),
    },
  })
  const notice = element("p", { class: "ke-editor__notice", role: "alert" }, strings.loading)
  const people = document.getElementById("presence")
  const presence = people && new PresenceList(people, config.person.id, strings)
  place.replaceChildren(notice, editor.dom)
  holdWhileComposing(editor.text, provider)

  const show = (status: Status) => {
    const key = status.synced || status.stopReason ? noticeKey(status, config) : "loading"
    const words = key ? strings[key] : ""
    if (notice.textContent !== words) notice.textContent = words
    notice.hidden = !words
    editor.setEditable(status.synced && mayEdit(status, config))
    statusLine.update(status)
    presence?.update(status.people)
    if (status.saved) void outbox?.confirm()
    if (status.synced) document.documentElement.dataset.editor = "ready"
  }
  provider.onStatus(show)
  show(provider.status)
  followBrowser(provider)
  if (navigator.onLine) provider.connect()
  window.addEventListener("pagehide", () => {
    void outbox?.flush()
    provider.goOffline()
  })
  window.addEventListener("pageshow", ({ persisted }) => persisted && provider.connect())
}

/** Without storage (private window, full disk) one can write all the same, with the warning on leaving. */
async function openOutbox(config: EditorConfig): Promise<OfflineStore | null> {
  try {
    return await OfflineStore.open(config.slug, config.person.id)
  } catch (error) {
    console.warn("this browser keeps nothing for times without a connection", error)
    return null
  }
}

const place = document.getElementById("editor")
const config = readConfig(document)
if (place && config) void start(place, config)
