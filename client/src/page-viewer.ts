/**
 * Paints the pages of a PDF on canvases. A bundle of its own, loaded only where pages are shown.
 *
 * Nothing of the file runs: pdf.js interprets painting operators and runs scripts only where its scripting
 * module is handed in, which is not part of this bundle; forms, links and XFA are not built either.
 */
import { AnnotationMode, getDocument, PDFWorker } from "pdfjs-dist/legacy/build/pdf.mjs"
import type { OpenPages } from "./verify/viewer/pages"

const MAX_PIXELS = 8_000_000
const MAX_IMAGE = 16_000_000
const SHARPEST = 2

/** Throws for what cannot be painted. */
export const openPages: OpenPages = async (data, script) => {
  const port = new Worker(script, { type: "module" })
  const worker = PDFWorker.create({ port })
  const task = getDocument({
    data,
    worker,
    isEvalSupported: false,
    enableXfa: false,
    useWasm: false,
    useWorkerFetch: false,
    maxImageSize: MAX_IMAGE,
    canvasMaxAreaInBytes: 4 * MAX_PIXELS,
    verbosity: 0,
  })
  const close = () => {
    worker.destroy()
    port.terminate()
  }
  try {
    const file = await task.promise
    return { count: file.numPages, close, paint: (number, canvas) => paint(file, number, canvas) }
  } catch (error) {
    close()
    throw error
  }
}

type File = Awaited<ReturnType<typeof getDocument>["promise"]>

async function paint(file: File, number: number, canvas: HTMLCanvasElement): Promise<void> {
  const page = await file.getPage(number)
  const plain = page.getViewport({ scale: 1 })
  const wanted = (canvas.clientWidth / plain.width) * Math.min(devicePixelRatio, SHARPEST)
  const largest = Math.sqrt(MAX_PIXELS / (plain.width * plain.height))
  const viewport = page.getViewport({ scale: Math.min(wanted, largest) })
  canvas.width = Math.ceil(viewport.width)
  canvas.height = Math.ceil(viewport.height)
  await page.render({ canvas, viewport, annotationMode: AnnotationMode.ENABLE }).promise
  page.cleanup()
}
