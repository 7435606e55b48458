/** Objects of a file by their number. Nothing is repaired: a file that needs it is not as we wrote it. */
import { type Bytes, latin1 } from "../bytes"
import { type Place, readSections, type Section } from "./cross-references"
import { unpack } from "./inflate"
import {
  DamagedPdf,
  type Dictionary,
  isDictionary,
  isName,
  Reference,
  Stream,
  type Value,
  wholeNumber,
} from "./objects"
import { Parser, readIndirect } from "./parser"

const LARGEST_FILE = 64 * 1024 * 1024
const LONGEST_CHAIN = 20

export class PdfDocument {
  private readonly objects = new Map<number, Promise<Value>>()
  private readonly packed = new Map<number, Promise<ReadonlyMap<number, Value>>>()
  private readonly places = new Map<number, Place>()

  private constructor(
    readonly bytes: Bytes,
    readonly sections: readonly Section[],
  ) {
    for (const section of [...sections].reverse()) {
      for (const [number, place] of section.places) this.places.set(number, place)
    }
  }

  /** Throws DamagedPdf for what is too large, encrypted or no PDF. */
  static async open(bytes: Bytes): Promise<PdfDocument> {
    if (bytes.length > LARGEST_FILE) throw new DamagedPdf("the file is too large")
    if (latin1(bytes.subarray(0, 5)) !== "%PDF-") throw new DamagedPdf("not a PDF that can be read")
    return new PdfDocument(bytes, await readSections(bytes))
  }

  get trailer(): Dictionary {
    const newest = this.sections[0]
    if (!newest) throw new DamagedPdf("the trailer is missing")
    return newest.trailer
  }

  /** Numbers of all objects that are not free, and where they lie. */
  get inUse(): ReadonlyMap<number, Place> {
    return new Map([...this.places].filter(([, place]) => place.kind !== "free"))
  }

  async catalog(): Promise<Dictionary> {
    return this.dictionary(this.trailer.get("Root"))
  }

  /** The value itself, or what a reference leads to; null where there is nothing. */
  async resolve(value: Value | undefined): Promise<Value> {
    let found = value ?? null
    for (let steps = 0; found instanceof Reference; steps++) {
      if (steps === LONGEST_CHAIN) throw new DamagedPdf("references run in a circle")
      found = await this.object(found)
    }
    return found
  }

  async dictionary(value: Value | undefined): Promise<Dictionary> {
    const found = await this.resolve(value)
    if (!isDictionary(found)) throw new DamagedPdf("a dictionary is missing")
    return found
  }

  private object(reference: Reference): Promise<Value> {
    const known = this.objects.get(reference.number)
    if (known) return known
    const found = this.read(reference)
    this.objects.set(reference.number, found)
    return found
  }

  private async read(reference: Reference): Promise<Value> {
    const place = this.places.get(reference.number)
    if (!place || place.kind === "free") return null
    if (place.kind === "packed") return this.unpacked(place.stream, reference.number)
    const found = await readIndirect(this.bytes, place.offset, (length) => this.lengthOf(length))
    if (found.number !== reference.number || found.generation !== reference.generation) {
      throw new DamagedPdf("an object is not where it should be")
    }
    return found.value
  }

  /** A length that is an object itself is a plain number; to look for more would be a way to run in circles. */
  private async lengthOf(length: Value | undefined): Promise<number> {
    if (!(length instanceof Reference)) return wholeNumber(length)
    const place = this.places.get(length.number)
    if (place?.kind !== "offset") throw new DamagedPdf("the length of a stream is missing")
    const found = await readIndirect(this.bytes, place.offset, refuse)
    if (found.number !== length.number) throw new DamagedPdf("an object is not where it should be")
    return wholeNumber(found.value)
  }

  private async unpacked(stream: number, number: number): Promise<Value> {
    const known = this.packed.get(stream) ?? this.unpackObjects(stream)
    this.packed.set(stream, known)
    const value = (await known).get(number)
    if (value === undefined) throw new DamagedPdf("an object is not where it should be")
    return value
  }

  /** Object streams (7.5.7). They lie in the file themselves, never in each other. */
  private async unpackObjects(number: number): Promise<ReadonlyMap<number, Value>> {
    if (this.places.get(number)?.kind !== "offset") throw new DamagedPdf("packed objects are missing")
    const stream = await this.resolve(new Reference(number, 0))
    if (!(stream instanceof Stream) || !isName(stream.dictionary.get("Type"), "ObjStm")) {
      throw new DamagedPdf("packed objects are missing")
    }
    const data = await unpack(stream)
    const first = wholeNumber(stream.dictionary.get("First"))
    const head = new Parser(data)
    const found = new Map<number, Value>()
    for (let left = wholeNumber(stream.dictionary.get("N")); left > 0; left--) {
      const name = wholeNumber(head.value())
      found.set(name, new Parser(data, first + wholeNumber(head.value())).value())
    }
    return found
  }
}

async function refuse(): Promise<number> {
  throw new DamagedPdf("the length of a stream is no number")
}
