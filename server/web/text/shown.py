"""Which of a declaration's texts a page is about: the same pages serve the original and each translation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from starlette.requests import Request
from starlette.routing import BaseRoute

from server.domain.errors import NotFound
from server.domain.history_rights import HistoryRights, history_rights
from server.domain.permissions import Access
from server.domain.text.translations.languages import TextLanguage
from server.storage.engine.types import Reader
from server.storage.text.revisions import read_heads
from server.storage.text.translations import read_translation
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION, declaration_path

T = TypeVar("T")
TRANSLATION: Final = f"{DECLARATION}/translations/{{language}}"
PLACES: Final = (DECLARATION, TRANSLATION)
"""Below each of them are the pages of a text."""


@dataclass(frozen=True, slots=True)
class ShownText:
    """`translation`: its language, None for the original. `rights`: of who looks at it."""

    access: Access
    text_id: int
    translation: TextLanguage | None
    rights: HistoryRights

    @property
    def base(self) -> str:
        """Address of its pages."""
        below = f"/translations/{self.translation.tag}" if self.translation else ""
        return f"/declarations/{self.access.declaration.slug}{below}"

    @property
    def lang(self) -> str:
        return self.translation.tag if self.translation else "de"

    @property
    def dir(self) -> str:
        return self.translation.direction if self.translation else "ltr"


def at_each_text(make: Callable[[str], Sequence[BaseRoute]]) -> list[BaseRoute]:
    """Routes of the original and of each translation; `make` takes the address below which they are."""
    return [route for place in PLACES for route in make(place)]


def language_of(request: Request) -> str:
    """Of the translation that the address names, empty for the original."""
    return str(request.path_params.get("language", ""))


def text_path(request: Request, page: str) -> str:
    language = language_of(request)
    return declaration_path(request, f"translations/{language}/{page}" if language else page)


async def read_text_page(
    request: Request,
    right: Callable[[HistoryRights], bool],
    read: Callable[[Reader, ShownText, datetime], T],
) -> T:
    """As `read_page`, about the text that the address names. Raises NotFound besides for a translation of
    which nothing is fixed, to those who do not follow it."""
    language = language_of(request)

    def look(db: Reader, access: Access, now: datetime) -> T:
        return read(db, read_shown(db, access, language), now)

    return await read_page(request, lambda access: right(history_rights(access, language)), look)


def read_shown(db: Reader, access: Access, language: str) -> ShownText:
    """Raises NotFound."""
    rights = history_rights(access, language)
    if not language:
        return ShownText(access, access.declaration.text_id, None, rights)
    found = read_translation(db, access.declaration.id, language)
    if not rights.kept and not read_heads(db, [found.text_id])[found.text_id]:
        raise NotFound(what="translation")
    return ShownText(access, found.text_id, found.language, rights)
