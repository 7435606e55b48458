"""The picture that other sites show beside a link: 1200 × 630 pixels, as PNG."""

from __future__ import annotations

import io
from functools import lru_cache
from importlib.resources import files
from typing import Final

from PIL import Image, ImageDraw, ImageFont, PngImagePlugin

WIDTH, HEIGHT = 1200, 630
MARGIN: Final = 80
NAVY, INK, MUTED, PAPER = "#17456b", "#171a2b", "#565b75", "#ffffff"
_SIZES: Final = (68, 60, 52, 44, 38)
_LINES: Final = 4


def render_card(title: str, line: str, foot: str) -> bytes:
    """`line`: how many stand behind it; `foot`: who gives it, where. A title that is too long for four lines
    ends with an ellipsis."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 24, HEIGHT), fill=NAVY)
    draw.rectangle((MARGIN, 84, MARGIN + 96, 94), fill=NAVY)
    size, lines = fit(title, WIDTH - 2 * MARGIN)
    at = 124
    for each in lines:
        draw.text((MARGIN, at), each, font=font("NotoSerif-Bold.ttf", size), fill=NAVY)
        at += round(size * 1.3)
    draw.text((MARGIN, HEIGHT - 168), line, font=font("NotoSans-Bold.ttf", 38), fill=INK)
    draw.text((MARGIN, HEIGHT - 104), foot, font=font("NotoSans-Regular.ttf", 28), fill=MUTED)
    return png_of(image)


def fit(title: str, width: float) -> tuple[int, list[str]]:
    """The largest size in which it takes at most four lines."""
    for size in _SIZES:
        lines = broken(title, font("NotoSerif-Bold.ttf", size), width)
        if len(lines) <= _LINES:
            return size, lines
    lines = broken(title, font("NotoSerif-Bold.ttf", _SIZES[-1]), width)[:_LINES]
    return _SIZES[-1], [*lines[:-1], f"{lines[-1]} …"]


def broken(text: str, face: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """At spaces; a word that is wider than the line stands alone."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and face.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@lru_cache(32)
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    data = files("server.documents") / "fonts" / name
    return ImageFont.truetype(io.BytesIO(data.read_bytes()), size)


def png_of(image: Image.Image, alt: str = "") -> bytes:
    """`alt` lies in the file as its description."""
    about = PngImagePlugin.PngInfo()
    if alt:
        about.add_itxt("Description", alt, "de")
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True, pnginfo=about)
    return out.getvalue()
