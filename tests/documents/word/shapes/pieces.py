"""What a paragraph is made of, whichever office writes it."""

from __future__ import annotations

from dataclasses import dataclass, field

ROSE, THYME, SAGE = "Rosa Rose", "Tim Thymian", "Salbei, Büro der OB"


@dataclass(frozen=True)
class T:
    """Letters. `by`: who put them in; `out`: who strikes them; `move`: the name of a move; `look`: b, i."""

    text: str
    by: str = ""
    out: str = ""
    move: str = ""
    look: str = ""
    link: str = ""
    reformatted: str = ""


@dataclass(frozen=True)
class Sign:
    """A comment begins or ends here."""

    number: int
    ends: bool = False


@dataclass(frozen=True)
class Raw:
    """XML as it stands, within the paragraph."""

    xml: str


@dataclass(frozen=True)
class P:
    """`kind`: p, h1, h2, h3, title, quote, c1, c2, b1, b2. `by`, `out`, `move`: of the paragraph's end;
    `was`: its kind before somebody (`changed_by`) changed it."""

    kind: str
    pieces: tuple[T | Sign | Raw, ...]
    by: str = ""
    out: str = ""
    move: str = ""
    was: str = ""
    changed_by: str = ROSE


@dataclass(frozen=True)
class C:
    """A comment; `parent`: the number of the one it answers."""

    number: int
    author: str
    words: str
    parent: int | None = None
    done: bool = False


@dataclass(frozen=True)
class Shape:
    """`body`: paragraphs, or XML as it stands."""

    body: tuple[P | str, ...]
    comments: tuple[C, ...] = ()
    parts: dict[str, str] = field(default_factory=dict)
    """Further parts by kind: footnotes, header."""


def p(kind: str, *pieces: T | Sign | Raw | str, **rest: str) -> P:
    return P(kind, tuple(T(piece) if isinstance(piece, str) else piece for piece in pieces), **rest)
