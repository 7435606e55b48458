"""A stamp of an authority that nobody knows proves nothing, and one that cannot be breaks the verdict."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from server.domain.release.verification import Outcome
from server.signing.checks import Check
from server.signing.seal.check.verification import check_seal
from tests.browser_check.later_revisions import nothing, stamped
from tests.signing.seals import found, local_sealer, seal


@pytest.fixture(scope="module")
def sealer(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return local_sealer(tmp_path_factory.mktemp("key"))


@pytest.fixture(scope="module")
def sealed(sealer: Any) -> bytes:
    pdf: bytes = seal(sealer, lines=())
    return pdf


def test_without_trusted_roots_a_stamp_makes_no_level_proven(sealed: bytes) -> None:
    outcomes = found(stamped(sealed, nothing))
    assert outcomes[Check.SEAL_ARCHIVE_TIME] is Outcome.LIMITED
    assert outcomes[Check.SEAL_LEVEL] is Outcome.LIMITED


def test_with_trusted_roots_a_stamp_that_leads_to_none_of_them_is_broken(sealed: bytes, sealer: Any) -> None:
    outcomes = found(stamped(sealed, nothing), trust_roots=sealer.key.roots)
    assert outcomes[Check.SEAL_ARCHIVE_TIME] is Outcome.BROKEN


@pytest.mark.parametrize("year", [1999, 2049])
def test_a_stamp_before_the_seal_or_in_the_future_is_broken(sealed: bytes, year: int) -> None:
    outcomes = found(stamped(sealed, nothing, at=datetime(year, 6, 18, tzinfo=UTC)))
    assert outcomes[Check.SEAL_ARCHIVE_TIME] is Outcome.BROKEN


def test_a_stamp_older_than_the_one_it_covers_is_broken(sealed: bytes) -> None:
    now = datetime.now(UTC)
    once = stamped(sealed, nothing, "Archivzeitstempel_01", now)
    twice = stamped(once, nothing, "Archivzeitstempel_02", now - timedelta(hours=1))
    stamps = [f.outcome for f in check_seal(twice) if f.check == Check.SEAL_ARCHIVE_TIME]
    assert stamps == [Outcome.LIMITED, Outcome.BROKEN]


def test_clocks_of_two_authorities_may_differ_by_minutes(sealed: bytes) -> None:
    now = datetime.now(UTC)
    once = stamped(sealed, nothing, "Archivzeitstempel_01", now)
    twice = stamped(once, nothing, "Archivzeitstempel_02", now - timedelta(minutes=2))
    assert found(twice)[Check.SEAL_ARCHIVE_TIME] is Outcome.LIMITED
