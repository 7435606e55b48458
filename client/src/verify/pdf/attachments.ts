/** Files inside the file (ISO 32000-1, 7.11.4), by name. */
import type { Bytes } from "../bytes"
import type { PdfDocument } from "./document"
import { LARGEST, unpack } from "./inflate"
import { DamagedPdf, isDictionary, isList, PdfString, Stream, type Value } from "./objects"

const MOST = 100
const MAX_NODES = 500

/** Throws for more than 100 files, for more than 32 MiB altogether, or for one name twice. */
export async function readAttachments(document: PdfDocument): Promise<ReadonlyMap<string, Bytes>> {
  const names = await document.resolve((await document.catalog()).get("Names"))
  const tree = isDictionary(names) ? names.get("EmbeddedFiles") : undefined
  const found = new Map<string, Bytes>()
  let left = LARGEST
  for await (const [name, specification] of leaves(document, tree)) {
    if (found.has(name) || found.size === MOST)
      throw new DamagedPdf("one name twice, or too many attachments")
    const data = await readFile(document, specification, left)
    found.set(name, data)
    left -= data.length
  }
  return found
}

async function readFile(document: PdfDocument, specification: Value, limit: number): Promise<Bytes> {
  const files = await document.dictionary((await document.dictionary(specification)).get("EF"))
  const stream = await document.resolve(files.get("F"))
  if (!(stream instanceof Stream)) throw new DamagedPdf("a stream is missing")
  if (stream.dictionary.has("DecodeParms")) throw new DamagedPdf("a stream in an unexpected encoding")
  return unpack(stream, limit)
}

/** A name tree (7.9.6). Its nodes are counted: a tree may run in circles. */
async function* leaves(document: PdfDocument, root: Value | undefined): AsyncGenerator<[string, Value]> {
  const nodes = [root]
  for (let count = 0; nodes.length; count++) {
    if (count === MAX_NODES) throw new DamagedPdf("a name tree that is too large")
    const node = await document.resolve(nodes.shift())
    if (!isDictionary(node)) continue
    yield* pairs(document, await listOf(document, node.get("Names")))
    nodes.push(...(await listOf(document, node.get("Kids"))).slice(0, MAX_NODES))
  }
}

async function* pairs(document: PdfDocument, list: readonly Value[]): AsyncGenerator<[string, Value]> {
  for (let i = 0; i < list.length; i += 2) {
    const name = await document.resolve(list[i])
    const specification = list[i + 1]
    if (!(name instanceof PdfString) || specification === undefined)
      throw new DamagedPdf("a damaged name tree")
    yield [name.text, specification]
  }
}

async function listOf(document: PdfDocument, value: Value | undefined): Promise<readonly Value[]> {
  const found = await document.resolve(value)
  return isList(found) ? found : []
}
