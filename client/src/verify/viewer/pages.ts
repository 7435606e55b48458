/** What the bundle `page-viewer.ts` exports; it is loaded by its address, which the page knows. */
import type { Bytes } from "../bytes"

export interface PagesOfFile {
  readonly count: number
  /** As wide as the canvas lies on the page. `number` counts from 1. */
  paint(number: number, canvas: HTMLCanvasElement): Promise<void>
  /** Ends the worker, also in the midst of a page. */
  close(): void
}

/** `script` is the address of the worker. The data is handed over to it. */
export type OpenPages = (data: Bytes, script: string) => Promise<PagesOfFile>

/** Addresses of the two scripts, from the page's `data-viewer` and `data-painter`. */
export interface ViewerScripts {
  readonly viewer: string
  readonly painter: string
}

export async function loadPages(data: Bytes, { viewer, painter }: ViewerScripts): Promise<PagesOfFile> {
  const { openPages }: { openPages: OpenPages } = await import(viewer)
  return openPages(data, painter)
}
