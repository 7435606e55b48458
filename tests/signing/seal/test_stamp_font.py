"""The letters of the visible seal: all of them, in their places, and readable for programs."""

import io
import re
import shutil
import struct
import subprocess

import pikepdf
import pytest
from fontTools.ttLib import TTFont, TTLibError

from server.signing.seal.stamp import ensure_font
from tests.signing.base_pdf import base_pdf
from tests.signing.seals import local_sealer, seal, violations

# marks that stand over and under their letters, a letter that only exists as a pair, and a ligature
LINES = ("Straße der Würdenträger, № 5 – „Ő“", "M̂, ẞ, k̲, d̂, Łódź, ffi")


@pytest.fixture(scope="module")
def sealed(tmp_path_factory):
    return seal(local_sealer(tmp_path_factory.mktemp("key")), lines=LINES)


def appearance(pdf):
    return next(field for field in pdf.Root.AcroForm.Fields if field.T == "Siegel").AP.N


def glyphs_shown(look):
    """Codes of two bytes, in strings or in arrays of strings and distances."""
    for step in pikepdf.parse_content_stream(look):
        if str(step.operator) in ("Tj", "TJ"):
            (operand,) = step.operands
            texts = operand if isinstance(operand, pikepdf.Array) else [operand]
            codes = b"".join(bytes(text) for text in texts if isinstance(text, pikepdf.String))
            yield from struct.unpack(f">{len(codes) // 2}H", codes)


def lettered(cmap):
    """Codes that a ToUnicode CMap gives letters, one by one or in ranges (ISO 32000-1, 9.10.3)."""
    for line in re.findall(r"^<.*>.*$", cmap, re.MULTILINE):
        first, second = re.match(r"<(\w+)> <(\w+)>", line).groups()
        yield from range(int(first, 16), (int(second, 16) if "[" in line else int(first, 16)) + 1)


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
        shown = set(glyphs_shown(look))
        starts = iter(font.DescendantFonts[0].W)
        widths = {
            first + i for first, several in zip(starts, starts, strict=True) for i in range(len(several))
        }
        letters = set(lettered(font.ToUnicode.read_bytes().decode()))
        embedded = TTFont(io.BytesIO(font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()))
        outlines = {embedded.getGlyphID(name) for name in embedded.getGlyphOrder()}
    assert len(shown) > 20
    assert 0 not in shown
    assert shown <= widths
    assert shown <= letters
    assert shown <= outlines


def test_the_seal_keeps_pdf_a_and_pdf_ua(sealed):
    assert violations(sealed, "3a") == violations(sealed, "ua1") == []


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
def test_poppler_reads_the_lines(sealed, tmp_path):
    (tmp_path / "a.pdf").write_bytes(sealed)
    done = subprocess.run(["pdftotext", tmp_path / "a.pdf", "-"], capture_output=True, text=True, check=True)
    assert LINES[0] in done.stdout


@pytest.mark.parametrize("data", [b"", b"no font", base_pdf()])
def test_what_is_no_font_is_refused(data, tmp_path):
    (tmp_path / "font.ttf").write_bytes(data)
    with pytest.raises(TTLibError):
        ensure_font(tmp_path / "font.ttf")
