"""Nothing that somebody with the key shows instead of the signed text is proven."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
from pikepdf import ObjectStreamMode
from pikepdf.settings import set_flate_compression_level

from server.documents.parts.seal_box import seal_lines
from server.domain.release.verification import Outcome, VerificationReport
from server.dossier.check.document import verify_document
from tests.browser_check.copies import with_signed_copies
from tests.browser_check.sealed_files import Unsealed, an_annex, archived, with_a_passkey_and_a_code
from tests.dossier.forged_pages import (
    PAINTED,
    PRINTED,
    SAID,
    Forgery,
    forge,
    nothing,
    without_imprint,
)

PAGES = ("document.pages", "document.text", "document.signatories")


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Unsealed:
    return with_a_passkey_and_a_code(tmp_path_factory.mktemp("honest") / "world")


def report_on(file: Unsealed, pdf: bytes) -> VerificationReport:
    return verify_document(pdf, file.sealer.roots)


def outcomes(report: VerificationReport) -> dict[str, Outcome]:
    return {f.check: f.outcome for f in report.findings if f.check in PAGES}


def pages(report: VerificationReport) -> tuple[Outcome, str]:
    found = next(finding for finding in report.findings if finding.check == "document.pages")
    return found.outcome, found.detail


def test_an_honest_document_is_proven_byte_for_byte(honest: Unsealed) -> None:
    report = report_on(honest, honest.seal())
    assert report.holds
    assert set(outcomes(report).values()) == {Outcome.PROVEN}
    assert "byte for byte" in pages(report)[1]


def test_one_whose_streams_another_library_packed_is_proven_object_by_object(honest: Unsealed) -> None:
    """As another build of zlib would: the same contents in other bytes."""
    out = io.BytesIO()
    set_flate_compression_level(1)
    try:
        with pikepdf.open(io.BytesIO(honest.pdf)) as pdf:
            pdf.save(
                out,
                min_version="1.7",
                deterministic_id=True,
                fix_metadata_version=False,
                object_stream_mode=ObjectStreamMode.generate,
                recompress_flate=True,
            )
    finally:
        set_flate_compression_level(-1)
    assert len(out.getvalue()) > len(honest.pdf) + 1_000
    report = report_on(honest, replace(honest, pdf=out.getvalue()).seal())
    assert report.holds
    assert pages(report)[0] is Outcome.PROVEN
    assert "object by object" in pages(report)[1]


def test_an_honest_annex_is_proven(tmp_path: Path) -> None:
    annex = an_annex(tmp_path / "annex")
    report = report_on(annex, annex.seal())
    assert report.holds
    assert pages(report)[0] is Outcome.PROVEN


def test_an_honest_document_with_copies_is_proven(tmp_path: Path) -> None:
    file = with_signed_copies(tmp_path / "copies").file
    report = report_on(file, file.seal())
    assert report.holds
    assert pages(report)[0] is Outcome.PROVEN


def test_an_archived_and_renewed_document_is_proven(tmp_path: Path) -> None:
    with archived(tmp_path / "archived") as (sealer, file):
        sealed = file.seal()
        renewed = sealer.renew(sealer.renew(sealed))
    for pdf in (sealed, renewed):
        assert pages(report_on(file, pdf))[0] is Outcome.PROVEN


@pytest.mark.parametrize("name", [*PAINTED, *PRINTED, *SAID])
def test_a_forgery_with_the_key_is_refused(honest: Unsealed, name: str) -> None:
    report = report_on(honest, forge(honest, {**PAINTED, **PRINTED, **SAID}[name]))
    assert not report.holds
    assert pages(report)[0] is Outcome.BROKEN
    assert Outcome.PROVEN not in outcomes(report).values()


def test_what_the_forger_only_saves_anew_is_proven(honest: Unsealed) -> None:
    """So it is the changes that are refused, not the saving."""
    assert pages(report_on(honest, forge(honest, nothing)))[0] is Outcome.PROVEN


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("Elektronisch gesichert", "Land Baden-Württemberg", "01.01.2026, 9:00 Uhr"),
        ("Gesichert von Offenburg",),
    ],
)
def test_other_words_in_the_picture_of_the_seal_are_refused(honest: Unsealed, lines: tuple[str, ...]) -> None:
    assert pages(report_on(honest, honest.seal(lines)))[0] is Outcome.BROKEN


@pytest.mark.parametrize(
    "change",
    [{"reason": "Entwurf"}, {"location": "Stuttgart"}, {"at": datetime.now(UTC) - timedelta(days=400)}],
)
def test_other_words_of_the_seal_are_refused(honest: Unsealed, change: dict[str, object]) -> None:
    at = datetime.now(UTC)
    words = seal_lines(honest.sealer.subject, at, is_test=True)
    said = {"reason": "Erklärung, Fassung 1", "location": "Städte und Gemeinden", "at": at, **change}
    pdf = honest.sealer.seal(honest.pdf, lines=words, **said)  # type: ignore[arg-type]
    assert pages(report_on(honest, pdf))[0] is Outcome.BROKEN


def _without(change: Forgery) -> Forgery:
    def both(pdf: object) -> None:
        change(pdf)  # type: ignore[arg-type]
        without_imprint(pdf)  # type: ignore[arg-type]

    return both


def test_a_file_without_its_imprint_is_read_and_never_proven(honest: Unsealed) -> None:
    report = report_on(honest, forge(honest, without_imprint))
    assert report.holds
    assert set(outcomes(report).values()) == {Outcome.LIMITED}


def test_a_file_of_another_version_is_read_and_the_report_says_which(honest: Unsealed) -> None:
    imprint = re.sub(rb'"renderer":\d+', b'"renderer":9', honest.attachment("dokument.json"))
    report = report_on(honest, honest.forge({"dokument.json": imprint}))
    assert pages(report)[0] is Outcome.LIMITED
    assert pages(report)[1].startswith("Version 9 of the renderer")


@pytest.mark.parametrize("name", [*PAINTED, *PRINTED])
def test_without_its_imprint_a_forgery_is_found_by_reading(honest: Unsealed, name: str) -> None:
    report = report_on(honest, forge(honest, _without({**PAINTED, **PRINTED}[name])))
    assert not report.holds
