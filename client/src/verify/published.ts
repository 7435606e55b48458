/** Is the file the one that the service publishes under a code? The counterpart of `server/dossier/published.py`. */
import { type Bytes, digest } from "./bytes"
import { isRecord } from "./canonical"
import { broken, type Finding, limited, proven } from "./findings"

/** Digests are SHA-256 in hexadecimal digits. The sealed part stays when an archive renews its time stamps. */
export interface PublishedFile {
  readonly digest: string
  readonly sealed_length: number
  readonly sealed_digest: string
}

/** Undefined for anything else. */
export function parsePublished(value: unknown): PublishedFile | undefined {
  if (!isRecord(value)) return undefined
  const { digest: whole, sealed_length: length, sealed_digest: sealed } = value
  if (typeof whole !== "string" || typeof sealed !== "string" || !Number.isSafeInteger(length))
    return undefined
  return { digest: whole, sealed_length: Number(length), sealed_digest: sealed }
}

export async function publishedFinding(pdf: Bytes, published: PublishedFile): Promise<Finding> {
  if ((await digest(pdf)) === published.digest) {
    return proven("file.published", "The file is the one published under this code, byte for byte.")
  }
  const sealed = pdf.subarray(0, published.sealed_length)
  if ((await digest(sealed)) === published.sealed_digest) {
    const detail = "What was sealed is what is published under this code; what follows it is another."
    return limited("file.published", detail)
  }
  return broken("file.published", "The file is not the one published under this code.")
}
