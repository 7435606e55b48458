"""A shared mailbox was invited: whoever comes says who they are, and is invited at their own address."""

from __future__ import annotations

from dataclasses import replace

from server.actions.people.invitations.accepting import Shown, count_wrong_code, find_shown, is_code
from server.actions.people.invitations.drafts import judge_rows
from server.actions.people.invitations.importing import invitation_facts
from server.actions.people.invitations.mail import send_one
from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.errors import InvalidCode
from server.domain.people.invitations.columns import Column
from server.domain.people.invitations.errors import FaultyPart, InvalidInvitation
from server.domain.people.invitations.invitation import MAX_PERSONS, Addressee
from server.domain.people.invitations.role_words import part_of
from server.domain.people.invitations.rows import DraftRow, Judge, Problem
from server.domain.people.mail_addresses import domain_of
from server.domain.sentences import N_
from server.storage.people import invitations, municipalities

_OTHER_HOUSE = N_(
    "Please enter an address of your house, which ends in @%(domain)s. If you have none, ask the "
    "coordination to invite you."
)
_FULL = N_("So many people have been invited through this mailbox already. Please ask the coordination.")


async def join(services: Services, *, token: str, code: str, name: str, email: str) -> None:
    """The person gets a mail of their own, with which they accept and only then take part.

    Raises InvalidCode, FaultyPart, InvalidInvitation and its kinds.
    """
    async with services.database.read() as db:
        shown = await find_shown(db, services, token)
    if not is_code(services, shown, token, code):
        await count_wrong_code(services, shown)
        raise InvalidCode()
    async with services.service_act(shown.declaration.slug) as act:
        shown = await find_shown(act.db, services, token)
        mailbox = shown.invitation
        if not mailbox.addressee.is_shared:
            raise InvalidInvitation()
        taken = await invitations.list_taken(act.db, mailbox.declaration_id)
        towns = await act.db.run_sync(municipalities.read_municipalities)
        addressee = _judged(shown, Judge(towns, taken), name, email)
        if await invitations.count_through(act.db, mailbox.id) >= MAX_PERSONS:
            raise FaultyPart([Problem(Column.EMAIL, _FULL)])
        (added,) = await invitations.append_invitations(
            act.db, mailbox.declaration_id, [(addressee, None)], act.now, through=mailbox.id
        )
        sender = shown.declaration.issuer
        await send_one(services, act, shown.declaration, added, sender=sender, town=shown.town, person=None)
        act.record(Tag.PERSON_INVITE, invitation_facts(addressee, None))


def _judged(shown: Shown, judge: Judge, name: str, email: str) -> Addressee:
    """Held to the same rules as a row of a table. Raises FaultyPart."""
    invited = shown.invitation.addressee
    cells = {
        Column.NAME: name,
        Column.EMAIL: email,
        Column.ROLE: part_of(invited.role, invited.capacity),
        Column.MUNICIPALITY: invited.ags,
    }
    (row,) = judge_rows(judge, [DraftRow(1, {column: cells.get(column, "") for column in Column})])
    if row.addressee is None:
        raise FaultyPart(row.problems)
    domain = domain_of(invited.email)
    if domain_of(row.addressee.email) != domain:
        raise FaultyPart([Problem(Column.EMAIL, _OTHER_HOUSE, {"domain": domain})])
    return replace(row.addressee, title=invited.title)
