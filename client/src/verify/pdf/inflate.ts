/** The data of streams (ISO 32000-1, 7.4); sizes are bounded while they are unpacked. */
import { type Bytes, join } from "../bytes"
import {
  DamagedPdf,
  type Dictionary,
  isDictionary,
  isList,
  isName,
  type Stream,
  wholeNumber,
} from "./objects"

export const LARGEST = 32 * 1024 * 1024

/** Plain or deflated data. Throws for other filters, for damage and above `limit` bytes. */
export async function unpack(stream: Stream, limit = LARGEST): Promise<Bytes> {
  const filter = stream.dictionary.get("Filter")
  const filters = isList(filter) ? filter : filter === undefined ? [] : [filter]
  if (filters.length > 1 || (filters.length && !isName(filters[0], "FlateDecode"))) {
    throw new DamagedPdf("a stream in an unexpected encoding")
  }
  const data = filters.length ? await inflate(stream.raw, limit) : stream.raw
  if (data.length > limit) throw new DamagedPdf("a stream is too large")
  return data
}

/** As `unpack`, and undoes the predictor that tables of objects are written with (PNG, 7.4.4.4). */
export async function unpackTable(stream: Stream): Promise<Bytes> {
  const data = await unpack(stream)
  const parameters = stream.dictionary.get("DecodeParms")
  return isDictionary(parameters) ? unpredict(data, parameters) : data
}

async function inflate(raw: Bytes, limit: number): Promise<Bytes> {
  if (!raw.length) return raw
  const reader = new Blob([raw]).stream().pipeThrough(new DecompressionStream("deflate")).getReader()
  const parts: Bytes[] = []
  let size = 0
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const part = new Uint8Array(read.value)
    size += part.length
    if (size > limit) {
      await reader.cancel()
      throw new DamagedPdf("a stream is too large")
    }
    parts.push(part)
  }
  return join(...parts)
}

function unpredict(data: Bytes, parameters: Dictionary): Bytes {
  if (!parameters.has("Predictor") || parameters.get("Predictor") === 1) return data
  const width = wholeNumber(parameters.get("Columns"))
  if (wholeNumber(parameters.get("Predictor")) < 10 || !width || data.length % (width + 1)) {
    throw new DamagedPdf("an unknown predictor")
  }
  const rows = data.length / (width + 1)
  const out = new Uint8Array(rows * width)
  for (let row = 0; row < rows; row++) {
    const kind = data[row * (width + 1)]
    if (kind !== 0 && kind !== 2) throw new DamagedPdf("an unknown predictor")
    for (let i = 0; i < width; i++) {
      const above = kind === 2 && row > 0 ? (out[(row - 1) * width + i] ?? 0) : 0
      out[row * width + i] = (data[row * (width + 1) + 1 + i] ?? 0) + above
    }
  }
  return out
}
