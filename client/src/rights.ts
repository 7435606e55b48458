/** What a person may do in a room: one value, from the server's word to whatever asks for it. */
export interface RoomRights {
  /** Changes the text itself. */
  readonly edit: boolean
  /** Without `edit`: nothing but suggestions of one's own. */
  readonly suggest: boolean
  readonly comment: boolean
}

export const NO_RIGHTS: RoomRights = { edit: false, suggest: false, comment: false }

/** Grants nothing that is not said. */
export function readRights(json: unknown): RoomRights {
  const { edit, suggest, comment } = (json ?? {}) as Partial<Record<keyof RoomRights, unknown>>
  return { edit: edit === true, suggest: suggest === true, comment: comment === true }
}

/** Whether anything written in the text is taken. */
export function mayWrite({ edit, suggest }: RoomRights): boolean {
  return edit || suggest
}

/** What is written is a suggestion, whatever the mode. */
export function suggestsOnly({ edit, suggest }: RoomRights): boolean {
  return suggest && !edit
}

export function sameRights(a: RoomRights, b: RoomRights): boolean {
  return a.edit === b.edit && a.suggest === b.suggest && a.comment === b.comment
}
