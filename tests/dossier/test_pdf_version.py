"""One version of PDF in the header and in the catalogue, before and after the seal."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pikepdf

from server.documents.render import render_document
from server.signing.seal.seal import Sealer
from server.signing.seal.trial_certificate import create_test_key, load_key
from tests.documents import document_examples as examples

FONT = Path(__file__).parents[2] / "server" / "documents" / "fonts" / "NotoSans-Seal.ttf"


def test_the_seal_leaves_the_version_as_it_is(tmp_path: Path) -> None:
    create_test_key(tmp_path / "seal.p12", "Kraftakt", datetime.now(UTC))
    sealer = Sealer(load_key(tmp_path / "seal.p12"), FONT)
    sealed = sealer.seal(render_document(examples.small()), reason="Test", location="Lahr", lines=["Siegel"])
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        assert sealed.startswith(b"%PDF-1.7")
        assert "/Version" not in pdf.Root
