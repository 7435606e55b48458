"""Names of the files inside a final document. What readers and verifiers look for, so they never change.
The counterpart of `client/src/verify/attachment-names.ts`."""

from __future__ import annotations

from typing import Final

TEXT_NAME: Final = "erklaerung.json"
PLAIN_TEXT_NAME: Final = "erklaerung.txt"
EVIDENCE_NAME: Final = "nachweise.json"
LOG_NAME: Final = "protokoll.json"
HEAD_NAME: Final = "protokoll-kopf.json"
STAMP_NAME: Final = "protokoll-kopf.tst"
ANNEX_NAME: Final = "beitritt.json"
ADDENDUM_NAME: Final = "mitteilung.json"
IMPRINT_NAME: Final = "dokument.json"
GUIDE_NAME: Final = "LIESMICH.txt"
