"""Every error tells what happened and what to do, in both languages, as a page and as JSON."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.catalogues import load_catalogues
from server.domain.declarations import Phase
from server.domain.errors import (
    Busy,
    Invalid,
    InvalidCode,
    InvalidInput,
    InvalidLink,
    InvalidPasskey,
    KraftaktError,
    NotAllowed,
    NotFound,
    NotSignedIn,
    SealFailed,
    StaleForm,
    TooLarge,
    TooMany,
    TooSlow,
    Unavailable,
    WrongPhase,
)
from server.domain.sign_offs.errors import (
    AlreadyAnswered,
    ForeignCertificate,
    InvalidCopy,
    StaleRevision,
    TooManyCopies,
)
from server.domain.text.errors import OpenSuggestions, WriterTaken
from server.web.http.errors import STATUSES, status_of
from tests.web.house import ROOT, build_house, every_error
from tests.world import World

FAMILIES = [Invalid, Unavailable]
"""Never raised themselves."""
KINDS = [kind for kind in every_error() if kind not in FAMILIES]
CATALOGUES = load_catalogues(ROOT / "server" / "locale")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_every_error_has_a_code_a_heading_and_a_sentence_of_its_own_in_english_and_german(
    kind: type[KraftaktError],
) -> None:
    assert {"code", "heading", "sentence"} <= set(vars(kind))
    for words in (kind.heading, kind.sentence):
        assert words == CATALOGUES["en"].gettext(words)
        assert CATALOGUES["de"].gettext(words) != words


def test_no_two_errors_have_the_same_heading_unless_the_same_is_the_matter() -> None:
    headings = [kind.heading for kind in KINDS]
    assert {heading for heading in headings if headings.count(heading) > 1} == set()


@pytest.mark.parametrize("phase", Phase)
def test_a_wrong_phase_says_what_the_phase_is(phase: Phase) -> None:
    words = WrongPhase(phase=phase.value).words
    assert words != WrongPhase.sentence
    assert CATALOGUES["de"].gettext(words) != words


def test_no_two_errors_have_the_same_code() -> None:
    assert len({kind.code for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda kind: kind.__name__)
def test_a_family_has_a_status_and_members_with_sentences(family: type[KraftaktError]) -> None:
    assert family in STATUSES
    assert family.__subclasses__()
    assert not {"code", "heading", "sentence"} & set(vars(family))


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (KraftaktError, 500),
        (NotFound, 404),
        (NotSignedIn, 401),
        (NotAllowed, 403),
        (StaleForm, 403),
        (WrongPhase, 409),
        (TooManyCopies, 409),
        (WriterTaken, 409),
        (InvalidLink, 410),
        (InvalidCode, 422),
        (InvalidPasskey, 422),
        (InvalidCopy, 422),
        (ForeignCertificate, 422),
        (InvalidInput, 422),
        (TooLarge, 413),
        (TooSlow, 408),
        (TooMany, 429),
        (Busy, 503),
        (SealFailed, 503),
    ],
)
def test_other_programs_rely_on_these_statuses(kind: type[KraftaktError], status: int) -> None:
    assert status_of(kind) == status


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_every_error_becomes_json_with_its_code(
    shared_world: World, tmp_path: Path, kind: type[KraftaktError]
) -> None:
    house = build_house(shared_world, tmp_path, {"it": kind})
    response = house.get("/raise/it", headers={"Accept": "application/json"})
    assert response.status_code == status_of(kind)
    error = response.json()["error"]
    assert error["code"] == kind.code
    assert error["message"]
    assert "%(" not in error["message"]


def test_facts_fill_the_sentence(shared_world: World, tmp_path: Path) -> None:
    house = build_house(shared_world, tmp_path, {"it": lambda: OpenSuggestions(count=3)})
    assert "offen (3)" in house.get("/raise/it").text


def test_too_many_says_when_to_come_back(shared_world: World, tmp_path: Path) -> None:
    response = build_house(shared_world, tmp_path, {"it": lambda: TooMany(seconds=42)}).get("/raise/it")
    assert response.headers["retry-after"] == "42"


def test_who_is_not_signed_in_is_led_to_the_login_and_back(shared_world: World, tmp_path: Path) -> None:
    response = build_house(shared_world, tmp_path, {"it": NotSignedIn}).get("/raise/it?a=1")
    assert response.status_code == 303
    assert response.headers["location"] == "/login?next=%2Fraise%2Fit%3Fa%3D1"


def way_on(page: str) -> list[tuple[str, str]]:
    """Where the page's button leads, and what it says."""
    return re.findall(r'class="kern-btn kern-btn--primary" href="([^"]+)"><span[^>]*>([^<]+)<', page)


