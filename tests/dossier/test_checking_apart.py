"""The check of an upload runs in a process of its own: what a file does there harms nobody else."""

from __future__ import annotations

import asyncio
import resource
from io import BytesIO

import pytest

from server.domain.errors import Busy
from server.domain.release.verification import Outcome, VerificationReport
from server.dossier.apart.checks_apart import ChecksApart, Limits, Unfinished
from server.dossier.check.document import verify_document
from tests.dossier.hostile_files import named_form_of_many_ways, packed_objects
from tests.waiting import HANG
from tests.world import World

LIMITS = Limits(seconds=HANG)
HOSTILE = named_form_of_many_ways()


def check(world: World, pdf: bytes, limits: Limits = LIMITS) -> VerificationReport:
    services = world.services
    return world.run(ChecksApart(limits).verify(pdf, services.sealer.roots, services.relying_party))


def outcomes(report: VerificationReport) -> list[tuple[str, str]]:
    return [(finding.check, finding.outcome.value) for finding in report.findings]


def test_the_report_is_the_same_as_here(world: World) -> None:
    world.freeze()
    world.sign_with_passkey("doris")
    pdf = world.seal().pdf
    services = world.services
    there = check(world, pdf)
    assert there.holds
    assert there == verify_document(pdf, services.sealer.roots, services.relying_party)
    assert [line.signatory for line in there.sign_offs] == ["Doris"]


def test_a_check_that_takes_too_long_is_ended(world: World) -> None:
    report = check(world, HOSTILE, Limits(seconds=0.05))
    assert outcomes(report) == [("file.unfinished", Outcome.MISSING)]
    assert "took too long" in report.findings[0].detail


def test_a_child_without_memory_ends_as_a_finding(world: World) -> None:
    report = check(world, HOSTILE + bytes(30_000_000), Limits(megabytes=1, seconds=HANG))
    assert outcomes(report) == [("file.unfinished", Outcome.MISSING)]


def test_what_unpacks_to_gigabytes_is_a_finding(world: World) -> None:
    bomb = packed_objects(bytes(40 * 1024 * 1024))
    report = check(world, bomb, Limits(megabytes=400, seconds=HANG))
    assert not report.holds


@pytest.mark.parametrize(
    ("pdf", "code"),
    [(b"", "file.empty"), (b"\n\n", "file.not_pdf"), (HOSTILE, "document.attachments")],
)
def test_what_is_no_final_document_is_a_finding(world: World, pdf: bytes, code: str) -> None:
    assert (code, "broken") in outcomes(check(world, pdf))


def test_no_more_than_the_places_and_the_queue_hold_are_let_in(world: World) -> None:
    checks = ChecksApart(Limits(at_once=1, waiting=1, seconds=HANG))
    services = world.services

    async def three() -> list[VerificationReport | BaseException]:
        asked = [checks.verify(HOSTILE, services.sealer.roots, services.relying_party) for _ in range(3)]
        return await asyncio.gather(*asked, return_exceptions=True)

    answers = world.run(three())
    assert [isinstance(answer, Busy) for answer in answers] == [False, False, True]


def test_who_goes_away_leaves_no_process_and_no_taken_place(world: World) -> None:
    checks = ChecksApart(Limits(at_once=1, waiting=0, seconds=HANG))
    services = world.services

    async def give_up() -> VerificationReport:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await checks.verify(HOSTILE, services.sealer.roots, services.relying_party)
        return await checks.verify(HOSTILE, services.sealer.roots, services.relying_party)

    assert ("document.attachments", "broken") in outcomes(world.run(give_up()))


def test_a_child_that_works_without_end_is_ended_by_its_processor_time() -> None:
    """Two seconds for a small file, however busy the machine is."""
    before = cpu_of_children()
    asking = ChecksApart()._answer("tests.dossier.endless_child", b"", BytesIO())
    with pytest.raises(Unfinished, match="it took too long"):
        asyncio.run(asking)
    assert 2 < cpu_of_children() - before < 6


def test_the_child_starts_with_little_work(world: World) -> None:
    before = cpu_of_children()
    check(world, b"%PDF-1.7\n")
    assert 0 < cpu_of_children() - before < 5  # seconds; about 0.7


def cpu_of_children() -> float:
    """Seconds of the processor that ended child processes have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
