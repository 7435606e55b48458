"""Privacy notice, imprint, accessibility statement: public, and edited in the browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.record.legal_texts import save_text, starter_text
from server.domain.errors import InvalidInput, NotAllowed, Refused
from server.domain.people.languages import LANGUAGES, Language, as_language
from server.domain.person_rights import may_edit_pages
from server.domain.record.legal_markup import read_markup
from server.domain.record.legal_pages import LONGEST, LegalPage, PageChanged, count_placeholders
from server.storage.engine.types import Reader
from server.storage.record import legal_texts as texts
from server.storage.record.legal_texts import Version
from server.web.http.bodies.bodies import Bounds
from server.web.http.context import services_of
from server.web.http.forms import Form, form_route
from server.web.http.pages.rendering import render
from server.web.http.visits import person_of, visit_of
from server.web.record.filter import is_number
from server.web.sentences.messages import N_, Message

MOST_VERSIONS: Final = 50
_ROOM: Final = Bounds(fields=20, body=6 * LONGEST + 10_000)
_EMPTY: Final = Message(N_("Please write a text of at most %(longest)s characters."), {"longest": LONGEST})


@dataclass(frozen=True, slots=True)
class Gap:
    """A page that still has placeholders."""

    page: LegalPage
    language: Language
    count: int


async def show(request: Request) -> Response:
    page, language = _page_of(request), visit_of(request).language
    person = visit_of(request).person
    newest = await services_of(request).database.ask(lambda db: texts.read_newest(db, page, language))
    text = newest.text if newest else starter_text(page, language)
    return render(
        request,
        "record/legal_page.html",
        page=page,
        parts=read_markup(text),
        gaps=count_placeholders(text),
        saved=newest,
        done=request.query_params.get("done") == "1",
        may_edit=person is not None and may_edit_pages(person),
    )


async def show_editor(request: Request) -> Response:
    """`?language=` which text, `?version=` which version of it to begin with."""
    _ensure_editor(request)
    return await _editor(request, _language_of(request, request.query_params.get("language", "")))


async def _editor(
    request: Request,
    language: Language,
    status: int = 200,
    *,
    typed: str | None = None,
    problem: Message | None = None,
) -> Response:
    page, wanted = _page_of(request), request.query_params.get("version", "")
    number = int(wanted) if is_number(wanted) else None

    def read(db: Reader) -> tuple[Version | None, Version | None, list[object]]:
        older = texts.read_version(db, page, language, number) if number else None
        heads = texts.read_heads(db, page, language, MOST_VERSIONS)
        return texts.read_newest(db, page, language), older, list(heads)

    newest, older, heads = await services_of(request).database.ask(read)
    shown = older or newest
    text = typed if typed is not None else shown.text if shown else starter_text(page, language)
    return render(
        request,
        "record/legal_editor.html",
        status,
        page=page,
        text_language=language,
        languages=LANGUAGES,
        text=text,
        gaps=count_placeholders(text),
        seen=newest.number if newest else 0,
        older=older,
        versions=heads,
        problem=problem,
        longest=LONGEST,
    )


async def save(request: Request, form: Form) -> Response:
    _ensure_editor(request)
    page, language = _page_of(request), _language_of(request, form.typed("language"))
    typed = form.typed("text", LONGEST)
    try:
        await save_text(
            services_of(request),
            actor=person_of(request),
            page=page,
            language=language,
            text=form.text("text", LONGEST),
            seen=form.number("seen"),
        )
    except InvalidInput:
        return await _editor(request, language, 422, typed=typed, problem=_EMPTY)
    except PageChanged as error:
        return await _editor(request, language, 409, typed=typed, problem=_words(error))
    return RedirectResponse(f"/{page.value}?lang={language}&done=1", 303)


def _words(error: Refused) -> Message:
    return Message(error.sentence, error.facts)


def read_gaps(db: Reader) -> list[Gap]:
    """For the warning on the start page."""
    saved = texts.read_all_newest(db)
    found = [
        Gap(
            page,
            language,
            count_placeholders(saved.get((page.value, language)) or starter_text(page, language)),
        )
        for page in LegalPage
        for language in LANGUAGES
    ]
    return [gap for gap in found if gap.count]


def _page_of(request: Request) -> LegalPage:
    return LegalPage(request.url.path.split("/")[1])


def _language_of(request: Request, text: str) -> Language:
    return as_language(text) or visit_of(request).language


def _ensure_editor(request: Request) -> None:
    if not may_edit_pages(person_of(request)):
        raise NotAllowed()


ROUTES = [
    *(Route(f"/{page.value}", show) for page in LegalPage),
    *(Route(f"/{page.value}/edit", show_editor) for page in LegalPage),
    *(form_route(f"/{page.value}/edit", save, bounds=_ROOM) for page in LegalPage),
]
