"""Whatever fails while sealing: nothing is half done, and the next attempt succeeds."""

from __future__ import annotations

import os
from pathlib import Path
from signal import SIGKILL
from time import sleep
from unittest.mock import patch

import pytest

from server.domain.errors import SealFailed
from server.dossier.check.document import verify_document
from server.storage.release import final_documents
from tests.actions.release import sealing_process
from tests.actions.release.sealing_process import STEPS
from tests.waiting import POLL
from tests.world import World
from tests.zygote import zygote

SEALED = "document:final:seal"
AFTERWARDS = "after it commits"
BEFORE = [step for step in STEPS if step != AFTERWARDS]


class Outage(Exception):
    pass


@pytest.fixture
def ready(world: World) -> World:
    world.freeze()
    world.sign_with_passkey("doris")
    return world


def assert_untouched(world: World) -> None:
    assert world.phase == "signing"
    assert SEALED not in world.tags
    assert world.read(final_documents.find_final, 1) is None


def assert_sealed_once(world: World) -> None:
    document = world.seal()
    assert verify_document(document.pdf).holds
    assert world.phase == "sealed"
    assert world.tags.count(SEALED) == 1
    assert world.read(final_documents.find_final, 1) == document == world.seal()


@pytest.mark.parametrize("step", BEFORE)
def test_an_error_leaves_nothing_behind(ready: World, step: str) -> None:
    with patch(STEPS[step], side_effect=Outage), pytest.raises(Outage):
        ready.seal()
    assert_untouched(ready)
    assert_sealed_once(ready)


def test_an_error_after_the_commit_loses_nothing(ready: World) -> None:
    with patch(STEPS[AFTERWARDS], side_effect=Outage), pytest.raises(Outage):
        ready.seal()
    assert ready.phase == "sealed"
    assert_sealed_once(ready)


def test_a_seal_that_fails_says_so_and_can_be_tried_again(ready: World) -> None:
    with patch(STEPS["while it seals"], side_effect=SealFailed(reason="token")), pytest.raises(SealFailed):
        ready.seal()
    assert_untouched(ready)
    assert_sealed_once(ready)


def kill(step: str, folder: Path) -> None:
    """SIGKILL while the process stands at the step."""
    output = folder / "sealing.txt"
    output.touch()
    process = zygote().start([str(folder), step], os.environ, output, program=sealing_process.__name__)
    while output.read_text("utf-8") != "here\n":
        assert process.poll() is None, output.read_text("utf-8")
        sleep(POLL)
    process.kill()
    assert process.wait() == -SIGKILL


@pytest.mark.parametrize("step", BEFORE)
def test_a_killed_process_leaves_nothing_behind(ready: World, tmp_path: Path, step: str) -> None:
    kill(step, tmp_path)
    assert_untouched(ready)
    assert_sealed_once(ready)


def test_a_process_killed_after_the_commit_loses_nothing(ready: World, tmp_path: Path) -> None:
    kill(AFTERWARDS, tmp_path)
    assert ready.phase == "sealed"
    assert_sealed_once(ready)
