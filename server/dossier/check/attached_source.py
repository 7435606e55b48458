"""What a document was made from, read from its attachments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from server.domain.audit import Tag
from server.domain.canonical import canonical_bytes
from server.domain.release.accessions import parse_annex
from server.domain.sign_offs.statements import Level, parse_timestamp
from server.dossier.attachment_names import (
    ANNEX_NAME,
    EVIDENCE_NAME,
    HEAD_NAME,
    LOG_NAME,
    STAMP_NAME,
    TEXT_NAME,
)
from server.dossier.imprint import Imprint
from server.dossier.source import Given, Proofs, Source
from server.signing.evidence.bundle_reader import Bundle, parse_bundle, parse_item
from server.signing.evidence.log_proof import LogCheck, read_entry
from server.signing.evidence.signed_copy import copy_name


class Differs(ValueError):
    """The message says what, in plain English."""


def attached_source(attached: Mapping[str, bytes], imprint: Imprint, log: LogCheck) -> Source:
    """Raises Differs where the attachments contradict each other, and whatever their readers raise."""
    bundle = parse_bundle(attached[EVIDENCE_NAME])
    if imprint.base_url not in bundle.rp.origins:
        raise Differs("The verification address is not one of the service that the evidence names.")
    items = [parse_item(item, bundle) for item in bundle.items]
    signed = [item.statement.ags for item in items if item.level is Level.PDF_SIGNATURE]
    source = Source(
        imprint=imprint,
        title=bundle.title,
        revision=bundle.number,
        content=attached[TEXT_NAME],
        digest=bundle.digest,
        fixed_at=_fixed_at(bundle, log),
        given=[Given(item.statement, item.statement_bytes, item.level) for item in items],
        proofs=Proofs(
            attached[EVIDENCE_NAME],
            attached[LOG_NAME],
            attached[HEAD_NAME],
            attached.get(STAMP_NAME),
            {ags: attached[copy_name(ags)] for ags in signed},
        ),
        annex=parse_annex(attached[ANNEX_NAME]) if ANNEX_NAME in attached else None,
    )
    if source.annex is not None and source.annex.sealed.fixed_at != source.fixed_at:
        raise Differs("The annex says another day of the text than the log.")
    return source


def _fixed_at(bundle: Bundle, log: LogCheck) -> datetime:
    """When the log says that this revision was fixed; what was opened and fixed again kept its number."""
    events = [read_entry(entry) for entry in log.entries]
    fixed = canonical_bytes({"revision": bundle.number, "sha256": bundle.digest})
    times = [
        parse_timestamp(event["at"])
        for event in events
        if (event["tag"], event["declaration"]) == (Tag.TEXT_FREEZE, bundle.slug)
        and canonical_bytes(event["facts"]) == fixed
    ]
    if not times:
        raise Differs("The log does not say when the text was fixed.")
    return min(times)
