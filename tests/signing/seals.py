"""A sealer with a test certificate, and sealed files to look at or to damage."""

import io
from datetime import UTC, datetime
from pathlib import Path

import page
import pikepdf

from server.domain.release.verification import Outcome
from server.signing.seal.check.verification import check_seal
from server.signing.seal.pdf_writer import MetadataKeepingWriter
from server.signing.seal.seal import Sealer
from server.signing.seal.trial_certificate import create_test_key, load_key
from tests.documents import stream_lengths

from .base_pdf import base_pdf

FONT = Path(__file__).parents[2] / "server" / "documents" / "fonts" / "NotoSans-Seal.ttf"
ISSUER = "Regionalbüro Ortenau"
LINES = ("TEST – elektronisch gesichert", "Regionalbüro Ortenau, 100 %")


def local_key(folder):
    create_test_key(folder / "seal.p12", ISSUER, datetime.now(UTC))
    return load_key(folder / "seal.p12")


def seal(sealer, pdf=None, lines=LINES):
    return sealer.seal(pdf or base_pdf(), reason="Gesichert", location="Offenburg", lines=lines)


def local_sealer(folder):
    return Sealer(local_key(folder), FONT)


def found(pdf, **settings):
    """The outcome of each check."""
    return {finding.check: finding.outcome for finding in check_seal(pdf, **settings)}


def broken(pdf, **settings):
    return {check for check, outcome in found(pdf, **settings).items() if outcome is Outcome.BROKEN}


def violations(pdf, profile):
    """What the validator finds, without what it is known to misjudge: the length of a stream that happens to
    end in a CR and, in objects that sealing added, the stamp font's ToUnicode and the byte range of a seal
    that a time stamp follows."""
    failures = page.validate_pdf_bytes(pdf, profile=profile).failures
    return [f"{f.rule_id} {f.message}" for f in failures if not _is_false_alarm(pdf, f)]


def _is_false_alarm(pdf, failure):
    if stream_lengths.is_false_alarm(pdf, failure):
        return True
    if failure.object_id is None:
        return False
    with pikepdf.open(io.BytesIO(pdf)) as opened, pikepdf.open(io.BytesIO(base_pdf())) as base:
        number = failure.object_id.object_number
        was_there = number < len(base.objects)
        culprit = opened.get_object(number, 0)
        is_font = failure.rule_id.endswith("UNICODE-MAPPING-001") and "/ToUnicode" in culprit
        is_seal = failure.rule_id.endswith("SIGNATURE-BYTERANGE-001") and culprit.Type == "/Sig"
        return not was_there and (is_font or is_seal)


def update(pdf, change):
    """An incremental update after the seal."""
    writer = MetadataKeepingWriter(io.BytesIO(pdf))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
