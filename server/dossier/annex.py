"""The sealed annex of those who joined after the seal. All of it blocks: run it in a thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from server.domain.declarations import Declaration, Revision
from server.domain.release.accessions import Accession, Annex, SealedText, in_annex
from server.domain.sign_offs.statements import SignOff
from server.dossier.assembly import seal_source, source_of, stamp
from server.dossier.facts import FinalFacts, LogExcerpt
from server.dossier.short_codes import short_code
from server.dossier.source import render_source
from server.dossier.workshop import Workshop


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
    return short_code(annex.canonical(), [sign_off.statement_bytes for sign_off in given])


def build_annex(workshop: Workshop, annex: Annex, facts: FinalFacts, log: LogExcerpt, now: datetime) -> bytes:
    """The sealed PDF. Raises SealFailed."""
    return seal_source(workshop, source_of(workshop, facts, log, stamp(workshop, log), annex), now)


def render_unsealed_annex(
    workshop: Workshop, annex: Annex, facts: FinalFacts, log: LogExcerpt, token: bytes | None = None
) -> bytes:
    """The PDF before the seal: deterministic, as the declaration's is."""
    return render_source(source_of(workshop, facts, log, token, annex))
