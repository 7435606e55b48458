"""The final document from its facts: pages, attachments, seal. All of it blocks: run it in a thread."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from server.documents.archive_guide import archive_guide
from server.documents.model import JSON_TYPE, Attachment, FinalText, Mark
from server.documents.parts.seal_box import seal_lines
from server.documents.render import render_document
from server.documents.wording import full_name
from server.domain.sign_offs import SignOff
from server.dossier.attachment_names import (
    EVIDENCE_NAME,
    GUIDE_NAME,
    HEAD_NAME,
    LOG_NAME,
    PLAIN_TEXT_NAME,
    STAMP_NAME,
    TEXT_NAME,
)
from server.dossier.facts import FinalFacts, LogExcerpt
from server.dossier.signatory_lines import signatory_line
from server.dossier.workshop import Workshop
from server.signing.evidence.bundle import bundle
from server.signing.evidence.log_proof import proof_bundle
from server.signing.evidence.signed_copy import copy_name
from server.signing.evidence.tree_head import stamp_tree_head, tree_head


def build_document(workshop: Workshop, facts: FinalFacts, log: LogExcerpt, now: datetime) -> bytes:
    """The sealed PDF. Raises SealFailed."""
    sealer = workshop.sealer
    token = stamp_tree_head(head_of(workshop, log), sealer.authorities, sealer.timeout)
    return sealer.seal(
        render_unsealed(workshop, facts, log, token),
        reason=f"{facts.declaration.title}, Fassung {facts.revision.number}",
        location=facts.declaration.issuer,
        lines=seal_lines(sealer.subject, now, is_test=sealer.is_test),
    )


def render_unsealed(
    workshop: Workshop, facts: FinalFacts, log: LogExcerpt, token: bytes | None = None
) -> bytes:
    """The PDF before the seal. Deterministic; a token, if there is one, is one more of the facts."""
    revision = facts.revision
    content = revision.text
    text = FinalText(
        content=content,
        issuer=facts.declaration.issuer,
        revision=revision.number,
        digest=revision.digest,
        fixed_at=revision.fixed_at,
        signatories=tuple(signatory_line(sign_off.statement, sign_off.level) for sign_off in facts.sign_offs),
        short_code=facts.short_code,
        verify_url=f"{workshop.base_url}/v/{facts.short_code}",
        created=facts.created,
        marks=frozenset({Mark.TEST}) if workshop.sealer.is_test else frozenset(),
    )
    return render_document(text, _attachments(workshop, facts, log, content.plain_text, token))


def head_of(workshop: Workshop, log: LogExcerpt) -> bytes:
    return tree_head(workshop.relying_party.id, log.tree.size, log.tree.root.hex())


def _attachments(
    workshop: Workshop, facts: FinalFacts, log: LogExcerpt, plain_text: str, token: bytes | None
) -> list[Attachment]:
    text = facts.revision.content
    return [
        Attachment(TEXT_NAME, JSON_TYPE, "Text der Erklärung, kanonisch (RFC 8785)", "Source", text),
        Attachment(
            PLAIN_TEXT_NAME, "text/plain", "Text der Erklärung zum Lesen", "Alternative", plain_text.encode()
        ),
        *proof_attachments(workshop, facts, facts.sign_offs, log, token),
        guide_attachment(facts, token),
    ]


def proof_attachments(
    workshop: Workshop,
    facts: FinalFacts,
    given: Sequence[SignOff],
    log: LogExcerpt,
    token: bytes | None,
) -> list[Attachment]:
    """Evidence, signed copies, log proofs, the log's head and its time stamp."""
    evidence = bundle(
        facts.revision.digest,
        facts.revision.number,
        slug=facts.declaration.slug,
        title=facts.declaration.title,
        rp=workshop.relying_party,
        sign_offs=given,
    )
    head, proofs = head_of(workshop, log), proof_bundle(log.tree, log.entries)
    found = [
        Attachment(EVIDENCE_NAME, JSON_TYPE, "Nachweise der Mitzeichnungen", "Data", evidence),
        *_copies(facts),
        Attachment(LOG_NAME, JSON_TYPE, "Protokoll mit Beweisen (RFC 9162)", "Data", proofs),
        Attachment(HEAD_NAME, JSON_TYPE, "Kopf des Protokolls", "Data", head),
    ]
    if token is not None:
        stamp = "Zeitstempel auf den Kopf des Protokolls (RFC 3161)"
        found.append(Attachment(STAMP_NAME, "application/timestamped-data", stamp, "Data", token))
    return found


def _copies(facts: FinalFacts) -> list[Attachment]:
    towns = {sign_off.statement.ags: full_name(sign_off.municipality) for sign_off in facts.sign_offs}
    return [
        Attachment(copy_name(ags), "application/pdf", f"Signierte Ausfertigung: {towns[ags]}", "Data", pdf)
        for ags, pdf in facts.copies.items()
    ]


def guide_attachment(facts: FinalFacts, token: bytes | None, *, is_annex: bool = False) -> Attachment:
    guide = archive_guide(
        facts.revision.digest,
        has_stamp=token is not None,
        is_annex=is_annex,
        copies=[copy_name(ags) for ags in facts.copies],
    )
    return Attachment(
        GUIDE_NAME, "text/plain", "Anleitung zur Prüfung von Hand", "Supplement", guide.encode()
    )
