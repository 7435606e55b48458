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
import { type EditorConfig, readConfig, socketUrl } from "./island/config"
import { mountEditor } from "./island/mount"
import { PresenceList } from "./island/presence-list"
import { mayEdit, noticeKey } from "./island/sentences"
import { StatusLine } from "./island/status-line"
import { followBrowser } from "./sync/network-events"
import { Provider, type Status } from "./sync/provider"

/** Name of the shared text within the doc, as the server seeds it. */
const TEXT = "text"

function start(place: HTMLElement, config: EditorConfig): void {
  const { strings } = config
  const doc = new Y.Doc()
  const provider = new Provider(doc, { url: socketUrl(config, location) })
  const statusLine = new StatusLine(strings, config)
  const carets = awarenessCarets(provider, TEXT)
  const editor = mountEditor(doc.getText(TEXT), carets, strings, statusLine.dom)
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
    if (status.synced) document.documentElement.dataset.editor = "ready"
  }
  provider.onStatus(show)
  show(provider.status)
  followBrowser(provider)
  if (navigator.onLine) provider.connect()
  window.addEventListener("pagehide", () => provider.goOffline())
  window.addEventListener("pageshow", ({ persisted }) => persisted && provider.connect())
}

const place = document.getElementById("editor")
const config = readConfig(document)
if (place && config) start(place, config)
