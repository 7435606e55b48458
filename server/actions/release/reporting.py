"""Yearly reports: municipalities fill in their own, the coordination any, and it publishes."""

from __future__ import annotations

import json
from collections.abc import Sequence

from server.actions.act import DeclarationAct
from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.canonical import digest
from server.domain.errors import InvalidInput, NotFound
from server.domain.people.persons import Person
from server.domain.people.roles import COORDINATORS
from server.domain.permissions import Access, can_amend, can_report, own_municipalities
from server.domain.release.reports import (
    Edition,
    NothingReported,
    ReportEntry,
    commitments_of,
    years_of,
)
from server.storage.release import reports
from server.storage.release.published import read_final_head
from server.storage.release.signed import read_towns_behind
from server.storage.text import revisions


def may_report_for(access: Access, ags: str) -> bool:
    """Office and mayor for their own municipality, the coordination for any."""
    own = {town.ags for town in own_municipalities(access)}
    return can_report(access) and (access.has(COORDINATORS) or ags in own)


async def save_report(
    services: Services, *, actor: Person, slug: str, year: int, ags: str, entries: Sequence[ReportEntry]
) -> None:
    """All that a municipality says about that year. Raises NotFound for another municipality's and for one
    that does not stand behind the text, InvalidInput for a year or a clause that there is not."""
    async with services.act(actor=actor, slug=slug, may=can_report, lock=True) as act:
        behind = await act.db.run_sync(read_towns_behind, act.access.declaration)
        if not may_report_for(act.access, ags) or ags not in {town.ags for town in behind}:
            raise NotFound(what="municipality")
        _ensure_year(act, year)
        final = await act.db.run_sync(read_final_head, act.access.declaration.id)
        content = await act.db.run_sync(revisions.read_content, final.revision_id)
        known = {each.number for each in commitments_of(content)}
        if any(entry.clause not in known or entry.ags != ags for entry in entries):
            raise InvalidInput(field="clause")
        await reports.save_entries(act.db, act.access.declaration.id, year, ags, entries, actor.id, act.now)
        act.record(Tag.REPORT_WRITE, {"year": year, "ags": ags, "count": len(entries)})


async def publish_report(services: Services, *, actor: Person, slug: str, year: int) -> int:
    """As an edition of that year. How many municipalities stand in it. Raises NothingReported."""
    async with services.act(actor=actor, slug=slug, may=can_amend, lock=True) as act:
        _ensure_year(act, year)
        declaration_id = act.access.declaration.id
        entries = await act.db.run_sync(reports.read_entries, declaration_id, year)
        if not entries:
            raise NothingReported()
        edition = Edition(year, act.now, tuple(entries))
        await reports.append_edition(act.db, declaration_id, edition, actor.id)
        said = json.dumps([each.to_json() for each in entries], sort_keys=True).encode()
        act.record(Tag.REPORT_PUBLISH, {"year": year, "sha256": digest(said), "count": len(edition.towns)})
    return len(edition.towns)


def _ensure_year(act: DeclarationAct, year: int) -> None:
    released = act.access.declaration.release_at
    if released is None or year not in years_of(released, act.now):
        raise InvalidInput(field="year")
