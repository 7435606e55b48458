"""The map of municipalities as a picture for programs that show no SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageDraw

from server.documents.pictures.card import INK, MUTED, PAPER, font, png_of

SCALE: Final = 2
EDGE: Final = 12
SIGNED, SIGNED_EDGE, OPEN_EDGE = "#e0f3ec", "#0f6b4c", "#6d7289"


@dataclass(frozen=True, slots=True)
class Square:
    """In the drawing's own unit; `lines`: the name as it fits."""

    x: int
    y: int
    side: int
    lines: tuple[str, ...]
    is_big: bool
    is_signed: bool


def render_map(width: int, height: int, squares: Sequence[Square], alt: str) -> bytes:
    """PNG, twice the drawing's size; `alt` lies in the file as its description."""
    image = Image.new("RGB", ((width + 2 * EDGE) * SCALE, (height + 2 * EDGE) * SCALE), PAPER)
    draw = ImageDraw.Draw(image)
    for square in squares:
        _draw(draw, square)
    return png_of(image, alt)


def _draw(draw: ImageDraw.ImageDraw, square: Square) -> None:
    left, top = (square.x + EDGE) * SCALE, (square.y + EDGE) * SCALE
    side = square.side * SCALE
    draw.rounded_rectangle(
        (left, top, left + side, top + side),
        10,
        fill=SIGNED if square.is_signed else PAPER,
        outline=SIGNED_EDGE if square.is_signed else OPEN_EDGE,
        width=6 if square.is_big else 3,
    )
    size = (22 if square.is_big else 13) * SCALE
    step = round(size * 1.2)
    at = top + side / 2 - step * (len(square.lines) - 1) / 2
    for line in square.lines:
        face = font("NotoSans-Bold.ttf", size)
        if (length := face.getlength(line)) > side - 16:
            face = font("NotoSans-Bold.ttf", int(size * (side - 16) / length))
        draw.text(
            (left + side / 2, at), line, font=face, fill=INK if square.is_signed else MUTED, anchor="mm"
        )
        at += step
