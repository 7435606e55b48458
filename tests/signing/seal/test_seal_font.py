"""The letters of the visible seal: all of them, in their places, and readable for programs."""

import io
import shutil
import subprocess
import sys

import pikepdf
import pytest
from pyhanko.pdf_utils.writer import PdfFileWriter

from server.signing.seal.seal_font import SealFont
from tests.signing.base_pdf import base_pdf
from tests.signing.seals import FONT, local_sealer, seal, violations

# marks that stand over and under their letters, a letter that only exists as a pair, and a ligature
LINES = ("Straße der Würdenträger, № 5 – „Ő“", "M̂, ẞ, k̲, d̂, Łódź, ffi")


@pytest.fixture(scope="module")
def sealed(tmp_path_factory):
    return seal(local_sealer(tmp_path_factory.mktemp("key")), lines=LINES)


def appearance(pdf):
    return next(field for field in pdf.Root.AcroForm.Fields if field.T == "Siegel").AP.N


def test_what_is_seen_is_what_a_program_reads(sealed):
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        said = [
            str(properties.operands[1].ActualText)
            for properties in pikepdf.parse_content_stream(appearance(pdf))
            if str(properties.operator) == "BDC"
        ]
    assert said == list(LINES)


def test_every_glyph_shown_has_its_outline_its_width_and_its_letter(sealed):
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        look = appearance(pdf)
        (font,) = [look.Resources.Font[name] for name in look.Resources.Font.keys()]  # noqa: SIM118
        shown = set()
        for step in pikepdf.parse_content_stream(look):
            if str(step.operator) == "TJ":
                parts = [bytes(part) for part in step.operands[0] if isinstance(part, pikepdf.String)]
                shown |= {int.from_bytes(part) for part in parts}
        widths = set(list(font.DescendantFonts[0].W)[::2])
        table = font.ToUnicode.read_bytes()
    assert 0 not in shown
    assert shown <= widths
    assert all(b"<%04x>" % glyph in table for glyph in shown)


def test_the_seal_keeps_pdf_a_and_pdf_ua(sealed):
    assert violations(sealed, "3a") == violations(sealed, "ua1") == []


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
def test_poppler_reads_the_lines(sealed, tmp_path):
    (tmp_path / "a.pdf").write_bytes(sealed)
    done = subprocess.run(["pdftotext", tmp_path / "a.pdf", "-"], capture_output=True, text=True, check=True)
    assert LINES[0] in done.stdout


def test_the_pen_ends_behind_the_line():
    font = SealFont(PdfFileWriter(), FONT.read_bytes(), 10)
    line = font.shape("Offenburg")
    assert line.graphics_ops.endswith(b"%g 0 Td EMC" % (line.x_advance * 10))
    assert 4 < line.x_advance < 6
    assert font.shape("").graphics_ops == b""


@pytest.mark.parametrize("data", [b"", b"no font", base_pdf()])
def test_what_is_no_font_is_refused(data):
    with pytest.raises(ValueError, match="font"):
        SealFont(PdfFileWriter(), data, 10)


def test_sealing_does_without_the_large_font_library():
    program = "import sys, server.signing.seal.seal; sys.exit('fontTools' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
