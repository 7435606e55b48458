"""Saving a version of privacy notice, imprint or accessibility statement."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.errors import InvalidInput, NotAllowed
from server.domain.people.languages import Language
from server.domain.people.persons import Person
from server.domain.person_rights import may_edit_pages
from server.domain.record.legal_pages import LONGEST, LegalPage, PageChanged
from server.storage.record import legal_texts as texts

_STARTERS: Final = Path(__file__).parents[2] / "data" / "pages"


@cache
def starter_text(page: LegalPage, language: Language) -> str:
    """What stands there until somebody has saved the page: complete but for its placeholders."""
    return (_STARTERS / f"{page.value}.{language}.md").read_text("utf-8")


async def save_text(
    services: Services, *, actor: Person, page: LegalPage, language: Language, text: str, seen: int
) -> int:
    """As the newest version; its number. `seen`: the number of the version that was edited. Raises
    NotAllowed, InvalidInput, PageChanged."""
    if not may_edit_pages(actor):
        raise NotAllowed()
    text = text.replace("\r\n", "\n").strip() + "\n"
    if not 1 < len(text) <= LONGEST:
        raise InvalidInput(field="text")
    async with services.account_act(actor) as act:
        newest = await texts.load_newest_number(act.db, page, language)
        if newest != seen:
            raise PageChanged()
        await texts.append_version(act.db, page, language, newest + 1, text, actor.id, act.now)
        facts = {"page": page.value, "language": language, "number": newest + 1}
        act.record(Tag.PAGE_CHANGE, {**facts, "text_sha256": hashlib.sha256(text.encode()).hexdigest()})
    return newest + 1