@pytest.mark.parametrize(
    ("error", "path", "href", "label"),
    [
        (StaleRevision, "/declarations/x/sign/code", "/declarations/x/sign", "Aktuelle Fassung lesen"),
        (AlreadyAnswered, "/declarations/x/sign/code", "/declarations/x/sign", "Antwort ansehen"),
        (StaleRevision, "/declarations/x/seal", "/declarations/x", "Zur Erklärung"),
        (WrongPhase, "/declarations/x/sign/code", "/declarations/x", "Zur Erklärung"),
        (NotFound, "/declarations/x/sign/code", "/", "Zur Übersicht"),
        (NotSignedIn, "/declarations/x/sign/code", "/login?next=%2Fdeclarations%2Fx", "Anmelden"),
        (NotSignedIn, "/logout", "/login?next=%2F", "Anmelden"),
        (InvalidLink, "/login/t", "/login", "Neuen Link anfordern"),
        (TooLarge, "/verify", "/verify", "Weitere PDF-Datei prüfen"),
    ],
)
def test_the_page_leads_on_to_where_one_can_go_on(
    shared_world: World, tmp_path: Path, error: type[KraftaktError], path: str, href: str, label: str
) -> None:
    house = build_house(shared_world, tmp_path, {"it": error})
    slug = {"slug": "x"} if "/declarations/" in path else {}

    async def refused(request: Request) -> Response:
        request.scope["path_params"] = slug
        raise error()

    house.app.router.routes.insert(0, Route(path, refused, methods=["POST"]))
    assert way_on(house.post(path).text) == [(href, label)]


def test_an_unknown_address_gets_our_own_page(shared_world: World, tmp_path: Path) -> None:
    response = build_house(shared_world, tmp_path).get("/nowhere")
    assert response.status_code == 404
    assert "Seite nicht gefunden" in response.text
    assert response.headers["x-request-id"] in response.text


def test_an_unexpected_error_is_logged_without_its_words(
    shared_world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    house = build_house(shared_world, tmp_path, {"boom": lambda: RuntimeError("Doris wrote this")})
    with caplog.at_level(logging.ERROR, logger="kraftakt.web"):
        response = house.get("/raise/boom")
    assert response.status_code == 500
    assert response.headers["x-request-id"] in caplog.text
    assert "RuntimeError" in caplog.text
    assert "Doris" not in caplog.text + response.text


def test_a_body_that_is_too_large_is_refused(shared_world: World, tmp_path: Path) -> None:
    response = build_house(shared_world, tmp_path).post("/echo", content=b"x" * (1024 * 1024 + 1))
    assert response.status_code == 413
    assert "höchstens 1 MB" in response.text


def test_a_part_of_a_page_that_asks_again_after_the_session_reloads_the_whole_page(
    shared_world: World, tmp_path: Path
) -> None:
    """The login page must not be put into the middle of the page that asked."""
    response = build_house(shared_world, tmp_path, {"it": NotSignedIn}).get(
        "/raise/it", headers={"HX-Request": "true"}
    )
    assert response.status_code == 401
    assert response.headers["hx-refresh"] == "true"
