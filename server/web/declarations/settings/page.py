"""The page of settings, and one section of it as a form."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.declarations.settings import change_setting
from server.actions.people import creators
from server.domain import permissions
from server.domain.errors import CannotLeave, InvalidInput, KraftaktError, NotFound
from server.domain.person_rights import may_create_declarations
from server.domain.release.steps import HourPassed
from server.domain.sign_offs.statements import LEVEL_WORDS
from server.domain.terms.settings import LANGUAGES, SECTIONS, Section
from server.domain.text.errors import UnprintableText
from server.web.declarations.framing import render_framed
from server.web.declarations.settings.forms import FIELDS_AT_MOST, READERS, fields_of
from server.web.declarations.settings.reading import Facts, read_settings, show, show_change, words_of
from server.web.declarations.settings.words import LANGUAGE_NAMES, SHARES
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION, declaration_path, slug_of
from server.web.http.bodies.bodies import Bounds
from server.web.http.context import services_of
from server.web.http.errors import problem_of
from server.web.http.forms import Form, form_route
from server.web.http.visits import person_of


async def settings_page(request: Request) -> Response:
    facts = await read_page(request, permissions.can_see_settings, read_settings)
    return _render(request, facts)


async def section_form(request: Request) -> Response:
    section = _section(request)
    facts = await read_page(request, SECTIONS[section].may, read_settings)
    return _render(request, facts, section, fields_of(facts.setting(section)))


async def save_section(request: Request, form: Form) -> Response:
    section, slug = _section(request), slug_of(request)
    try:
        setting = READERS[section](form)
        await change_setting(services_of(request), actor=person_of(request), slug=slug, setting=setting)
    except (InvalidInput, CannotLeave, UnprintableText, HourPassed) as error:
        facts = await read_page(request, SECTIONS[section].may, read_settings)
        return _render(request, facts, section, form.everything(), error)
    page = declaration_path(request, f"settings?saved={section.value}#{section.value}")
    return RedirectResponse(page, 303)


async def let_create(request: Request, form: Form) -> Response:
    """Another coordination of this declaration may create further ones from now on."""
    await creators.let_create(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        person_id=form.number("person"),
    )
    return RedirectResponse(declaration_path(request, "settings#creators"), 303)


def _section(request: Request) -> Section:
    section = Section.named(str(request.path_params["section"]))
    if section is None:
        raise NotFound(what="section")
    return section


def _render(
    request: Request,
    facts: Facts,
    opened: Section | None = None,
    fields: object = None,
    error: KraftaktError | None = None,
) -> Response:
    words = words_of(request, facts)
    problem = problem_of(error) if error else None
    return render_framed(
        request,
        "declarations/settings/page.html",
        facts.access,
        problem.status if problem else 200,
        facts=facts,
        sections=[show(words, facts, section) for section in Section],
        changes=[show_change(words, change) for change in facts.changes],
        opened=opened,
        fields=fields,
        problem=problem,
        saved=Section.named(request.query_params.get("saved", "")),
        shares=SHARES,
        levels_offered=LEVEL_WORDS,
        languages_offered={tag: LANGUAGE_NAMES[tag] for tag in LANGUAGES},
        original=LANGUAGES[0],
        may_create=may_create_declarations(facts.access.person),
        may_archive=permissions.can_archive(facts.access),
        may_withdraw=permissions.can_withdraw(facts.access),
    )


_ADDRESS = f"{DECLARATION}/settings"
ROUTES = [
    Route(_ADDRESS, settings_page),
    Route(_ADDRESS + "/{section}", section_form),
    form_route(f"{_ADDRESS}/creators", let_create),
    form_route(_ADDRESS + "/{section}", save_section, bounds=Bounds(fields=FIELDS_AT_MOST)),
]
