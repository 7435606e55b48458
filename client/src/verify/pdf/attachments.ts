/** Files inside the file (ISO 32000-1, 7.11.4), by name. */
import type { Bytes } from "../bytes"
import type { PdfDocument } from "./document"
import { LARGEST, unpack } from "./inflate"
import { DamagedPdf, isDictionary, isList, PdfString, Stream, type Value } from "./objects"

const MOST = 100
const DEEPEST = 8

/** Throws for more than 100 files, for more than 32 MiB altogether, or for one name twice. */
export async function readAttachments(document: PdfDocument): Promise<ReadonlyMap<string, Bytes>> {
  const names = await document.resolve((await document.catalog()).get("Names"))
  const tree = isDictionary(names) ? names.get("EmbeddedFiles") : undefined
  const found = new Map<string, Bytes>()
  let left = LARGEST
  for await (const [name, specification] of leaves(document, tree, 0)) {
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

/** A name tree (7.9.6). */
async function* leaves(
  document: PdfDocument,
  node: Value | undefined,
  depth: number,
): AsyncGenerator<[string, Value]> {
  if (depth > DEEPEST) throw new DamagedPdf("a name tree that is too deep")
  const found = await document.resolve(node)
  if (!isDictionary(found)) return
  const pairs = await listOf(document, found.get("Names"))
  for (let i = 0; i < pairs.length; i += 2) {
    const name = await document.resolve(pairs[i])
    const specification = pairs[i + 1]
    if (!(name instanceof PdfString) || specification === undefined)
      throw new DamagedPdf("a damaged name tree")
    yield [name.text, specification]
  }
  for (const kid of (await listOf(document, found.get("Kids"))).slice(0, MOST + 1)) {
    yield* leaves(document, kid, depth + 1)
  }
}

async function listOf(document: PdfDocument, value: Value | undefined): Promise<readonly Value[]> {
  const found = await document.resolve(value)
  return isList(found) ? found : []
}
