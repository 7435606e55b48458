"""Changing what is set for a declaration, one section at a time."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from server.actions.act import DeclarationAct
from server.actions.notices.moved_deadline import tell_of_deadline
from server.actions.services import Services
from server.documents.printable import ensure_printable_text
from server.domain.audit import Tag
from server.domain.canonical import canonical_bytes, digest
from server.domain.errors import CannotLeave, InvalidInput
from server.domain.people.persons import Person
from server.domain.release.steps import HourPassed
from server.domain.terms.quorum import EveryMajorTown, MustHaves, ShareOfInhabitants, ShareOfMunicipalities
from server.domain.terms.quorum import parts_of as rules_of
from server.domain.terms.settings import (
    LANGUAGES,
    SECTIONS,
    Asked,
    Deadline,
    Embargo,
    Languages,
    Offices,
    PlaceAndDay,
    Quorum,
    Release,
    Setting,
    TitleAndIssuer,
    Ways,
    setting_of,
)
from server.storage.declarations import settings
from server.storage.people.municipalities import read_inhabitants


async def change_setting(services: Services, *, actor: Person, slug: str, setting: Setting) -> bool:
    """The former value is kept. False for what it was already.

    Raises WrongPhase, NotAllowed; InvalidInput for what names unknown municipalities or leaves no way to
    sign; CannotLeave for a municipality that somebody is invited to sign for; UnprintableText.
    """
    await asyncio.to_thread(_ensure_printable, setting)
    may = SECTIONS[setting.section].may
    async with services.act(actor=actor, slug=slug, may=may, lock=True) as act:
        declaration = act.access.declaration
        asked = await act.db.run_sync(settings.read_asked, declaration.id, act.now)
        keys = frozenset(town.ags for town in asked)
        before = setting_of(setting.section, declaration, keys)
        after = await _checked(act, setting)
        if after == before:
            act.record_nothing()
            return False
        await settings.change_setting(act.db, declaration.id, after)
        await settings.append_change(act.db, declaration.id, actor.id, before, after, act.now)
        act.record(Tag.SETTING_CHANGE, _facts(before, after))
        if isinstance(after, Deadline):
            await tell_of_deadline(act, after.at)
        act.rooms_changed()
    return True


def _facts(before: Setting, after: Setting) -> dict[str, object]:
    values = {"before": before, "after": after}
    digests = {f"{name}_sha256": digest(canonical_bytes(value.to_json())) for name, value in values.items()}
    return {"section": after.section.value, **digests}


async def _checked(act: DeclarationAct, setting: Setting) -> Setting:
    """As it can be stored."""
    match setting:
        case Asked(keys):
            return await _checked_asked(act, keys)
        case Quorum():
            await _ensure_known(act, setting)
        case Ways(levels):
            if not levels:
                raise InvalidInput(field="levels")
        case Languages(languages):
            chosen = tuple(tag for tag in LANGUAGES if tag in languages or tag == LANGUAGES[0])
            return replace(setting, languages=chosen)
        case Embargo(at) | Release(at):
            if at is not None and at <= act.now:
                raise HourPassed()
        case TitleAndIssuer() | PlaceAndDay() | Deadline() | Offices():
            pass
    return setting


async def _checked_asked(act: DeclarationAct, keys: frozenset[str]) -> Asked:
    register = {town.ags for town in await act.db.run_sync(settings.read_register)}
    if not keys or not keys <= register:
        raise InvalidInput(field="municipalities")
    invited = await act.db.run_sync(settings.read_invited, act.access.declaration.id, act.now)
    if leaving := sorted(town.name for town in invited if town.ags not in keys):
        raise CannotLeave(names=leaving)
    return Asked(keys)


async def _ensure_known(act: DeclarationAct, quorum: Quorum) -> None:
    """Must-haves are municipalities that are asked."""
    asked = await act.db.run_sync(settings.read_asked, act.access.declaration.id, act.now)
    keys = {town.ags for town in asked}
    for rule in rules_of(quorum.rule):
        match rule:
            case MustHaves(wanted):
                if not wanted <= keys:
                    raise InvalidInput(field="must_haves")
            case ShareOfInhabitants():
                known = await act.db.run_sync(read_inhabitants, asked)
                if not keys <= known.keys():
                    raise InvalidInput(field="inhabitants")
            case ShareOfMunicipalities() | EveryMajorTown():
                pass


def _ensure_printable(setting: Setting) -> None:
    match setting:
        case TitleAndIssuer(title, issuer):
            texts = (title, issuer)
        case PlaceAndDay(place, _):
            texts = (place, "")
        case Deadline() | Embargo() | Release() | Asked() | Offices() | Quorum() | Ways() | Languages():
            texts = ("", "")
    for text in texts:
        ensure_printable_text(text, text)
