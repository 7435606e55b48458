"""The kinds of evidence by the level that they give a sign-off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from server.domain.sign_offs.statements import Level
from server.signing.evidence.kind import EvidenceKind
from server.signing.evidence.kinds import email_code, paper, passkey, pdf_signature

KINDS: Final[Mapping[Level, EvidenceKind]] = {
    kind.level: kind for kind in (pdf_signature.KIND, passkey.KIND, email_code.KIND, paper.KIND)
}
