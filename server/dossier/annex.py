"""The sealed annex of those who joined after the seal. All of it blocks: run it in a thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from server.documents.annex import AnnexText, render_annex
from server.documents.model import JSON_TYPE, Attachment, Mark
from server.documents.parts.seal_box import seal_lines
from server.domain.accessions import Accession, Annex, SealedText, in_annex
from server.domain.declarations import Declaration, Revision
from server.domain.sign_offs import SignOff
from server.dossier.assembly import guide_attachment, head_of, proof_attachments
from server.dossier.attachment_names import ANNEX_NAME, TEXT_NAME
from server.dossier.facts import FinalFacts, LogExcerpt, short_code
from server.dossier.signatory_lines import signatory_line
from server.dossier.workshop import Workshop
from server.signing.evidence.tree_head import stamp_tree_head


def annex_facts(
    declaration: Declaration,
    revision: Revision,
    sealed: SealedText,
    number: int,
    accessions: Sequence[Accession],
    copies: Mapping[str, bytes] = MappingProxyType({}),
) -> tuple[Annex, FinalFacts]:
    """The annex, and the facts that its proofs are made of. `copies` as in `FinalFacts`."""
    annex, given = in_annex(number, sealed, accessions)
    return annex, FinalFacts(declaration, revision, tuple(given), copies)


def annex_code(annex: Annex, given: tuple[SignOff, ...]) -> str:
    """Sixty bits over the annex and its statements, in three groups of four."""
    return short_code(annex.canonical(), given)


def build_annex(workshop: Workshop, annex: Annex, facts: FinalFacts, log: LogExcerpt, now: datetime) -> bytes:
    """The sealed PDF. Raises SealFailed."""
    sealer = workshop.sealer
    token = stamp_tree_head(head_of(workshop, log), sealer.authorities, sealer.timeout)
    return sealer.seal(
        render_unsealed_annex(workshop, annex, facts, log, token),
        reason=f"Beitritt: {annex.sealed.title}, Fassung {annex.sealed.revision}",
        location=facts.declaration.issuer,
        lines=seal_lines(sealer.subject, now, is_test=sealer.is_test),
    )


def render_unsealed_annex(
    workshop: Workshop, annex: Annex, facts: FinalFacts, log: LogExcerpt, token: bytes | None = None
) -> bytes:
    """The PDF before the seal: deterministic, as the declaration's is."""
    code = annex_code(annex, facts.sign_offs)
    text = AnnexText(
        annex=annex,
        issuer=facts.declaration.issuer,
        signatories=tuple(signatory_line(sign_off.statement, sign_off.level) for sign_off in facts.sign_offs),
        short_code=code,
        verify_url=f"{workshop.base_url}/v/{code}",
        created=facts.created,
        marks=frozenset({Mark.TEST}) if workshop.sealer.is_test else frozenset(),
    )
    return render_annex(
        text,
        [
            Attachment(ANNEX_NAME, JSON_TYPE, "Angaben zum Beitritt, kanonisch", "Source", annex.canonical()),
            Attachment(
                TEXT_NAME,
                JSON_TYPE,
                "Text der Erklärung, kanonisch (RFC 8785)",
                "Data",
                facts.revision.content,
            ),
            *proof_attachments(workshop, facts, facts.sign_offs, log, token),
            guide_attachment(facts, token, is_annex=True),
        ],
    )
