"""The invitation's page: looking does nothing, a press opens it, link and code from the mail accept it."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.act import Act
from server.actions.people.account.codes import as_typed
from server.actions.people.account.entering import Browser, NewSession, enter
from server.actions.people.invitations.importing import give_parts
from server.actions.people.invitations.mail import code_of, send_one
from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.declarations import Declaration
from server.domain.errors import InvalidCode
from server.domain.people.invitations.errors import ExpiredInvitation, InvalidInvitation, UsedInvitation
from server.domain.people.invitations.invitation import Invitation
from server.domain.people.persons import Person
from server.storage.declarations.declarations import load_by_id
from server.storage.people import invitations, municipalities, participants, persons

RENEW_AFTER: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page says. `town`: the municipality's name, or empty."""

    invitation: Invitation
    declaration: Declaration
    town: str


async def look_at_invitation(services: Services, *, token: str) -> Shown:
    """Changes nothing: mail scanners open links too. Raises InvalidInvitation and its kinds."""
    async with services.database.read() as db:
        return await find_shown(db, services, token)


async def open_invitation(services: Services, *, token: str) -> Shown:
    """Somebody has pressed the button. Raises as `look_at_invitation`."""
    async with services.account_act() as act:
        shown = await find_shown(act.db, services, token)
        if shown.invitation.opened_at is None:
            await invitations.note_opened(act.db, shown.invitation.id, act.now)
            act.slug = shown.declaration.slug
            act.record(Tag.INVITATION_OPEN, {"person": shown.invitation.person_id or 0})
        else:
            act.record_nothing()
    return shown


async def accept_invitation(
    services: Services,
    *,
    token: str,
    code: str,
    browser: Browser,
    signed_in: Person | None = None,
) -> NewSession:
    """Signs the person in. `signed_in`: who is so in this browser already; the person themselves need no
    code. Of two who accept at the same time one does; the other hears UsedInvitation.

    Raises InvalidCode for a wrong code, and for any after five wrong ones; InvalidInvitation and its kinds.
    """
    try:
        return await _accept(services, token, code, browser, signed_in)
    except _WrongCode as error:
        await count_wrong_code(services, error.shown)
        raise InvalidCode() from error


class _WrongCode(Exception):
    def __init__(self, shown: Shown) -> None:
        super().__init__()
        self.shown = shown


async def _accept(
    services: Services,
    token: str,
    code: str,
    browser: Browser,
    signed_in: Person | None,
) -> NewSession:
    async with services.account_act() as act:
        shown = await find_shown(act.db, services, token)
        invitation, declaration = shown.invitation, shown.declaration
        if invitation.addressee.is_shared:
            raise InvalidInvitation()
        is_own = signed_in is not None and signed_in.id == invitation.person_id
        if not is_own and not is_code(services, shown, token, code):
            raise _WrongCode(shown)
        person = await _person_of(act, shown)
        if not await invitations.accept_invitation(act.db, invitation.id, person.id, act.now):
            raise UsedInvitation()
        act.slug = declaration.slug
        path = f"/declarations/{declaration.slug}"
        new = await enter(services, act, person, browser, path)
        act.record(Tag.INVITATION_ACCEPT, {"person": person.id}, actor=person)
    return new


def is_code(services: Services, shown: Shown, token: str, code: str) -> bool:
    """However it is grouped. Never, after too many wrong ones."""
    given, wanted = as_typed(code).encode(), as_typed(code_of(services, token)).encode()
    return hmac.compare_digest(given, wanted) and not shown.invitation.is_locked


async def _person_of(act: Act, shown: Shown) -> Person:
    """Who was named at a shared mailbox has no account before this moment."""
    invitation = shown.invitation
    if invitation.person_id is not None:
        return await persons.load_person(act.db, invitation.person_id)
    addressee = invitation.addressee
    known = await participants.find_persons(act.db, [addressee.email])
    person = (
        known.get(addressee.email)
        or (await participants.append_persons(act.db, [(addressee.email, addressee.name)], act.now))[0]
    )
    if not await participants.list_roles(act.db, invitation.declaration_id, person.id):
        await give_parts(act, invitation.declaration_id, [(person.id, addressee)])
        act.rooms_changed(invitation.declaration_id)
    return person


async def count_wrong_code(services: Services, shown: Shown) -> None:
    async with services.service_act(shown.declaration.slug) as act:
        await invitations.count_attempt(act.db, shown.invitation.id)
        act.record(Tag.INVITATION_REFUSE, {"person": shown.invitation.person_id or 0})


async def find_shown(db: AsyncSession, services: Services, token: str) -> Shown:
    invitation = await invitations.find_by_token(db, token)
    if invitation is None:
        raise InvalidInvitation()
    if invitation.accepted_at is not None:
        raise UsedInvitation()
    if invitation.has_expired(services.now()):
        raise ExpiredInvitation()
    return await _shown(db, invitation)


async def _shown(db: AsyncSession, invitation: Invitation) -> Shown:
    names = await db.run_sync(municipalities.read_names, {invitation.addressee.ags} - {""})
    declaration = await load_by_id(db, invitation.declaration_id)
    return Shown(invitation, declaration, names.get(invitation.addressee.ags, ""))


async def renew_invitation(services: Services, *, token: str) -> None:
    """A new mail to the address that was invited, for who has too old a link or has lost the code. Not
    more often than `RENEW_AFTER`, quietly. Raises InvalidInvitation, UsedInvitation."""
    async with services.account_act() as act:
        invitation = await invitations.find_by_token(act.db, token)
        if invitation is None:
            raise InvalidInvitation()
        if invitation.accepted_at is not None:
            raise UsedInvitation()
        if invitation.invited_at is not None and act.now - invitation.invited_at < RENEW_AFTER:
            act.record_nothing()
            return
        shown = await _shown(act.db, invitation)
        act.slug = shown.declaration.slug
        sender = shown.declaration.issuer
        person = await persons.load_person(act.db, invitation.person_id) if invitation.person_id else None
        await send_one(
            services, act, shown.declaration, invitation, sender=sender, town=shown.town, person=person
        )
        act.record(Tag.INVITATION_SEND, {"count": 1, "person": invitation.person_id or 0})
