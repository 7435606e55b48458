"""A person's account: passkeys, accounts at providers, sessions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.people.account import keeping
from server.domain.errors import InvalidInput, NotFound
from server.storage.people import identities, own_sessions, passkeys
from server.storage.people.identities import Identity
from server.storage.people.own_sessions import OwnSession
from server.storage.people.passkeys import Passkey
from server.web.http.context import services_of
from server.web.http.forms import Form, form_route
from server.web.http.pages.rendering import render
from server.web.http.proof.freshness import ensure_fresh, proven_at
from server.web.http.visits import person_of, session_token_of
from server.web.people.account.devices import device_in_words
from server.web.sentences.messages import N_, Message

ACCOUNT = "/account"
LONGEST_NAME = 60
_DONE = {
    "passkey": Message(N_("The passkey is set up.")),
    "renamed": Message(N_("The passkey has its new name.")),
    "removed": Message(N_("The passkey is removed.")),
    "unlinked": Message(N_("The account is no longer linked.")),
    "ended": Message(N_("The session is ended.")),
    "others": Message(N_("All other sessions are ended.")),
}


@dataclass(frozen=True, slots=True)
class _Account:
    passkeys: Sequence[Passkey]
    identities: Sequence[Identity]
    sessions: Sequence[OwnSession]


async def show_account(request: Request) -> Response:
    return await _page(request, done=_DONE.get(request.query_params.get("done", "")))


async def _page(
    request: Request,
    status: int = 200,
    *,
    done: Message | None = None,
    wrong: int = 0,
    typed: str = "",
) -> Response:
    """`wrong`: the passkey whose new name cannot be taken, `typed`."""
    account = await _read(request)
    return render(
        request,
        "people/account/account.html",
        status,
        account=account,
        person=person_of(request),
        own_key=own_sessions.key_of(session_token_of(request)),
        in_words=device_in_words,
        done=done,
        wrong=wrong,
        typed=typed,
        longest=LONGEST_NAME,
    )


async def _read(request: Request) -> _Account:
    services, person = services_of(request), person_of(request)
    async with services.database.read() as db:
        return _Account(
            await passkeys.list_for(db, person.id),
            await identities.list_own(db, person.id),
            await own_sessions.list_own(db, person.id, services.now()),
        )


async def rename_passkey(request: Request, form: Form) -> Response:
    try:
        name = form.text("name", LONGEST_NAME)
    except InvalidInput:
        return await _page(request, 422, wrong=number_of(request), typed=form.typed("name"))
    await keeping.rename_passkey(
        services_of(request), actor=person_of(request), passkey_id=number_of(request), name=name
    )
    return _back("renamed")


async def confirm_passkey_removal(request: Request) -> Response:
    account, number = await _read(request), number_of(request)
    passkey = next((passkey for passkey in account.passkeys if passkey.id == number), None)
    if passkey is None:
        raise NotFound(what="passkey")
    ensure_fresh(request)
    return render(
        request,
        "people/account/remove_passkey.html",
        passkey=passkey,
        is_last=len(account.passkeys) == 1,
        person=person_of(request),
    )


async def remove_passkey(request: Request, _: Form) -> Response:
    await keeping.remove_passkey(
        services_of(request),
        actor=person_of(request),
        passkey_id=number_of(request),
        proven_at=proven_at(request),
    )
    return _back("removed")


async def remove_identity(request: Request, _: Form) -> Response:
    await keeping.remove_identity(
        services_of(request),
        actor=person_of(request),
        identity_id=number_of(request),
        proven_at=proven_at(request),
    )
    return _back("unlinked")


async def end_session(request: Request, _: Form) -> Response:
    await keeping.end_session(services_of(request), actor=person_of(request), key=request.path_params["key"])
    return _back("ended")


async def end_other_sessions(request: Request, _: Form) -> Response:
    await keeping.end_other_sessions(
        services_of(request), actor=person_of(request), session_token=session_token_of(request)
    )
    return _back("others")


def number_of(request: Request) -> int:
    """The address's own number. Raises NotFound for one that no row can have."""
    number = int(request.path_params["number"])
    if number >= 2**31:
        raise NotFound(what="address")
    return number


def _back(done: str) -> Response:
    return RedirectResponse(f"{ACCOUNT}?done={done}", 303)


ROUTES = [
    Route(ACCOUNT, show_account),
    form_route(f"{ACCOUNT}/passkeys/{{number:int}}", rename_passkey),
    Route(f"{ACCOUNT}/passkeys/{{number:int}}/remove", confirm_passkey_removal),
    form_route(f"{ACCOUNT}/passkeys/{{number:int}}/remove", remove_passkey),
    form_route(f"{ACCOUNT}/identities/{{number:int}}/remove", remove_identity),
    form_route(f"{ACCOUNT}/sessions/end-others", end_other_sessions),
    form_route(f"{ACCOUNT}/sessions/{{key}}/end", end_session),
]
