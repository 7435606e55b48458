/** The check of a PDF in the browser alone: puts together file chooser, verifier and report on `/verify`. */
import { digest } from "./verify/bytes"
import { receiveFiles } from "./verify/page/drop-zone"
import { reportView, verdict } from "./verify/page/report-view"
import { readWords, type Words } from "./verify/page/words"
import { verifyDocument } from "./verify/verify-document"

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
  if (file.size > words.largest) return [words.sentences.tooLarge, []]
  try {
    const bytes = new Uint8Array(await file.arrayBuffer())
    const report = await verifyDocument(bytes)
    const facts = { name: file.name, digest: await digest(bytes) }
    return [verdict(report, words).title, reportView(report, facts, words)]
  } catch (error) {
    console.error(error)
    return [words.sentences.failed, []]
  }
}

const section = document.getElementById("browser-check")
const words = readWords(document)
if (section && words && canCheck()) start(section, words)
