"""What the client sends: each answers with the thread as it is then."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from server.actions.text.comments import writing
from server.actions.text.comments.writing import Said, Words
from server.domain.errors import InvalidInput
from server.domain.text.comments.threads import MAX_BODY, MAX_MENTIONS, Channel, Mentions, Recorded
from server.web.http.addresses import slug_of
from server.web.http.bodies.bodies import Takes
from server.web.http.context import services_of
from server.web.http.forms import Form, form_route
from server.web.http.visits import person_of
from server.web.text.comments.asking import COMMENTS, OF_TRANSLATIONS, language_of
from server.web.text.comments.shown import show_thread

MAX_PASSAGE: Final = 20_000
"""Characters of a passage that a client may send; less of it is kept."""
_SUGGESTION: Final = re.compile(r"[A-Za-z0-9_-]{0,64}", re.ASCII)
_AGS: Final = re.compile(r"[0-9]{8}", re.ASCII)


async def open_thread(request: Request, form: Form) -> Response:
    suggestion = form.optional_text("suggestion", 64)
    if not _SUGGESTION.fullmatch(suggestion):
        raise InvalidInput(field="suggestion")
    said = await writing.open_thread(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        language=language_of(request),
        words=_words(form),
        quote=form.text("quote", MAX_PASSAGE),
        suggestion=suggestion,
    )
    return _show(said)


async def reply(request: Request, form: Form) -> Response:
    said = await writing.reply(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        language=language_of(request),
        key=_key(request),
        words=_words(form),
    )
    return _show(said)


async def change_comment(request: Request, form: Form) -> Response:
    said = await writing.change(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        language=language_of(request),
        key=_key(request),
        comment_id=request.path_params["comment"],
        words=_words(form),
    )
    return _show(said)


async def remove_comment(request: Request, _: Form) -> Response:
    said = await writing.remove(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        language=language_of(request),
        key=_key(request),
        comment_id=request.path_params["comment"],
    )
    return _show(said)


async def resolve_thread(request: Request, _: Form) -> Response:
    return await _settle(request, writing.resolve)


async def reopen_thread(request: Request, _: Form) -> Response:
    return await _settle(request, writing.reopen)


async def _settle(request: Request, act: Callable[..., Awaitable[Said]]) -> Response:
    said = await act(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        language=language_of(request),
        key=_key(request),
    )
    return _show(said)


def _show(said: Said) -> Response:
    return JSONResponse(show_thread(said.thread, said.access))


def _key(request: Request) -> str:
    return str(request.path_params["key"])


def _words(form: Form) -> Words:
    """Raises InvalidInput."""
    mentions = Mentions(frozenset(_numbers(form)), frozenset(_keys(form)))
    if len(mentions.persons) + len(mentions.municipalities) > MAX_MENTIONS:
        raise InvalidInput(field="mentions")
    return Words(form.text("body", MAX_BODY), mentions, _recorded(form))


def _recorded(form: Form) -> Recorded | None:
    ags, channel = form.optional_text("recordedFor", 8), form.optional_text("channel", 20)
    if not ags:
        return None
    if channel not in set(Channel):
        raise InvalidInput(field="channel")
    return Recorded(ags, Channel(channel))


def _numbers(form: Form) -> list[int]:
    said = _list(form, "persons")
    numbers = [each for each in said if isinstance(each, int) and not isinstance(each, bool)]
    if len(numbers) < len(said):
        raise InvalidInput(field="mentions")
    return numbers


def _keys(form: Form) -> list[str]:
    said = _list(form, "municipalities")
    keys = [each for each in said if isinstance(each, str) and _AGS.fullmatch(each)]
    if len(keys) < len(said):
        raise InvalidInput(field="mentions")
    return keys


def _list(form: Form, name: str) -> list[object]:
    said = form.fields.get(name, [])
    if not isinstance(said, list) or len(said) > MAX_MENTIONS:
        raise InvalidInput(field="mentions")
    return said


ROUTES = [
    form_route(f"{base}{path}", handler, Takes.JSON)
    for base in (COMMENTS, OF_TRANSLATIONS)
    for path, handler in (
        ("", open_thread),
        ("/{key}", reply),
        ("/{key}/resolve", resolve_thread),
        ("/{key}/reopen", reopen_thread),
        ("/{key}/{comment:int}", change_comment),
        ("/{key}/{comment:int}/remove", remove_comment),
    )
]
