"""Joining after the publication: a municipality asks or is invited, the coordination confirms, its mayor
signs the same text in the same ways (`actions.sign_offs`)."""

from __future__ import annotations

from dataclasses import dataclass
from secrets import token_urlsafe

from server.actions.act import Act, DeclarationAct
from server.actions.people.invitations.importing import add_people
from server.actions.people.invitations.sending import send_all
from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.declarations import Declaration, Phase
from server.domain.errors import InvalidInput, NotFound, WrongPhase
from server.domain.people.invitations.invitation import Addressee
from server.domain.people.persons import Person
from server.domain.people.roles import Role
from server.domain.permissions import can_admit
from server.domain.release.accessions import AccessionRequest, AccessionState, SignedAlready
from server.domain.sign_offs.standing import by_municipality, counting_acts
from server.mail.notices.declarations import AccessionAsked
from server.mail.notices.sign_offs import PleaseSign
from server.storage.declarations import declarations, seeding
from server.storage.declarations.settings import read_register
from server.storage.notices import recipients
from server.storage.people import mandates, participants
from server.storage.people.mandates import read_held
from server.storage.release import accessions
from server.storage.release.published import read_public
from server.storage.sign_offs import sign_offs
from server.storage.text import revisions


@dataclass(frozen=True, slots=True)
class Applicant:
    """The municipality by its official key, and its mayor who would sign."""

    ags: str
    name: str
    title: str
    email: str

    @property
    def who(self) -> tuple[str, str, str]:
        return self.name, self.title, self.email.strip().lower()


async def ask_to_join(services: Services, *, slug: str, applicant: Applicant) -> str:
    """By anybody, from the public page. Returns the token of the page that says what became of it.

    Raises NotFound before the hour; WrongPhase once it is withdrawn; SignedAlready;
    InvalidInput for an unknown municipality.
    """
    token = token_urlsafe(32)
    async with services.service_act(slug) as act:
        found = await act.db.run_sync(read_public, slug, act.now)
        declaration = await declarations.lock(act.db, found.id)
        if declaration.retracted_at is not None:
            raise WrongPhase(phase=Phase.WITHDRAWN.value)
        town = await _ensure_new(act, declaration, applicant.ags)
        await accessions.append_request(
            act.db, declaration.id, applicant.ags, applicant.who, AccessionState.ASKED, token, act.now
        )
        act.declaration_id = declaration.id
        act.record(Tag.ACCESSION_ASK, {"ags": applicant.ags})
        for person in await recipients.list_in_roles(act.db, declaration.id, [Role.COORDINATOR]):
            link = f"{services.base_url}/declarations/{slug}/accessions"
            await act.notify(person, AccessionAsked(person.name, declaration.title, town, link))
    return token


async def invite_to_join(services: Services, *, actor: Person, slug: str, applicant: Applicant) -> None:
    """By the coordination: there is nothing to be checked. Raises SignedAlready, InvalidInput."""
    async with services.act(actor=actor, slug=slug, may=can_admit, lock=True) as act:
        declaration = act.access.declaration
        await _ensure_new(act, declaration, applicant.ags)
        await accessions.append_request(
            act.db,
            declaration.id,
            applicant.ags,
            applicant.who,
            AccessionState.INVITED,
            token_urlsafe(32),
            act.now,
        )
        await _ask_mayor(services, act, applicant)
        act.record(Tag.ACCESSION_ADMIT, {"ags": applicant.ags})


async def admit(services: Services, *, actor: Person, slug: str, accession_id: int) -> None:
    """Its mayor gets an invitation and may sign. Raises NotFound for what is settled already."""
    async with services.act(actor=actor, slug=slug, may=can_admit, lock=True) as act:
        request = await _settle(act, accession_id, AccessionState.INVITED)
        await _ask_mayor(services, act, Applicant(request.ags, request.name, request.title, request.email))
        act.record(Tag.ACCESSION_ADMIT, {"ags": request.ags})


async def refuse(services: Services, *, actor: Person, slug: str, accession_id: int) -> None:
    """Who asked sees that on their page. Raises NotFound for what is settled already."""
    async with services.act(actor=actor, slug=slug, may=can_admit, lock=True) as act:
        request = await _settle(act, accession_id, AccessionState.REFUSED)
        act.record(Tag.ACCESSION_REFUSE, {"ags": request.ags})


async def _settle(act: DeclarationAct, accession_id: int, after: AccessionState) -> AccessionRequest:
    declaration_id = act.access.declaration.id
    waiting = await act.db.run_sync(accessions.read_requests, declaration_id)
    request = next((each for each in waiting if each.id == accession_id), None)
    settled = request is not None and await accessions.settle(
        act.db, declaration_id, accession_id, AccessionState.ASKED, after, act.access.person.id, act.now
    )
    if request is None or not settled:
        raise NotFound(what="accession")
    return request


async def _ask_mayor(services: Services, act: DeclarationAct, applicant: Applicant) -> None:
    """As every signatory is asked in; who could have signed on the day, with a mandate from now on. Somebody
    who takes part otherwise cannot also sign for another."""
    name, title, email = applicant.who
    known = await participants.find_persons(act.db, [email])
    declaration_id = act.access.declaration.id
    roles = await participants.list_roles(act.db, declaration_id, known[email].id) if email in known else ()
    if roles:
        await _ask_again(act, known[email], applicant)
    else:
        addressee = Addressee(name, email, Role.SIGNATORY, applicant.ags, title)
        await send_all(services, act, await add_people(act, [addressee]))
    act.rooms_changed()


async def _ask_again(act: DeclarationAct, person: Person, applicant: Applicant) -> None:
    """Raises InvalidInput for somebody who does not stand for that municipality."""
    declaration = act.access.declaration
    held = [each.mandate for each in await act.db.run_sync(read_held, declaration.id, applicant.ags)]
    own = [each for each in held if each.person_id == person.id and each.holds(act.now)]
    if not own:
        raise InvalidInput(field="email")
    for mandate in own:
        await mandates.end_mandate(act.db, mandate.id, act.now, mandate.reason)
    await seeding.add_mandate(
        act.db,
        declaration_id=declaration.id,
        person_id=person.id,
        ags=applicant.ags,
        kind=own[0].kind,
        title=applicant.title,
        since=act.now,
    )
    revision = await revisions.find_current(act.db, declaration.text_id)
    if revision is None:
        raise NotFound(what="revision")
    town = own[0].municipality.name
    link, contact = act.address("sign"), declaration.contact
    await act.notify(
        person,
        PleaseSign(person.name, town, declaration.title, revision.number, False, link, contact=contact),
    )


async def _ensure_new(act: Act, declaration: Declaration, ags: str) -> str:
    """The municipality's name."""
    register = await act.db.run_sync(read_register)
    town = next((town.name for town in register if town.ags == ags), None)
    if town is None:
        raise InvalidInput(field="municipality")
    given = by_municipality(await sign_offs.list_sign_offs(act.db, declaration.id)).get(ags, [])
    asked = await act.db.run_sync(accessions.read_requests, declaration.id)
    on_its_way = {AccessionState.ASKED, AccessionState.INVITED, AccessionState.JOINED}
    has_signed = any(act.answer.supports for act in counting_acts(given))
    if has_signed or any(each.ags == ags and each.state in on_its_way for each in asked):
        raise SignedAlready(municipality=town)
    return town
