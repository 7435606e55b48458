"""Lines of glyphs as operators, under marked content that gives back the text letter by letter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from server.documents.tagging.tree import Element, LinkArea
from server.documents.typeset.canvas import TaggedCanvas, fill, number
from server.documents.typeset.divided_words import DividedWord, divided_words
from server.documents.typeset.letters.characters import BREAKING_SPACES, SOFT_HYPHEN
from server.documents.typeset.letters.shaping import Atom, shape_word
from server.documents.typeset.line_breaking import HYPHEN, Line
from server.documents.typeset.paragraph import Paragraph, Span
from server.documents.typeset.show_text import ShowText

_UNDERLINE = 0.5


class TextPainter:
    """Paints one paragraph. Every address becomes one Link element, however many lines it takes."""

    def __init__(
        self, canvas: TaggedCanvas, paragraph: Paragraph, element: Element | None, links: dict[int, Element]
    ) -> None:
        self.canvas = canvas
        self.paragraph = paragraph
        self.element = element
        self.links = links
        self._underlines: list[tuple[float, float, float, Span]] = []
        self._open: Element | None = None
        self._words: dict[int, DividedWord] = {}

    def paint(self, lines: Sequence[Line], x: float, baseline: float, leading: float) -> None:
        if self.element is None:
            self.canvas.write("/Artifact <</Type /Pagination>> BDC")
        else:
            self._words = divided_words(self.paragraph, lines)
        for line in lines:
            self._line(line, x, baseline)
            baseline -= leading
        if self.element is None or self._open is not None:
            self.canvas.end()
        self._underline()

    def _line(self, line: Line, x: float, baseline: float) -> None:
        indices = range(line.begin, line.end)
        for _, group in groupby(indices, key=lambda i: (id(self.paragraph.spans[i]), self._words.get(i))):
            part = list(group)
            left = x + self.paragraph.reach[part[0]] - self.paragraph.reach[line.begin]
            hyphen = line.hyphen and part[-1] == line.end - 1
            self._part(part, left, baseline, hyphen=hyphen)
        if line.begin == line.end and self.element is not None:
            self._enter(self.element)

    def _part(self, part: Sequence[int], left: float, baseline: float, *, hyphen: bool) -> None:
        span = self.paragraph.spans[part[0]]
        if self.element is not None:
            self._enter(self._target(self.element, span))
        word = self._words.get(part[0])
        if word is not None and part[0] == word.begin:
            actual = ("\ufeff" + word.text).encode("utf-16-be").hex()
            self.canvas.write(f"/Span <</ActualText <{actual}>>> BDC")
        show = ShowText(self.canvas, span.style, span.size)
        for atom in self._atoms(part, span, hyphen=hyphen):
            show.add(atom)
        head = f"BT {fill(span.colour)} 1 0 0 1 {number(left)} {number(baseline)} Tm"
        self.canvas.write(f"{head} {show.operators()} ET")
        if word is not None and part[-1] == word.end - 1:
            self.canvas.end()
        if span.link and self.element is not None:
            self._link(part, span, left, baseline)

    def _link(self, part: Sequence[int], span: Span, left: float, baseline: float) -> None:
        """One rectangle for each line: a part that goes on where the last one ended is joined to it."""
        end = len(part)
        while end > 1 and self.paragraph.atoms[part[end - 1]].source in BREAKING_SPACES:
            end -= 1
        right = left + self.paragraph.reach[part[end - 1] + 1] - self.paragraph.reach[part[0]]
        if self._underlines and self._underlines[-1][2:] == (baseline, span):
            left = self._underlines.pop()[0]
        self._underlines.append((left, right, baseline, span))

    def _atoms(self, part: Sequence[int], span: Span, *, hyphen: bool) -> Iterator[Atom]:
        """Without soft hyphens, which only say where a word may be divided. What stands in a divided word is
        said by the word's ActualText."""
        whole = part[0] in self._words
        for i in part:
            atom = self.paragraph.atoms[i]
            if atom.source != SOFT_HYPHEN:
                yield atom._replace(stands_in=False) if whole else atom
        if hyphen:
            [drawn] = shape_word(span.style, HYPHEN)
            yield drawn

    def _target(self, element: Element, span: Span) -> Element:
        if not span.link:
            return element
        if id(span) not in self.links:
            self.links[id(span)] = element.add("Link")
        return self.links[id(span)]

    def _enter(self, element: Element) -> None:
        if self._open is element:
            return
        if self._open is not None:
            self.canvas.end()
        self.canvas.begin(element)
        self._open = element

    def _underline(self) -> None:
        for left, right, baseline, span in self._underlines:
            with self.canvas.artifact():
                self.canvas.rule(left, baseline - 2, right - left, _UNDERLINE, span.colour)
            box = (left, baseline - 0.3 * span.size, right, baseline + 0.9 * span.size)
            area = LinkArea(self.canvas.page_index, box, span.link, self.links[id(span)])
            self.canvas.links.append(area)
