"""Links to the page for the hall: read-only, without an account, until they are taken back."""

from __future__ import annotations

from secrets import token_urlsafe
from typing import Final

from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.errors import NotFound
from server.domain.people.persons import Person
from server.domain.permissions import can_open_wall
from server.domain.region.errors import TooManyWalls
from server.storage.declarations import walls

MAX_LINKS: Final = 10


async def open_wall(services: Services, *, actor: Person, slug: str) -> str:
    """Returns the token, which is kept nowhere else. Raises TooManyWalls."""
    token = token_urlsafe(32)
    async with services.act(actor=actor, slug=slug, may=can_open_wall, lock=True) as act:
        declaration_id = act.access.declaration.id
        if await walls.count_links(act.db, declaration_id) >= MAX_LINKS:
            raise TooManyWalls(most=MAX_LINKS)
        link = await walls.append_link(act.db, declaration_id, actor.id, token, act.now)
        act.record(Tag.WALL_OPEN, {"wall": link})
    return token


async def close_wall(services: Services, *, actor: Person, slug: str, link_id: int) -> None:
    """Whoever shows the page sees at the next look that the link works no more. Raises NotFound."""
    async with services.act(actor=actor, slug=slug, may=can_open_wall, lock=True) as act:
        if not await walls.end_link(act.db, act.access.declaration.id, link_id, act.now):
            raise NotFound(what="wall")
        act.record(Tag.WALL_CLOSE, {"wall": link_id})
