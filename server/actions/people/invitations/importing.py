"""Rows become people who take part: all or none, in one act. They hear of it by the invitations."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from server.actions.act import Act, DeclarationAct
from server.actions.people.invitations.drafts import find_preview
from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.canonical import canonical_bytes
from server.domain.people.invitations.errors import ChangedDraft, EmptyTable, FaultyRows
from server.domain.people.invitations.invitation import Addressee, Invitation
from server.domain.people.invitations.role_words import part_of
from server.domain.people.mandate_terms import MandateTerms
from server.domain.people.persons import Person
from server.domain.permissions import can_manage_people
from server.storage.declarations import seeding
from server.storage.people import import_drafts, invitations, mandates, participants


async def import_people(services: Services, *, actor: Person, slug: str, stamp: str) -> int:
    """The rows that were looked at under this stamp. Returns how many people or mailboxes were added.

    Raises ChangedDraft, FaultyRows, EmptyTable.
    """
    async with services.act(actor=actor, slug=slug, may=can_manage_people, lock=True) as act:
        preview = await find_preview(act)
        if preview is None or preview.stamp != stamp:
            raise ChangedDraft()
        if preview.faulty:
            raise FaultyRows(count=len(preview.faulty))
        addressees = [row.addressee for row in preview.good if row.addressee is not None]
        if not addressees:
            raise EmptyTable()
        await add_people(act, addressees)
        await import_drafts.delete_draft(act.db, act.access.declaration.id, actor.id)
        act.rooms_changed()
        act.record(Tag.PEOPLE_IMPORT, {"count": len(addressees), "sha256": _digest(addressees)})
    return len(addressees)


async def add_people(
    act: DeclarationAct, addressees: Sequence[Addressee], terms: MandateTerms | None = None
) -> list[Invitation]:
    """Persons where the address has none yet, their part and their mandate, and an invitation that waits.

    A shared mailbox is nobody: persons come of it when they say who they are. `terms`: of their mandates, by
    default from now on.
    """
    declaration_id = act.access.declaration.id
    personal = [addressee for addressee in addressees if not addressee.is_shared]
    known = await participants.find_persons(act.db, [addressee.email for addressee in personal])
    new = [(addressee.email, addressee.name) for addressee in personal if addressee.email not in known]
    known |= {person.email: person for person in await participants.append_persons(act.db, new, act.now)}
    parts = [(known[addressee.email].id, addressee) for addressee in personal]
    await give_parts(act, declaration_id, parts, terms)
    asked = [
        (addressee, None if addressee.is_shared else known[addressee.email].id) for addressee in addressees
    ]
    added = await invitations.append_invitations(act.db, declaration_id, asked, act.now)
    for invitation in added:
        act.record_part(Tag.PERSON_INVITE, invitation_facts(invitation.addressee, invitation.person_id))
    return added


async def give_parts(
    act: Act, declaration_id: int, parts: Sequence[tuple[int, Addressee]], terms: MandateTerms | None = None
) -> None:
    """Person and what they become; signatories with their mandate."""
    await participants.append_participants(
        act.db,
        declaration_id,
        [(person, g.role, g.ags if g.role.facts.drafts_for_municipality else "") for person, g in parts],
    )
    for person, addressee in parts:
        if not addressee.role.facts.binds_municipality:
            continue
        if terms is not None:
            await mandates.append_mandate(
                act.db, declaration_id=declaration_id, person_id=person, ags=addressee.ags, terms=terms
            )
        else:
            await seeding.add_mandate(
                act.db,
                declaration_id=declaration_id,
                person_id=person,
                ags=addressee.ags,
                kind=addressee.capacity,
                title=addressee.title,
                since=act.now,
            )


def invitation_facts(addressee: Addressee, person_id: int | None) -> dict[str, object]:
    """For the log: keys, no words."""
    return {
        "person": person_id or 0,
        "role": part_of(addressee.role, addressee.capacity),
        "ags": addressee.ags,
    }


def _digest(addressees: Sequence[Addressee]) -> str:
    rows = [[g.email, g.name, part_of(g.role, g.capacity), g.ags, g.title] for g in addressees]
    return hashlib.sha256(canonical_bytes(rows)).hexdigest()
