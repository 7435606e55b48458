"""The languages of a declaration: what there is in each, and whether it still holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.text.translating import begin_translation
from server.domain import permissions
from server.domain.declarations import RevisionHead
from server.domain.errors import Refused
from server.domain.permissions import Access
from server.domain.text.translations.correspondence import Standing
from server.domain.text.translations.languages import LANGUAGES, TextLanguage
from server.domain.text.translations.translations import FixedTranslation, Translation
from server.storage.engine.types import Reader
from server.storage.text.revisions import read_content, read_heads
from server.storage.text.translations import read_fixed, read_translations
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION, declaration_path, slug_of
from server.web.http.context import services_of
from server.web.http.errors import problem_of
from server.web.http.forms import Form, form_route
from server.web.http.visits import person_of

TRANSLATIONS: Final = f"{DECLARATION}/translations"


@dataclass(frozen=True, slots=True)
class Row:
    """`fixed` and `standing`: of the newest revision, None as long as there is none."""

    translation: Translation
    fixed: FixedTranslation | None = None
    standing: Standing | None = None

    @property
    def language(self) -> TextLanguage:
        return self.translation.language


@dataclass(frozen=True, slots=True)
class Languages:
    """`heads`: the original's revisions, newest first."""

    access: Access
    rows: Sequence[Row]
    heads: Sequence[RevisionHead]

    @property
    def free(self) -> list[TextLanguage]:
        taken = {row.language for row in self.rows}
        return [language for language in LANGUAGES if language not in taken]


def read_languages(db: Reader, access: Access, _: datetime) -> Languages:
    """Who only reads hears of what is fixed, and of nothing else."""
    declaration = access.declaration
    heads = read_heads(db, [declaration.text_id])[declaration.text_id]
    now = read_content(db, heads[0].id) if heads else None
    fixed = {each.language: each for each in read_fixed(db, declaration.id)}
    follows = permissions.can_follow_translations(access)
    rows = []
    for translation in read_translations(db, declaration.id):
        newest = fixed.get(translation.language)
        if newest is not None and now is not None:
            rows.append(Row(translation, newest, newest.standing(now)))
        elif follows:
            rows.append(Row(translation))
    return Languages(access, rows, heads)


async def listing(request: Request) -> Response:
    return await _show(request)


async def begin(request: Request, form: Form) -> Response:
    try:
        await begin_translation(
            services_of(request),
            actor=person_of(request),
            slug=slug_of(request),
            tag=form.text("language", 35),
        )
    except Refused as error:
        return await _show(request, error)
    return RedirectResponse(declaration_path(request, "translations"), 303)


async def _show(request: Request, error: Refused | None = None) -> Response:
    shown = await read_page(request, permissions.can_read_revisions, read_languages)
    problem = problem_of(error) if error else None
    return render_framed(
        request,
        "text/translations/list.html",
        shown.access,
        problem.status if problem else 200,
        shown=shown,
        problem=problem,
        may_begin=permissions.can_keep_translations(shown.access),
        may_follow=permissions.can_follow_translations(shown.access),
        may_translate=permissions.can_translate(shown.access),
    )


ROUTES = [Route(TRANSLATIONS, listing), form_route(TRANSLATIONS, begin)]
