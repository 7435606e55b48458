"""A sealer with a test certificate, and sealed files to look at or to damage."""

import io
from datetime import UTC, datetime
from pathlib import Path

from server.domain.verification import Outcome
from server.signing.pdf_writer import MetadataKeepingWriter
from server.signing.seal import Sealer
from server.signing.test_certificate import create_test_key, load_key
from server.signing.verification import check_seal

from .base_pdf import base_pdf

FONT = Path("/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf")
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


def update(pdf, change):
    """An incremental update after the seal."""
    writer = MetadataKeepingWriter(io.BytesIO(pdf))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
