"""The final document from its facts: pages, attachments, seal. All of it blocks: run it in a thread."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from server.documents.model import Mark
from server.documents.parts.seal_box import seal_lines
from server.domain.release.accessions import Annex
from server.dossier.edition import edition_of
from server.dossier.facts import FinalFacts, LogExcerpt
from server.dossier.imprint import Imprint
from server.dossier.source import Given, Proofs, Source, render_source
from server.dossier.workshop import Workshop
from server.signing.evidence.bundle import bundle
from server.signing.evidence.log_proof import proof_bundle
from server.signing.evidence.tree_head import stamp_tree_head, tree_head


@dataclass(frozen=True, slots=True)
class Built:
    """The sealed PDF, and the HTML edition of the same source."""

    pdf: bytes
    html: bytes


def build_document(workshop: Workshop, facts: FinalFacts, log: LogExcerpt, now: datetime) -> Built:
    """Raises SealFailed."""
    source = source_of(workshop, facts, log, stamp(workshop, log))
    return Built(seal_source(workshop, source, now), edition_of(source))


def render_unsealed(
    workshop: Workshop, facts: FinalFacts, log: LogExcerpt, token: bytes | None = None
) -> bytes:
    """The PDF before the seal. Deterministic; a token, if there is one, is one more of the facts."""
    return render_source(source_of(workshop, facts, log, token))


def head_of(workshop: Workshop, log: LogExcerpt) -> bytes:
    return tree_head(workshop.relying_party.id, log.tree.size, log.tree.root.hex())


def seal_source(workshop: Workshop, source: Source, now: datetime) -> bytes:
    """Raises SealFailed."""
    sealer = workshop.sealer
    return sealer.seal(
        render_source(source),
        reason=source.seal_reason,
        location=source.imprint.seal_place,
        lines=seal_lines(sealer.subject, now, is_test=sealer.is_test),
        at=now,
    )


def source_of(
    workshop: Workshop,
    facts: FinalFacts,
    log: LogExcerpt,
    token: bytes | None = None,
    annex: Annex | None = None,
) -> Source:
    revision, declaration = facts.revision, facts.declaration
    evidence = bundle(
        revision.digest,
        revision.number,
        slug=declaration.slug,
        title=declaration.title,
        rp=workshop.relying_party,
        sign_offs=facts.sign_offs,
    )
    proofs = proof_bundle(log.tree, log.entries)
    return Source(
        imprint=_imprint(workshop, facts, is_annex=annex is not None),
        title=declaration.title,
        revision=revision.number,
        content=revision.content,
        digest=revision.digest,
        fixed_at=revision.fixed_at,
        given=[Given(s.statement, s.statement_bytes, s.level) for s in facts.sign_offs],
        proofs=Proofs(evidence, proofs, head_of(workshop, log), token, facts.copies),
        annex=annex,
    )


def _imprint(workshop: Workshop, facts: FinalFacts, *, is_annex: bool) -> Imprint:
    """An annex is given nowhere: it says who joined, and when."""
    marks = frozenset({Mark.TEST}) if workshop.sealer.is_test else frozenset[Mark]()
    declaration = facts.declaration
    imprint = Imprint(declaration.issuer, workshop.base_url, marks)
    return imprint if is_annex else replace(imprint, place=declaration.place, day=declaration.day)


def stamp(workshop: Workshop, log: LogExcerpt) -> bytes | None:
    """On the head of the log; None without an authority. Raises SealFailed."""
    sealer = workshop.sealer
    return stamp_tree_head(head_of(workshop, log), sealer.authorities, sealer.timeout)
