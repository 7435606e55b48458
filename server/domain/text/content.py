"""A declaration's text as blocks: the one shape that page, sign-off, PDF and verification share.

`Content` is what a revision fixes. Its canonical form is

    {"format": "kraftakt-content/1",
     "blocks": [{"kind": "clause", "level": 1, "number": "4.",
                 "runs": [{"text": "Wir …", "marks": {"strong": true}}]}]}

Marks are `strong` and `em` (true) and `link` (the address). A hard break is U+2028 inside a run's text.
`number` stands on clauses only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, cast, get_args

from server.domain.canonical import canonical_bytes, digest

FORMAT: Final = "kraftakt-content/1"
HARD_BREAK: Final = "\u2028"
OBJECT: Final = "\ufffc"
"""Stands for something that is no letter."""
UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffc\ufffe\uffff]"
)
"""Letters that nobody sees and no document can show: control characters, what turns the direction of the
words after it, what stands for an object. Copied words bring them along. The browser's side is
`client/src/editor/text/unseen.ts`."""

BlockKind = Literal["paragraph", "heading", "clause", "bullet", "quote"]
BLOCK_KINDS: Final[frozenset[str]] = frozenset(get_args(BlockKind))
LEVELS: Final[Mapping[str, range]] = {
    "paragraph": range(1),
    "heading": range(1, 4),
    "clause": range(1, 4),
    "bullet": range(1, 4),
    "quote": range(1),
}
LINK_SCHEMES: Final = ("https://", "http://", "mailto:")


@dataclass(frozen=True, slots=True)
class Run:
    """Text with the same marks throughout."""

    text: str
    strong: bool = False
    em: bool = False
    link: str | None = None

    def to_json(self) -> dict[str, object]:
        marks: dict[str, object] = {}
        if self.em:
            marks["em"] = True
        if self.link is not None:
            marks["link"] = self.link
        if self.strong:
            marks["strong"] = True
        return {"text": self.text, "marks": marks}


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, clause, bullet or quotation. `number` is the printed label of a clause."""

    kind: BlockKind
    level: int
    runs: tuple[Run, ...]
    number: str | None = None

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    def to_json(self) -> dict[str, object]:
        block: dict[str, object] = {
            "kind": self.kind,
            "level": self.level,
            "runs": [run.to_json() for run in self.runs],
        }
        if self.number is not None:
            block["number"] = self.number
        return block


@dataclass(frozen=True, slots=True)
class Content:
    """The whole text in reading order."""

    blocks: tuple[Block, ...]

    @property
    def title(self) -> str:
        """The first heading of level 1, or the first text there is."""
        for block in self.blocks:
            if block.kind == "heading" and block.level == 1 and block.text.strip():
                return plain(block.text)
        return next((plain(block.text) for block in self.blocks if block.text.strip()), "")

    def canonical(self) -> bytes:
        """The bytes whose digest is signed."""
        return canonical_bytes({"format": FORMAT, "blocks": [block.to_json() for block in self.blocks]})

    @property
    def digest(self) -> str:
        return digest(self.canonical())

    @property
    def plain_text(self) -> str:
        """One line a block, clause numbers and bullets written out."""
        return "".join(f"{label(block)}{plain(block.text)}\n" for block in self.blocks)


def plain(text: str) -> str:
    return text.replace(HARD_BREAK, "\n").strip()


def label(block: Block) -> str:
    """What stands before the text of a clause or bullet in plain text."""
    if block.kind == "clause":
        return f"{block.number} "
    return "– " if block.kind == "bullet" else ""


def parse_content(canonical: bytes) -> Content:
    """The inverse of `Content.canonical`. Raises ValueError for anything but JSON of this shape; that the
    bytes are the canonical ones is not checked.
    """
    data = json.loads(canonical)
    if not isinstance(data, dict) or data.get("format") != FORMAT or set(data) != {"format", "blocks"}:
        raise ValueError("not a text in the format " + FORMAT)
    blocks = data["blocks"]
    if not isinstance(blocks, list):
        raise ValueError("blocks is no list")
    return Content(tuple(_block(block) for block in blocks))


def read_content(data: bytes) -> Content:
    """The text whose canonical form these bytes are, with links to the schemes that links may have: for
    judging what was signed. Raises ValueError."""
    content = parse_content(data)
    links = [run.link.lower() for block in content.blocks for run in block.runs if run.link is not None]
    if content.canonical() != data or not all(link.startswith(LINK_SCHEMES) for link in links):
        raise ValueError("not a text in its canonical form")
    return content


def _block(data: object) -> Block:
    if not isinstance(data, dict) or set(data) - {"kind", "level", "runs", "number"}:
        raise ValueError("malformed block")
    kind, level, runs, number = (data.get(key) for key in ("kind", "level", "runs", "number"))
    if not isinstance(kind, str) or kind not in BLOCK_KINDS:
        raise ValueError("unknown kind of block")
    if not isinstance(level, int) or isinstance(level, bool) or level not in LEVELS[kind]:
        raise ValueError("level out of range")
    if not isinstance(runs, list) or (number is not None) != (kind == "clause"):
        raise ValueError("malformed block")
    if number is not None and not isinstance(number, str):
        raise ValueError("malformed number")
    return Block(cast("BlockKind", kind), level, tuple(_run(run) for run in runs), number)


def _run(data: object) -> Run:
    if not isinstance(data, dict) or set(data) != {"text", "marks"} or not isinstance(data["text"], str):
        raise ValueError("malformed run")
    marks = data["marks"]
    if not isinstance(marks, dict) or set(marks) - {"strong", "em", "link"}:
        raise ValueError("unknown mark")
    if any(marks.get(name, True) is not True for name in ("strong", "em")):
        raise ValueError("malformed mark")
    link = marks.get("link")
    if link is not None and not isinstance(link, str):
        raise ValueError("malformed link")
    return Run(data["text"], "strong" in marks, "em" in marks, link)
