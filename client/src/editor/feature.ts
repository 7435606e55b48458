/**
 * What can be put into the editor beside the text itself. A feature is one value, made for one editor; the page
 * lists those it wants (`island/features.ts`), and toolbar, keymap and editor take from each what it has.
 */
import type { Command, EditorState, Plugin } from "prosemirror-state"
import type { EditorView } from "prosemirror-view"
import type { RoomRights } from "../rights"
import type { Strings } from "../strings"
import type { CardSource, Cards } from "./margin/card"
import type { Sight } from "./margin/sight"
import type { YTextBinding } from "./text/binding"
import type { UndoHistory } from "./text/undo"

export interface Editor {
  readonly view: EditorView
  readonly binding: YTextBinding
  readonly history: UndoHistory
  readonly strings: Strings
  /** The element around toolbar and text: it carries what styles ask for. */
  readonly frame: HTMLElement
  /** The cards beside the text, those of all features. */
  readonly cards: Cards
  readonly sight: Sight
}

export interface Tool {
  label: string
  /** The path of an icon; without one the label is written on the button. */
  icon?: string
  run: Command
  /** Whether it holds at the selection. */
  pressed?(state: EditorState): boolean
  enabled?(state: EditorState, rights: RoomRights): boolean
  /** Called instead of `run` where it is not enabled. */
  refused?(): void
}

/** Tools that stand together in the toolbar: those of one `name`, whichever features they come from. */
export interface ToolGroup {
  name: string
  /** What screen readers call the group; without one its buttons speak for themselves. */
  label?: string
  /** On a wide page it stands in the bar above the toolbar. */
  inBar?: boolean
  tools: readonly Tool[]
}

/** Names as prosemirror-keymap writes them, "Mod-Shift-e". Where features share a key, the first that can acts. */
export type Keys = Readonly<Record<string, Command>>

export interface EditorFeature {
  plugins?: readonly Plugin[]
  tools?: readonly ToolGroup[]
  keys?: Keys
  /** Those of them that need no selection: they act where nothing on the page has the focus, too. */
  pageKeys?: readonly string[]
  /** What stands beside the text at its place. */
  cards?: CardSource
  /** Stands below the toolbar, in sight while one scrolls. */
  panel?: HTMLElement
  dialog?: HTMLDialogElement
  /** Called at every change of what one may do now; there are no rights before the first call. */
  setRights?(rights: RoomRights): void
  /** The server's text is there. May be called again. */
  synced?(): void
}

/** Called once, before anything is written here or comes from elsewhere. */
export type MakeFeature = (editor: Editor) => EditorFeature
