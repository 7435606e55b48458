"""Who shaped what: the text with the municipality that most of each passage comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.domain.text.authorship import STARTER, Share, Strands, attribute, letters_by, shares_of
from server.domain.text.checkpoints import settled_content
from server.domain.text.content import Block, Content
from server.domain.text.update_log import SERVICE, StoredLog
from server.storage.engine.types import Reader
from server.storage.people.municipalities import read_names, read_signatories
from server.storage.text.update_log import read_log
from server.sync.authorship import Author, who_wrote
from server.sync.projection import read_text
from server.web.declarations.framing import render_framed
from server.web.text.shown import ShownText, at_each_text, read_text_page

COLOURS: Final = 5
"""Municipalities with a colour and a pattern of their own; all others share one."""
MENTIONED: Final = 15
"""Percent of a passage from which on somebody else is named beside whom most of it is from."""


@dataclass(frozen=True, slots=True)
class Authorship:
    """Of the present text. `strands`: by block of `content`. `names`: of municipalities, by key."""

    content: Content
    strands: Sequence[Strands]
    shares: Sequence[Share]
    names: Mapping[str, str]

    def colour(self, key: str) -> int:
        """1 to `COLOURS` by share, one more for all others."""
        rank = next((at for at, share in enumerate(self.shares) if share.key == key), COLOURS)
        return min(rank, COLOURS) + 1


@dataclass(frozen=True, slots=True)
class Passage:
    """`main`: whose most of it is, None for one without words. `beside`: who else has a good part."""

    block: Block
    main: str | None
    beside: Sequence[str]


@dataclass(frozen=True, slots=True)
class AuthorshipPage:
    text: ShownText
    authorship: Authorship
    silent: int


async def authorship(request: Request) -> Response:
    def read(db: Reader, text: ShownText, now: datetime) -> AuthorshipPage:
        found, declaration_id = read_authorship(db, text.text_id), text.access.declaration.id
        signatories = read_signatories(db, [declaration_id], now)[declaration_id]
        invited = {mandate.municipality.ags for mandate in signatories}
        return AuthorshipPage(text, found, len(invited - {share.key for share in found.shares}))

    page = await read_text_page(request, lambda rights: rights.kept, read)
    found = page.authorship
    return render_framed(
        request,
        "text/authorship.html",
        page.text.access,
        text=page.text,
        found=found,
        passages=list(list_passages(found)),
        shown=found.shares[:COLOURS],
        others=found.shares[COLOURS:],
        towns=sum(1 for share in found.shares if share.key in found.names),
        silent=page.silent,
        starter=STARTER,
    )


def read_authorship(db: Reader, text_id: int) -> Authorship:
    return _attributed(read_log(db, text_id), db)


def _attributed(log: StoredLog, db: Reader) -> Authorship:
    blocks = read_text(log.updates)
    written = [(key_of(each.author), each.text) for each in who_wrote(log.updates, log.writers)]
    strands = attribute(blocks, written)
    counts = letters_by(strand for block in strands for strand in block)
    names = read_names(db, counts.keys())
    return Authorship(settled_content(blocks), strands, shares_of(counts), names)


def key_of(author: Author) -> str:
    return STARTER if author.person == SERVICE else author.ags or ""


def list_passages(found: Authorship) -> Iterable[Passage]:
    for block, strands in zip(found.content.blocks, found.strands, strict=False):
        shares = shares_of(letters_by(strands))
        beside = [share.key for share in shares[1:] if share.percent >= MENTIONED]
        yield Passage(block, shares[0].key if shares else None, beside)


ROUTES = at_each_text(lambda place: [Route(f"{place}/authorship", authorship)])
