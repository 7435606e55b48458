/** The check of a PDF in the browser alone: puts together file chooser, verifier and report on `/verify`. */
import { type Bytes, digest } from "./verify/bytes"
import { receiveFiles } from "./verify/page/drop-zone"
import { reportView } from "./verify/page/report-view"
import { startServerCheck } from "./verify/page/server-check"
import { readWords, type Words } from "./verify/page/words"
import { type DocumentReport, verifyDocument } from "./verify/verify-document"
import { FileBeside, isWide } from "./verify/viewer/beside"

/** WebCrypto is there on safe connections only. Without it the check on the server is the only one. */
function canCheck(): boolean {
  return Boolean(globalThis.crypto?.subtle) && "DecompressionStream" in globalThis
}

function start(section: HTMLElement, words: Words): void {
  const status = section.querySelector("#browser-check-status")
  const place = section.querySelector("#browser-report")
  const around = section.parentElement
  if (!status || !place || !around) return
  const beside = new FileBeside(around, scriptsOf(section), words)
  let newest: File | undefined
  section.hidden = false
  receiveFiles(section, async (file) => {
    newest = file
    beside.clear()
    place.replaceChildren()
    status.textContent = words.sentences.working
    const { said, view, pages } = await check(file, words)
    if (newest !== file) return
    status.textContent = said
    place.replaceChildren(...view)
    if (pages) await beside.show(pages)
  })
}

function scriptsOf({ dataset }: HTMLElement): { viewer: string; painter: string } {
  return { viewer: dataset.viewer ?? "", painter: dataset.painter ?? "" }
}

/** `pages`: a file that can be shown. */
interface Checked {
  readonly said: string
  readonly view: Node[]
  readonly pages?: Bytes
}

async function check(file: File, words: Words): Promise<Checked> {
  try {
    const bytes = new Uint8Array(await file.slice(0, words.largest + 1).arrayBuffer())
    const report = await verifyDocument(bytes, { published: words.published })
    const about = {
      name: file.name,
      size: file.size,
      digest: await digest(bytes),
      at: `${new Date().toISOString().slice(0, 19)}Z`,
    }
    const facts = { ...about, open: address(bytes, "application/pdf"), saved: saved(report, about) }
    const said = words.verdicts[report.verdict] ?? report.verdict
    const view = reportView(report, facts, words)
    return report.verdict === "unreadable" ? { said, view } : { said, view, pages: bytes }
  } catch (error) {
    console.error(error)
    return { said: words.sentences.failed, view: [] }
  }
}

/** Always as PDF, whatever the file calls itself: a page opened from here would be one of ours. */
function address(data: BlobPart, type: string): string {
  return URL.createObjectURL(new Blob([data], { type }))
}

function saved({ text: _, verdict, ...report }: DocumentReport, about: object): string {
  const value = { verdict, file: about, checked_by: "browser", ...report }
  return address(JSON.stringify(value, null, 1), "application/json")
}

const section = document.getElementById("browser-check")
const words = readWords(document)
if (section && words && canCheck()) start(section, words)

const form = document.querySelector<HTMLFormElement>("form[data-server-check]")
if (section && form && words) {
  startServerCheck(form, words.sentences.working, isWide, async (file, place) => {
    const bytes = new Uint8Array(await file.arrayBuffer())
    await new FileBeside(place, scriptsOf(section), words).show(bytes)
  })
}
