/** What the editor of a declaration can do beside writing: one line for each feature, in the toolbar's order. */
import { element } from "../dom"
import { Batches } from "../editor/batches/batches"
import { batches } from "../editor/batches/feature"
import { branch } from "../editor/branches/feature"
import { carets } from "../editor/carets/feature"
import type { Following } from "../editor/carets/following"
import { clipboard } from "../editor/clipboard/feature"
import { comments } from "../editor/comments/feature"
import { formatting } from "../editor/controls/formatting"
import { levels } from "../editor/controls/levels"
import { undoing } from "../editor/controls/undoing"
import { doubles } from "../editor/doubles/feature"
import type { MakeFeature } from "../editor/feature"
import { finding } from "../editor/finding/feature"
import { lines } from "../editor/lines/going"
import { links } from "../editor/links/feature"
import { others } from "../editor/others/feature"
import { outline } from "../editor/outline/feature"
import { suggestions } from "../editor/suggestions/feature"
import { blockLength } from "../editor/text/block-length"
import { numbering } from "../editor/text/numbering"
import { unknownContent } from "../editor/text/unknown-content"
import { typing } from "../editor/typing/feature"
import { nameOf, type Writers } from "../sync/presence"
import type { Provider } from "../sync/provider"
import { awarenessCarets } from "./caret-source"
import { csrfToken, type EditorConfig } from "./config"
import { DoubledMemory } from "./doubled-memory"
import { loadFixedText, pageAddress } from "./line-source"
import { askDate, serverClock } from "./server-clock"
import { batchWire } from "./wires/batches"
import { commentWire } from "./wires/comments"
import { decisionWire } from "./wires/decisions"
import { sectionWire } from "./wires/sections"

export interface Room {
  provider: Provider
  writers: Writers
  /** The shared text's name within the doc. */
  textName: string
  following: Following
}

export function editorFeatures(
  config: EditorConfig,
  { provider, writers, textName, following }: Room,
): MakeFeature[] {
  const { id, municipality } = config.person
  const token = csrfToken(document)
  const known = new Batches(batchWire(config.batches, config.branches, token, provider), config.strings)
  return [
    formatting,
    links,
    levels,
    undoing,
    numbering,
    clipboard,
    blockLength,
    unknownContent,
    typing(() => localStorage),
    carets(awarenessCarets(provider, textName), following),
    outline(document.getElementById("outline") ?? element("nav"), sectionWire(config.sections, provider)),
    finding,
    lines({ load: loadFixedText, address: pageAddress }),
    others(id, writers.ownerOf),
    suggestions({
      author: { person: id, municipality },
      now: serverClock(askDate),
      record: config.branch ? () => {} : decisionWire(config.decisions, token), // unseen means unrecorded
      groupOf: known.groupOf,
      prefix: config.branch,
      nameOf: (person) => config.names.get(person) ?? nameOf(provider.status.people, person),
    }),
    batches(known, /^#batch-(\d+)$/.exec(location.hash)?.[1] ?? ""),
    ...(config.branch
      ? [branch(config.branch, document.getElementById("branch-count") ?? element("span"))]
      : [
          comments({
            wire: commentWire(config.comments.base, token, provider),
            place: document.getElementById("cards") ?? element("div"),
            load: () => import(config.comments.part),
            municipality,
            wanted: /^#comment-([\w-]+)$/.exec(location.hash)?.[1] ?? "",
          }),
        ]),
    doubles({
      person: id,
      ownerOf: writers.ownerOf,
      memory: new DoubledMemory(() => sessionStorage, config.text, id),
    }),
  ]
}
