/** Copying and pasting, and a line that says what could not be taken along. */
import { Fragment, type Slice } from "prosemirror-model"
import { Plugin } from "prosemirror-state"
import type { EditorView } from "prosemirror-view"
import { element } from "../../dom"
import type { StringKey, Strings } from "../../strings"
import type { MakeFeature } from "../feature"
import { splitLongBlocks } from "../text/block-length"
import { blockAttrs } from "../text/schema"
import { cleanHtml, LOSSES, type Loss } from "./clean"
import { asProposed, copiedText, ListSerializer } from "./copy"
import { joinLines } from "./lines"

const NAMES: Readonly<Record<Loss, StringKey>> = {
  pictures: "lostPictures",
  struck: "lostStruck",
  comments: "lostComments",
  footnotes: "lostFootnotes",
  hidden: "lostHidden",
  raised: "lostRaised",
  tables: "lostTables",
}

export const clipboard: MakeFeature = ({ view, strings }) => {
  const panel = element("div", { class: "ke-pasted", role: "status", hidden: "" })
  const plugin = new Plugin({
    props: {
      transformPastedHTML(html) {
        const { html: clean, lost } = cleanHtml(html)
        tell(panel, lost, strings)
        return clean
      },
      transformPastedText(text) {
        tell(panel, new Set(), strings) // what was said of an earlier paste is not true of this one
        return joinLines(text)
      },
      transformCopied: asProposed,
      clipboardTextSerializer: (slice, { state }) => copiedText(slice, state),
      clipboardSerializer: new ListSerializer(() => view.state),
      handlePaste(_view, event, slice) {
        if (isPictureAlone(event.clipboardData)) tell(panel, new Set(["pictures"]), strings)
        else if (isTooMuch(slice)) say(panel, strings.pasteTooMuch, strings)
        else return pasteIntoEmpty(view, slice) || pasteLong(view, slice)
        return true
      },
    },
  })
  return { plugins: [plugin], panel }
}

/**
 * Paragraphs, runs of letters that look alike, and their formats. As a proposal each becomes some four structs of
 * the update, and the server takes 30,000 in one (`server/sync/wire/update_check.py`).
 */
const MOST_AT_ONCE = 6_000

function isTooMuch({ content }: Slice): boolean {
  let parts = 0
  content.descendants(({ marks }) => {
    parts += 1 + marks.length
  })
  return parts > MOST_AT_ONCE
}

/** As a screenshot is: without words or markup that could be taken. */
function isPictureAlone(data: DataTransfer | null): boolean {
  if (!data || data.getData("text/html") || data.getData("text/plain")) return false
  return [...data.files].some((file) => file.type.startsWith("image/"))
}

/** In an empty block a heading or a list stays what it is; elsewhere its first words join what is there. */
export function pasteIntoEmpty(view: Pick<EditorView, "state" | "dispatch">, { content }: Slice): boolean {
  const { selection, tr } = view.state
  const { $from, empty } = selection
  const { firstChild: first } = content
  if (!empty || $from.depth !== 1 || $from.parent.content.size || !first?.isTextblock) return false
  if (blockAttrs(first).kind === "paragraph") return false
  tr.replaceWith($from.before(), $from.after(), Fragment.from(content))
  view.dispatch(splitLongBlocks(tr).scrollIntoView().setMeta("paste", true).setMeta("uiEvent", "paste"))
  return true
}

/** What would make a block too long becomes several. */
export function pasteLong(view: Pick<EditorView, "state" | "dispatch">, slice: Slice): boolean {
  const tr = view.state.tr.replaceSelection(slice)
  const pasted = tr.steps.length
  if (splitLongBlocks(tr).steps.length === pasted) return false
  view.dispatch(tr.scrollIntoView().setMeta("paste", true).setMeta("uiEvent", "paste"))
  return true
}

function tell(panel: HTMLElement, lost: ReadonlySet<Loss>, strings: Strings): void {
  const names = LOSSES.filter((loss) => lost.has(loss)).map((loss) => strings[NAMES[loss]])
  say(panel, names.length ? strings.pasteLost.replace("{what}", names.join(", ")) : "", strings)
}

function say(panel: HTMLElement, words: string, strings: Strings): void {
  panel.hidden = words === ""
  const close = element("button", { type: "button", class: "ke-button" }, strings.pasteClose)
  close.addEventListener("click", () => {
    panel.hidden = true
  })
  panel.replaceChildren(...(words ? [element("p", {}, words), close] : []))
}
