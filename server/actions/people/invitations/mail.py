"""The invitation as mail: link and code, and what stands around them."""

from __future__ import annotations

import secrets
from datetime import datetime

from server.actions.act import Act
from server.actions.people.account.codes import CODE_DIGITS, as_read, keyed
from server.actions.services import Services
from server.domain.declarations import Declaration
from server.domain.people.invitations.invitation import TTL, Addressee, Invitation, salutation_of
from server.domain.people.invitations.role_words import part_of
from server.domain.people.languages import DEFAULT, Language
from server.domain.people.persons import Person
from server.mail.notices.people import Invited
from server.moments import moment
from server.storage.people import invitations

EXAMPLE_LINK = "…"
EXAMPLE_CODE = "0000 0000"


def code_of(services: Services, token: str) -> str:
    """Digits that go with the token, as people read them. Who opens the link without having read the mail
    lacks them; who has our database lacks the secret."""
    number = int(keyed(services, "invitation code", token)[:16], 16)
    return as_read(f"{number % 10**CODE_DIGITS:0{CODE_DIGITS}d}")


def compose(
    services: Services,
    declaration: Declaration,
    addressee: Addressee,
    *,
    sender: str,
    town: str,
    language: Language,
    token: str | None = None,
) -> Invited:
    """Without a token as it will look: with an example's link and code."""
    link = f"{services.base_url}/invitations/{token or EXAMPLE_LINK}"
    return Invited(
        salutation=salutation_of(addressee, language),
        declaration=declaration.title,
        issuer=declaration.issuer,
        sender=sender,
        part=part_of(addressee.role, addressee.capacity),
        municipality=town,
        deadline=_in_words(declaration.deadline, language),
        contact=declaration.contact,
        link=link,
        code=code_of(services, token) if token else EXAMPLE_CODE,
        days=TTL.days,
        is_shared=addressee.is_shared,
    )


async def send_one(
    services: Services,
    act: Act,
    declaration: Declaration,
    invitation: Invitation,
    *,
    sender: str,
    town: str,
    person: Person | None,
) -> None:
    """Part of an act. The links of earlier mails are void. `person`: whose address it is, if they have an
    account."""
    language = person.language if person else DEFAULT
    token = secrets.token_urlsafe(32)
    notice = compose(
        services, declaration, invitation.addressee, sender=sender, town=town, language=language, token=token
    )
    person_id = person.id if person else None
    mail_id = await act.notify_mailbox(invitation.addressee.email, person_id, notice)
    await invitations.note_sent(act.db, invitation.id, token, mail_id, act.now, act.now + TTL)


def _in_words(at: datetime | None, language: Language) -> str:
    if at is None:
        return ""
    return moment(at, language)
