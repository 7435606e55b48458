/** What all findings come to: the same table as `server/domain/release/verification.py`. */
import { type Finding, holds } from "./findings"

export const VERDICTS = [
  "genuine",
  "issuer_unchecked",
  "trial",
  "not_genuine",
  "foreign",
  "unreadable",
] as const
export type Verdict = (typeof VERDICTS)[number]

type Row = readonly [Verdict, readonly string[]]

/** By the codes that are broken or missing; the first row wins. Any other one means not genuine. */
const FAILED: readonly Row[] = [
  [
    "unreadable",
    ["file.empty", "file.not_pdf", "file.too_large", "file.encrypted", "file.damaged", "file.unfinished"],
  ],
  ["foreign", ["document.kind"]],
]

/** By what is said about the issuer when everything holds. The browser trusts nobody, so it never gets to the last. */
const HELD: readonly Row[] = [
  ["trial", ["seal.test_certificate"]],
  ["issuer_unchecked", ["seal.unknown_issuer"]],
  ["genuine", ["seal.trusted"]],
]

export function verdictOf(findings: readonly Finding[]): Verdict {
  const failed = findings.filter((finding) => !holds(finding))
  const [table, decisive] = failed.length ? [FAILED, failed] : [HELD, findings]
  const found = table.find(([, codes]) => decisive.some(({ check }) => codes.includes(check)))
  return found?.[0] ?? "not_genuine"
}
