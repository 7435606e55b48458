/** Links: the dialog that asks for an address, its button and its key. */
import { MARKS, markTool } from "../controls/formatting"
import type { MakeFeature, Tool } from "../feature"
import { schema } from "../text/schema"
import { LinkDialog } from "./link-dialog"

const LINK = "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1"

export const links: MakeFeature = ({ view, strings }) => {
  const dialog = new LinkDialog(view, strings)
  const open = () => dialog.open()
  const tool: Tool = { label: strings.link, icon: LINK, run: open, ...markTool(schema.marks.link) }
  return { dialog: dialog.dom, tools: [{ name: MARKS, tools: [tool] }], keys: { "Mod-k": open } }
}
