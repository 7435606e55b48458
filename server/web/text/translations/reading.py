"""A translation to read, beside the original block by block; and fixing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.text.translating import fix_translation
from server.domain import permissions
from server.domain.errors import Invalid, NotFound, Refused
from server.domain.history_rights import translation_history
from server.domain.permissions import Access
from server.domain.text.content import Block
from server.domain.text.translations.languages import MARK, OUTDATED
from server.storage.engine.types import Reader
from server.storage.text.translations import read_translation
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import declaration_path, slug_of
from server.web.http.context import services_of
from server.web.http.errors import problem_of
from server.web.http.forms import Form, form_route
from server.web.http.proof.freshness import proven_at
from server.web.http.visits import person_of
from server.web.text.prose import arrange
from server.web.text.translations.listing import TRANSLATIONS, Languages, Row, read_languages

ONE = f"{TRANSLATIONS}/{{language}}"


@dataclass(frozen=True, slots=True)
class Pair:
    """A block of the translation, and what it stands for."""

    original: tuple[Block, ...]
    block: Block
    is_outdated: bool


async def read(request: Request) -> Response:
    return await _show(request)


async def fix(request: Request, form: Form) -> Response:
    try:
        await fix_translation(
            services_of(request),
            actor=person_of(request),
            slug=slug_of(request),
            tag=_tag(request),
            number=form.number("revision"),
            proven_at=proven_at(request),
        )
    except (Refused, Invalid) as error:
        return await _show(request, error)
    return RedirectResponse(declaration_path(request, f"translations/{_tag(request)}"), 303)


def _tag(request: Request) -> str:
    return str(request.path_params["language"])


async def _show(request: Request, error: Refused | Invalid | None = None) -> Response:
    tag = _tag(request)

    def look(db: Reader, access: Access, now: datetime) -> tuple[Languages, Row]:
        read_translation(db, access.declaration.id, tag)
        languages = read_languages(db, access, now)
        row = next((row for row in languages.rows if row.language.tag == tag), None)
        if row is None:
            raise NotFound(what="translation")
        return languages, row

    languages, row = await read_page(request, permissions.can_read_revisions, look)
    problem = problem_of(error) if error else None
    return render_framed(
        request,
        "text/translations/translation.html",
        languages.access,
        problem.status if problem else 200,
        row=row,
        heads=languages.heads,
        problem=problem,
        parts=arrange(row.fixed.content) if row.fixed else [],
        pairs=_pairs(row),
        mark=MARK,
        outdated=OUTDATED,
        may_follow=translation_history(languages.access).kept,
        may_fix=permissions.can_keep_translations(languages.access),
        may_translate=permissions.can_translate(languages.access),
    )


def _pairs(row: Row) -> list[Pair]:
    fixed, standing = row.fixed, row.standing
    if fixed is None or standing is None:
        return []
    return [
        Pair(fixed.source.blocks[begin:end], block, is_outdated)
        for (begin, end), block, is_outdated in zip(
            fixed.stretches, fixed.content.blocks, standing.outdated, strict=True
        )
    ]


ROUTES = [Route(ONE, read), form_route(f"{ONE}/fix", fix)]
