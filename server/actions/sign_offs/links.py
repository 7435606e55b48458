"""The link in the mail that asks for a sign-off: it proves the mailbox by one press and leads to the page."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Final

from server.actions.act import DeclarationAct
from server.domain.declarations import Revision
from server.domain.people.mandates import Mandate
from server.domain.people.persons import Person
from server.storage.people import sign_links

WITHOUT_DEADLINE: Final = timedelta(days=14)
LONGEST: Final = timedelta(days=60)
"""However far the deadline is: a mailbox is read by others later."""


async def make_sign_link(act: DeclarationAct, revision: Revision, mandate: Mandate, person: Person) -> str:
    """An address that signs its owner in, once. Only its hash is kept."""
    token = secrets.token_urlsafe(32)
    page = f"/declarations/{act.access.declaration.slug}/sign?municipality={mandate.municipality.ags}"
    ends_at = end_of_link(act.access.declaration.deadline, act.now)
    await sign_links.append_sign_link(act.db, token, person.id, revision.id, page, act.now, ends_at)
    return act.site_address(f"login/{token}")


def end_of_link(deadline: datetime | None, now: datetime) -> datetime:
    """With the call to sign: at its deadline, or after two weeks."""
    if deadline is None or deadline <= now:
        return now + WITHOUT_DEADLINE
    return min(deadline, now + LONGEST)
