"""TJ operators of one stretch of text in one font and size (ISO 32000-1, 9.4.3)."""

from __future__ import annotations

from server.documents.typeset.canvas import TaggedCanvas, number
from server.documents.typeset.letters.faces import Style
from server.documents.typeset.letters.shaping import Atom, Glyph


class ShowText:
    """Gathers codes and kerning; a change of subset or a raised mark begins a new TJ."""

    def __init__(self, canvas: TaggedCanvas, style: Style, size: float) -> None:
        self.canvas = canvas
        self.style = style
        self.size = size
        self._out: list[str] = []
        self._array: list[str] = []
        self._codes: list[str] = []
        self._font = ""
        self.fonts: set[str] = set()
        """The resources that the operators name."""

    def operators(self) -> str:
        self._flush()
        return " ".join(self._out)

    def add(self, atom: Atom) -> None:
        if not atom.stands_in:
            self._glyphs(atom)
            return
        self._flush()
        actual = ("\ufeff" + atom.source).encode("utf-16-be").hex()
        self._out.append(f"/Span <</ActualText <{actual}>>> BDC")
        self._glyphs(atom)
        self._flush()
        self._out.append("EMC")

    def _glyphs(self, atom: Atom) -> None:
        for glyph in atom.glyphs:
            font, code = self.canvas.code(self.style, glyph.character)
            if font != self._font:
                self._select(font)
            if glyph.dx or glyph.dy:
                self._moved(glyph, code)
                continue
            self._codes.append(code)
            if glyph.advance != glyph.width:
                self._kern(glyph.width - glyph.advance)

    def _select(self, font: str) -> None:
        self._flush()
        self._out.append(f"{font} {number(self.size)} Tf")
        self._font = font
        self.fonts.add(font)

    def _moved(self, glyph: Glyph, code: str) -> None:
        """A mark at its place on the letter."""
        self._flush()
        back = glyph.dx + glyph.width - glyph.advance
        rise = glyph.dy * self.size / 1000
        self._out.append(f"{number(rise)} Ts [{number(-glyph.dx)} <{code}> {number(back)}] TJ 0 Ts")

    def _kern(self, amount: float) -> None:
        self._array.append(f"<{''.join(self._codes)}> {number(amount)}")
        self._codes.clear()

    def _flush(self) -> None:
        if self._codes:
            self._array.append(f"<{''.join(self._codes)}>")
            self._codes.clear()
        if self._array:
            self._out.append(f"[{' '.join(self._array)}] TJ")
            self._array.clear()
