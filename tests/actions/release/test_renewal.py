"""The archive time stamp is renewed before it ends: the older bytes stay, once is enough."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch

import pytest

from server.actions.release import sealing
from server.actions.release.renewal import RENEWAL_NOTICE, list_due, renew_document
from server.domain.errors import NotFound, SealFailed
from server.dossier.check.document import verify_document
from server.storage.release.final_documents import FinalDocument, find_final
from tests.signing.pki import TrustService, trust_service
from tests.world import SLUG, World

RENEWED = "document:final:renew"


@pytest.fixture(scope="module")
def trust(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TrustService]:
    with trust_service(tmp_path_factory.mktemp("pki")) as running:
        yield running


@pytest.fixture
def archived(world: World, trust: TrustService) -> World:
    """Sealed with an archive time stamp."""
    sealer = replace(
        world.services.sealer,
        key=trust.key(),
        authorities=(trust.authority(),),
        trust_roots=(trust.root(),),
    )
    world.services = replace(world.services, sealer=sealer)
    world.freeze()
    world.sign_with_passkey("doris")
    world.seal()
    return world


def stored(world: World) -> FinalDocument:
    found: FinalDocument = world.read(find_final, 1)
    return found


def come_near_the_end(world: World, days: int = 1) -> None:
    until = stored(world).archived_until
    assert until is not None
    world.time = until - RENEWAL_NOTICE + timedelta(days=days)


def renew(world: World, *, at_once: bool = False) -> bool:
    return world.run(renew_document(world.services, slug=SLUG, at_once=at_once)).was_due


def test_nothing_is_done_and_nobody_reminded_long_before_the_end(archived: World) -> None:
    before = stored(archived)
    assert renew(archived) is False
    assert archived.run(list_due(archived.services)) == []
    assert (stored(archived), RENEWED in archived.tags) == (before, False)


def authority_gets_a_newer_certificate(world: World, trust: TrustService) -> None:
    sealer = replace(world.services.sealer, authorities=(trust.authority(name="newer"),))
    world.services = replace(world.services, sealer=sealer)


def test_a_due_document_is_announced_and_renewed(archived: World, trust: TrustService) -> None:
    before = stored(archived)
    come_near_the_end(archived)
    authority_gets_a_newer_certificate(archived, trust)
    assert archived.run(list_due(archived.services)) == [(SLUG, before.archived_until)]
    assert renew(archived) is True
    after = stored(archived)
    assert after.pdf.startswith(before.pdf)
    assert after.pdf_digest != before.pdf_digest
    report = verify_document(after.pdf, [trust.root()])
    assert report.holds
    assert [f.check for f in report.findings].count("seal.archive_time") == 2
    assert archived.tags.count(RENEWED) == 1


def test_no_stamp_is_added_that_would_end_no_later(archived: World, trust: TrustService) -> None:
    before = stored(archived)
    come_near_the_end(archived)
    assert renew(archived) is False
    assert stored(archived) == before
    authority_gets_a_newer_certificate(archived, trust)
    assert renew(archived) is True
    assert renew(archived) is False
    assert archived.tags.count(RENEWED) == 1


def test_who_renews_at_once_may_do_so_early(archived: World) -> None:
    before = stored(archived).pdf
    assert renew(archived, at_once=True)
    assert stored(archived).pdf.startswith(before)


def test_who_signed_gets_the_renewed_file(archived: World) -> None:
    renew(archived, at_once=True)
    doris = archived.person("doris")
    got = archived.run(sealing.download_final(archived.services, actor=doris, slug=SLUG))
    assert got.pdf == stored(archived).pdf


def test_two_processes_that_renew_at_once_add_one_time_stamp(archived: World) -> None:
    before, sealer = stored(archived), archived.services.sealer
    others = replace(archived.more_services(), sealer=sealer)

    async def both() -> None:
        renewals = [
            renew_document(services, slug=SLUG, at_once=True) for services in (archived.services, others)
        ]
        first, second = await asyncio.gather(*renewals)
        assert first.document == second.document
        await others.close()

    archived.run(both())
    assert stored(archived).pdf.startswith(before.pdf)
    assert archived.tags.count(RENEWED) == 1


@pytest.mark.parametrize("wrong", [b"", b"something else", b"+ noise"])
def test_a_result_that_does_not_hold_is_not_stored(archived: World, wrong: bytes) -> None:
    before = stored(archived)
    made = before.pdf + wrong if wrong in (b"", b"+ noise") else wrong
    with patch("server.signing.seal.seal.Sealer.renew", return_value=made), pytest.raises(SealFailed):
        renew(archived, at_once=True)
    assert stored(archived) == before
    assert RENEWED not in archived.tags


def test_a_failing_authority_changes_nothing(archived: World) -> None:
    before = stored(archived)
    archived.services = replace(archived.services, sealer=replace(archived.services.sealer, authorities=()))
    with pytest.raises(SealFailed):
        renew(archived, at_once=True)
    assert stored(archived) == before


def test_what_is_not_sealed_cannot_be_renewed(world: World) -> None:
    with pytest.raises(NotFound):
        renew(world)


def test_a_file_sealed_without_an_authority_gets_its_first_time_stamp(
    world: World, trust: TrustService
) -> None:
    world.freeze()
    world.sign_with_passkey("doris")
    world.seal()
    assert stored(world).archived_until is None
    with_authority = replace(
        world.services.sealer, authorities=(trust.authority(),), trust_roots=(trust.root(),)
    )
    world.services = replace(world.services, sealer=with_authority)
    assert renew(world)
    assert stored(world).archived_until is not None
