"""Who is named in a comment is told by mail."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from server.actions.act import DeclarationAct
from server.domain.errors import InvalidInput
from server.domain.text.comments.threads import Mentions
from server.mail.notices.text import Mentioned
from server.storage.text.comments.naming import choose_called, read_towns, read_writers

NOBODY: Final = Mentions()
LONGEST: Final = 600
"""Characters of a comment that its mail shows."""


async def ensure_may_be_named(act: DeclarationAct, mentions: Mentions, more: Collection[str] = ()) -> None:
    """Persons who see the comment, municipalities of the declaration; `more`: keys of others that it names.
    Raises InvalidInput."""
    declaration_id = act.access.declaration.id
    if mentions.persons:
        writers = await act.db.run_sync(read_writers, declaration_id)
        if not mentions.persons <= {person.id for person, _ in writers}:
            raise InvalidInput(field="mentions")
    if mentions.municipalities or more:
        towns = {ags for ags, _ in await act.db.run_sync(read_towns, declaration_id)}
        if not {*mentions.municipalities, *more} <= towns:
            raise InvalidInput(field="mentions")


async def call_mentioned(
    act: DeclarationAct, key: str, quote: str, body: str, mentions: Mentions, known: Mentions = NOBODY
) -> None:
    """Once each, whether by name or by municipality. `known`: who has been told already."""
    new = mentions.persons - known.persons, mentions.municipalities - known.municipalities
    if not any(new):
        return
    author = act.access.person
    writers = await act.db.run_sync(read_writers, act.access.declaration.id)
    told = {person.id for person in choose_called(writers, known.persons, known.municipalities)}
    for person in choose_called(writers, *new):
        if person.id != author.id and person.id not in told:
            words = body if len(body) <= LONGEST else f"{body[: LONGEST - 1]}…"
            title, link = act.access.declaration.title, act.address(f"edit#comment-{key}")
            await act.notify(person, Mentioned(person.name, title, author.name, quote, words, link))
