/**
 * The editor of one declaration: puts together doc, wire and view in the page's `#editor`.
 *
 * For tests and for whoever looks: `<html data-editor="ready">` once the server's text is there, and
 * `data-saved`, `data-connection` on the status line.
 */
import * as Y from "yjs"
import { element } from "./dom"
import { Following } from "./editor/carets/following"
import { holdWhileComposing } from "./island/composition"
import { csrfToken, type EditorConfig, readConfig, socketUrl } from "./island/config"
import { editorFeatures } from "./island/features"
import { mountEditor } from "./island/mount"
import { Notice } from "./island/notice"
import { keepPage } from "./island/offline-page"
import { PresenceList } from "./island/presence-list"
import { Rescue } from "./island/rescue"
import { isRefused, isStranded, mayLeave, noticeKey, rightsNow } from "./island/sentences"
import { StatusLine } from "./island/status-line"
import { NO_RIGHTS } from "./rights"
import type { StringKey } from "./strings"
import { openAhead } from "./sync/ahead"
import { removeTraces } from "./sync/local-traces"
import { followBrowser } from "./sync/network-events"
import { OfflineStore } from "./sync/offline-store"
import { Writers } from "./sync/presence"
import { Provider, type Status } from "./sync/provider"
import { Transport } from "./sync/transport"

/** Name of the shared text within the doc, as the server seeds it. */
const TEXT = "text"

async function start(place: HTMLElement, config: EditorConfig): Promise<void> {
  const { strings } = config
  const url = socketUrl(config, location)
  const { open } = new Transport({ csrfToken: csrfToken(document) })
  const openSocket = navigator.onLine ? openAhead(open, url) : open
  const doc = new Y.Doc()
  const outbox = await openOutbox(config)
  const found = (await outbox?.load(doc)) ?? { unsaved: false, text: false, refused: null }
  const provider = new Provider(doc, {
    url,
    openSocket,
    unsaved: found.unsaved,
    onUnsaved: (update) => outbox?.add(update),
  })
  const statusLine = new StatusLine(strings, config)
  const writers = new Writers()
  const following = new Following()
  const editor = mountEditor(doc.getText(TEXT), {
    strings,
    language: config.language,
    direction: config.direction,
    places: {
      tools: part("tools"),
      mode: part("mode"),
      count: part("count"),
      cards: part("cards"),
    },
    decisions: config.decisions,
    features: editorFeatures(config, { provider, writers, textName: TEXT, following }),
  })
  const notice = new Notice(strings, location.pathname)
  part("status").replaceChildren(statusLine.dom)
  const presence = new PresenceList(part("presence"), config.person.id, strings, following)
  const rescue = new Rescue(strings, editor.plainText)
  const shown = place.children.length > 0 // the server has written the text there, until ours is ready
  place.prepend(notice.dom, rescue.refused, rescue.dom)
  place.append(editor.dom)
  if (found.refused !== null) rescue.offerRefused(found.refused, () => void outbox?.forgetRefused())
  holdWhileComposing(editor, doc.getText(TEXT), provider)

  let ready = false
  let synced = false
  let setAside = false
  /** Runs with each key: it touches the page only where something has changed. */
  const show = (status: Status) => {
    const there = status.synced || found.text
    if (there || status.stopReason || status.trouble) notice.show(noticeOf(status, config))
    else notice.show(shown ? null : "loading")
    editor.setRights(there ? rightsNow(status, config) : NO_RIGHTS)
    rescue.offer(isStranded(status, config))
    statusLine.update(status, outbox?.kept ?? false)
    writers.meet(status.people)
    if (status.synced && !synced) editor.synced()
    synced = status.synced
    presence.update(status.people)
    if (status.saved) void outbox?.confirm()
    if (isRefused(status) && !setAside) {
      setAside = true
      void outbox?.setAside(editor.plainText()).then(() => rescue.markKept())
    }
    if (there && !ready) {
      document.documentElement.dataset.editor = "ready"
      for (const each of place.querySelectorAll(".ke-server")) each.remove()
    }
    ready ||= there
  }
  provider.onStatus(show)
  show(provider.status)
  followBrowser(provider, () => mayLeave(provider.status, outbox?.kept ?? false))
  if (navigator.onLine) provider.connect()
  if (outbox) keepForLater(doc, outbox, provider, () => show(provider.status))
  window.addEventListener("pagehide", () => {
    editor.settle()
    void outbox?.flush()
    provider.goOffline()
  })
  window.addEventListener("pageshow", ({ persisted }) => persisted && provider.connect())
}

/** A private draft says itself that it holds proposals only. */
function noticeOf(status: Status, config: EditorConfig): StringKey | null {
  const key = noticeKey(status, config)
  return config.branch && key === "suggestOnly" ? null : key
}

/** A part of the page that the server has made room for. */
function part(id: string): HTMLElement {
  return document.getElementById(id) ?? element("div")
}

/** Milliseconds between two copies of the text. */
const COPY_EVERY = 5_000

/** From the first sight of the server's text on, the page can be opened again without a connection. */
function keepForLater(doc: Y.Doc, outbox: OfflineStore, provider: Provider, show: () => void): void {
  let changed = false
  let started = false
  const copy = () => {
    if (!changed || !provider.status.synced || provider.status.stopReason) return
    changed = false
    void outbox.keepText(doc)
  }
  outbox.onKept = show
  doc.on("update", () => {
    changed = true
  })
  provider.onStatus(({ synced, stopReason }) => {
    if (stopReason === "signedOut" || stopReason === "notAllowed") void removeTraces()
    if (!synced || started) return
    started = true
    changed = true
    copy()
    void keepPage(location)
  })
  setInterval(copy, COPY_EVERY)
  window.addEventListener("pagehide", copy)
}

/** Without storage (private window, full disk) one can write all the same, with the warning on leaving. */
async function openOutbox(config: EditorConfig): Promise<OfflineStore | null> {
  try {
    return await OfflineStore.open(config.text, config.person.id)
  } catch (error) {
    console.warn("this browser keeps nothing for times without a connection", error)
    return null
  }
}

const place = document.getElementById("editor")
const config = readConfig(document)
if (place && config) void start(place, config)
