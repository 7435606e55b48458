/** Names of the files inside a final document: the counterpart of `server/dossier/attachment_names.py`. */
export const TEXT_NAME = "erklaerung.json"
export const PLAIN_TEXT_NAME = "erklaerung.txt"
export const EVIDENCE_NAME = "nachweise.json"
export const LOG_NAME = "protokoll.json"
export const HEAD_NAME = "protokoll-kopf.json"
export const STAMP_NAME = "protokoll-kopf.tst"
export const ANNEX_NAME = "beitritt.json"
