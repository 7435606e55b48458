"""The editor of a translation: the same island as for the original, in a room of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.domain import permissions
from server.domain.permissions import Access
from server.domain.text.live_text import LiveBlock
from server.domain.text.translations.rights import translation_rights
from server.domain.text.translations.translations import Translation
from server.domain.text.visits import arrive
from server.storage.declarations.declarations import read_beginning
from server.storage.engine.types import Reader
from server.storage.people.persons import read_staff_names
from server.storage.text.translations import read_translation
from server.storage.text.update_log import read_log
from server.storage.text.visits import read_visit
from server.sync.projection import read_text
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.context import web_of
from server.web.http.visits import visit_of
from server.web.text.editing import TRANSLATION_WAYS, PageText, editor_config
from server.web.text.live import show_live
from server.web.text.translations.listing import TRANSLATIONS


@dataclass(frozen=True, slots=True)
class Opened:
    """`since`: the end of the visit before, None at the first."""

    access: Access
    translation: Translation
    names: dict[int, str]
    began: datetime
    blocks: Sequence[LiveBlock]
    since: datetime | None


async def editor(request: Request) -> Response:
    tag = str(request.path_params["language"])

    def read(db: Reader, access: Access, now: datetime) -> Opened:
        declaration = access.declaration
        found = read_translation(db, declaration.id, tag)
        blocks = read_text(read_log(db, found.text_id).updates)
        visit = read_visit(db, found.text_id, access.person.id)
        names, began = read_staff_names(db, declaration.id), read_beginning(db, declaration.id)
        return Opened(access, found, names, began, blocks, arrive(visit, 0, now).before_at)

    page = await read_page(request, permissions.can_follow_translations, read)
    access, language = page.access, page.translation.language
    text = PageText(
        page.translation.text_id,
        f"/translations/{language.tag}",
        translation_rights(access),
        language=language.tag,
        direction=language.direction,
    )
    config = editor_config(web_of(request), visit_of(request), access, page.names, page.began, text)
    return render_framed(
        request,
        "text/editor.html",
        access,
        config=config,
        blocks=show_live(page.blocks),
        ways=TRANSLATION_WAYS,
        since=page.since,
        translation=page.translation,
        branch=None,
    )


ROUTES = [Route(f"{TRANSLATIONS}/{{language}}/edit", editor)]
