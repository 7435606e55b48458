"""Two who seal at once, and a text or sign-offs that change while the file is being made."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from typing import Any
from unittest.mock import patch

import pytest

from server.actions.declarations.settings import change_setting
from server.actions.release import sealing
from server.actions.release.draft import draft_document
from server.actions.services import Services
from server.actions.sign_offs.by_passkey import begin_with_passkey
from server.actions.sign_offs.request import Reply
from server.documents.reading.read_back import read_text
from server.documents.wording import CLOSING
from server.domain.errors import WrongPhase
from server.domain.sign_offs.answers import Answer
from server.domain.sign_offs.errors import StaleRevision
from server.domain.terms.settings import PlaceAndDay
from server.dossier.assembly import Built, build_document
from server.dossier.check.document import verify_document
from server.storage.release.final_documents import FinalDocument
from tests.waiting import HANG
from tests.world import SLUG, World, challenge_of

BUILD = "server.actions.release.sealing.build_document"


@pytest.fixture
def ready(world: World) -> World:
    world.freeze()
    world.sign_with_passkey("doris")
    return world


def test_two_requests_at_once_make_one_document_and_do_the_work_once(ready: World) -> None:
    clara = ready.person("clara")

    async def both() -> list[FinalDocument]:
        sealings = (
            sealing.seal_declaration(ready.services, actor=clara, slug=SLUG, proven_at=ready.services.now())
            for _ in range(2)
        )
        return await asyncio.gather(*sealings)

    with patch(BUILD, side_effect=build_document) as built:
        first, second = ready.run(both())
    assert first == second
    assert built.call_count == 1
    assert ready.tags.count("document:final:seal") == 1


@contextmanager
def another_process(world: World) -> Iterator[Future[FinalDocument]]:
    """Seals with services of its own; the block runs while its file is finished but not stored."""
    clara, made, go_on = world.person("clara"), threading.Event(), threading.Event()
    services = world.more_services()

    def build(*facts: Any) -> Built:
        built = build_document(*facts)
        made.set()
        assert go_on.wait(HANG)
        return built

    async def seal(own: Services) -> FinalDocument:
        try:
            return await sealing.seal_declaration(own, actor=clara, slug=SLUG, proven_at=own.now())
        finally:
            await own.close()

    with ThreadPoolExecutor(1) as pool:
        with patch(BUILD, build):
            future = pool.submit(lambda: asyncio.run(seal(services)))
            assert made.wait(HANG)
        try:
            yield future
        finally:
            go_on.set()


def test_two_processes_at_once_make_one_document(ready: World) -> None:
    with another_process(ready) as other:
        document = ready.seal()
    assert other.result() == document
    assert ready.tags.count("document:final:seal") == 1


def reopened(world: World) -> None:
    world.reopen()


def rewritten(world: World) -> None:
    world.reopen()
    world.write("Neue ")
    world.freeze()
    world.sign_with_passkey("gustav")


def signed_by_another(world: World) -> None:
    world.sign_with_passkey("gustav")


def given_elsewhere(world: World) -> None:
    given = PlaceAndDay("Offenburg", date(2027, 6, 18))
    world.run(change_setting(world.services, actor=world.person("clara"), slug=SLUG, setting=given))


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (reopened, WrongPhase),
        (rewritten, StaleRevision),
        (signed_by_another, StaleRevision),
        (given_elsewhere, StaleRevision),
    ],
)
def test_what_changes_meanwhile_is_not_sealed_over(
    ready: World, change: Callable[[World], None], error: type[Exception]
) -> None:
    with another_process(ready) as other:
        change(ready)
    with pytest.raises(error):
        other.result()
    assert "document:final:seal" not in ready.tags
    assert ready.phase != "sealed"


def test_place_and_day_are_printed_as_they_are_set(ready: World) -> None:
    given_elsewhere(ready)
    clara = ready.person("clara")
    draft = ready.run(draft_document(ready.services, actor=clara, slug=SLUG))
    for pdf in (draft, ready.seal().pdf):
        closing = [block.text for block in read_text(pdf) if block.section == CLOSING]
        assert closing[0] == "Offenburg, den 18.\u00a0Juni 2027"


def test_a_refusal_that_comes_meanwhile_does_not_hinder_the_others(ready: World) -> None:
    with another_process(ready) as other:
        key = ready.authenticator("gustav")
        reply = Reply(Answer.DECLINES, text="Der Gemeinderat hat anders entschieden.")
        challenge_id, options, _ = ready.run(
            begin_with_passkey(ready.services, **ready.asked("gustav", reply=reply))
        )
        ready.finish("gustav", challenge_id, key.get(challenge_of(options)))
    pdf = other.result().pdf
    assert [s.municipality for s in verify_document(pdf).sign_offs] == ["Offenburg"]
    assert ready.phase == "sealed"
