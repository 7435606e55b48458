/** What the server hands over in the page. */
import { SCHEMA_VERSION } from "../editor/text/schema"
import { type RoomRights, readRights } from "../rights"
import { readStrings, type Strings } from "../strings"

export interface EditorConfig {
  /** Which text this is, unlike the address of the page once and for all. */
  text: string
  socketPath: string
  /** In a private draft: what the ids of its own suggestions begin with; "" in the text of all. */
  branch: string
  /** Address of what is known of batches, and of the page of private drafts. */
  batches: string
  branches: string
  /** Of how far the sections are. */
  sections: string
  /** BCP 47 tag and direction of what is written here. */
  language: string
  direction: "ltr" | "rtl"
  /** Where decisions about suggestions are put on record. */
  decisions: string
  /** Address of the declaration's comments, and of the script that shows them. */
  comments: { base: string; part: string }
  person: { id: number; name: string; municipality: string }
  /** Who may write here, by the person's number. */
  names: ReadonlyMap<number, string>
  phase: string
  rights: RoomRights
  strings: Strings
}

type Json = Partial<Record<string, unknown>>

/** Null when the page has no editor. Throws when its configuration is not JSON. */
export function readConfig(page: Document): EditorConfig | null {
  const script = page.getElementById("editor-config")
  if (!script) return null
  const json = JSON.parse(script.textContent ?? "") as Json
  const person = (json.person ?? {}) as Json
  return {
    text: String(json.text),
    socketPath: String(json.socketPath),
    branch: String(json.branch ?? ""),
    batches: String(json.batches),
    branches: String(json.branches),
    sections: String(json.sections),
    language: String(json.language ?? "de"),
    direction: json.direction === "rtl" ? "rtl" : "ltr",
    decisions: String(json.decisions),
    comments: readComments(json.comments),
    person: {
      id: Number(person.id),
      name: String(person.name ?? ""),
      municipality: String(person.municipality ?? ""),
    },
    names: new Map(
      Object.entries((json.names ?? {}) as Json).map(([id, name]) => [Number(id), String(name)]),
    ),
    phase: String(json.phase),
    rights: readRights(json.rights),
    strings: readStrings((json.strings ?? {}) as Json),
  }
}

function readComments(json: unknown): EditorConfig["comments"] {
  const { base, part } = (json ?? {}) as Json
  return { base: String(base), part: String(part) }
}

/** Address of the room's socket at the server that the page came from. */
export function socketUrl(config: EditorConfig, place: Location): string {
  const scheme = place.protocol === "https:" ? "wss:" : "ws:"
  return `${scheme}//${place.host}${config.socketPath}?schema=${SCHEMA_VERSION}&person=${config.person.id}`
}

/** Proves to the server that a request comes from its own page. */
export function csrfToken(page: Document): string {
  return page.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? ""
}
