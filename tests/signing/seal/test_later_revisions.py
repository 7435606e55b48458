"""What may follow the seal is a short list; all else is found out, by whatever authority it is stamped."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from server.domain.release.verification import Outcome
from server.signing.checks import Check
from tests.browser_check.later_revisions import FORGED, NEW_FIELD, add_field, nothing, stamped, store
from tests.browser_check.raw_revisions import plain, revisions
from tests.signing.seals import found, local_sealer, seal


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder: Path = tmp_path_factory.mktemp("key")
    pdf: bytes = seal(local_sealer(folder), lines=())
    return pdf


@pytest.mark.parametrize(
    ("change", "field"),
    [(nothing, None), (store, None), (add_field, NEW_FIELD)],
    ids=["a spare field", "validation data", "a new field"],
)
def test_a_time_stamp_in_its_place_with_validation_data_changes_nothing(sealed, change, field) -> None:
    assert found(stamped(sealed, change, field))[Check.SEAL_UNCHANGED] is Outcome.PROVEN


@pytest.mark.parametrize("name", FORGED)
def test_everything_else_is_called_a_change(sealed, name) -> None:
    change, field = FORGED[name]
    outcomes = found(stamped(sealed, change, field))
    assert outcomes.get(Check.SEAL_UNCHANGED, outcomes.get(Check.SEAL_READABLE)) is Outcome.BROKEN


def test_there_are_enough_of_them() -> None:
    assert len(FORGED) >= 150


def test_a_revision_that_passes_over_the_sealed_one_is_called_a_change(sealed) -> None:
    """Its table of objects names the one before the seal as its predecessor."""
    forged = stamped(sealed, nothing)
    *_, last = re.finditer(rb"/Prev (\d+)", forged)
    first = re.findall(rb"startxref\s+(\d+)", sealed)[0]
    assert len(first) <= len(last[1])
    other = forged[: last.start(1)] + first.rjust(len(last[1]), b"0") + forged[last.end(1) :]
    assert found(other).get(Check.SEAL_UNCHANGED) is not Outcome.PROVEN


def test_what_programs_read_in_different_ways_is_called_a_change(sealed) -> None:
    held = []
    for name, write in revisions(sealed).items():
        outcomes = found(write())
        said = (Check.SEAL_UNCHANGED, Check.SEAL_READABLE, Check.SEAL_COVERAGE)
        if Outcome.BROKEN not in (outcomes.get(check) for check in said):
            held.append(name)
    assert held == []


@pytest.mark.parametrize("as_stream", [False, True])
def test_either_form_of_table_may_follow_the_seal(sealed, as_stream) -> None:
    assert found(plain(sealed, as_stream=as_stream))[Check.SEAL_UNCHANGED] is Outcome.PROVEN
