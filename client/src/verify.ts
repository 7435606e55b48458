/** The check of a PDF in the browser alone: puts together file chooser, verifier and report on `/verify`. */
import { digest } from "./verify/bytes"
import { receiveFiles } from "./verify/page/drop-zone"
import { reportView } from "./verify/page/report-view"
import { readWords, type Words } from "./verify/page/words"
import { type DocumentReport, verifyDocument } from "./verify/verify-document"

/** WebCrypto is there on safe connections only. Without it the check on the server is the only one. */
function canCheck(): boolean {
  return Boolean(globalThis.crypto?.subtle) && "DecompressionStream" in globalThis
}

function start(section: HTMLElement, words: Words): void {
  const status = section.querySelector("#browser-check-status")
  const place = section.querySelector("#browser-report")
  if (!status || !place) return
  let newest: File | undefined
  section.hidden = false
  receiveFiles(section, async (file) => {
    newest = file
    place.replaceChildren()
    status.textContent = words.sentences.working
    const [said, view] = await check(file, words)
    if (newest !== file) return
    status.textContent = said
    place.replaceChildren(...view)
  })
}

async function check(file: File, words: Words): Promise<[string, Node[]]> {
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
    return [words.verdicts[report.verdict] ?? report.verdict, reportView(report, facts, words)]
  } catch (error) {
    console.error(error)
    return [words.sentences.failed, []]
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
