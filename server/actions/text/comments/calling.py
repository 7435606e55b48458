"""Who is named in a comment is told by mail."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Passage:
    """What a thread stands at. `key`: of the thread; `quote`: its words; `language`: of a translation."""

    key: str
    quote: str
    language: str = ""

    @property
    def page(self) -> str:
        """Of the editor, below the declaration's address."""
        text = f"translations/{self.language}/" if self.language else ""
        return f"{text}edit#comment-{self.key}"


async def call_mentioned(
    act: DeclarationAct, passage: Passage, body: str, mentions: Mentions, known: Mentions = NOBODY
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
            title, link = act.access.declaration.title, act.address(passage.page)
            await act.notify(person, Mentioned(person.name, title, author.name, passage.quote, words, link))
