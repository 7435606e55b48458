"""A text as a file holds it: blocks with its tracked changes, what was remarked, and what we could not take.

Tracked changes are the marks of the live text (`ins:ID`, `del:ID`, on a block's end `kind:ID` too). Their
values name whom the file names, as person 0: "0|name|seconds". Nobody attests that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final

from server.domain.text.live_text import LiveBlock, LiveRun
from server.domain.text.update_log import SERVICE

MAX_NAME: Final = 120
"""Characters of an author's name that are kept."""
MAX_REMARK: Final = 4_000
"""Characters of one comment, as many as are written here."""
MAX_WORDS: Final = 80
"""Characters by which something that was lost is found again."""


class LossKind(StrEnum):
    """What a text of ours cannot hold."""

    TABLE = "table"
    PICTURE = "picture"
    TEXT_BOX = "text_box"
    FOOTNOTE = "footnote"
    HEADER = "header"
    FORMULA = "formula"
    CONTENTS = "contents"
    FORMAT_CHANGE = "format_change"
    HEADING_NUMBER = "heading_number"
    LINK = "link"
    SYMBOL = "symbol"
    REMARK = "remark"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Loss:
    """`words`: how it begins, or what stands before it; may be empty."""

    kind: LossKind
    words: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """`at`: seconds since 1970, 0 where the file does not say."""

    author: str
    at: int
    words: str


@dataclass(frozen=True, slots=True)
class Remark:
    """On the letters with the mark `comment:MARK`."""

    mark: str
    author: str
    at: int
    words: str
    replies: tuple[Reply, ...] = ()
    resolved: bool = False


@dataclass(frozen=True, slots=True)
class Manuscript:
    blocks: tuple[LiveBlock, ...]
    remarks: tuple[Remark, ...] = ()
    losses: tuple[Loss, ...] = ()

    def to_json(self) -> dict[str, object]:
        return {
            "blocks": [block.to_json() for block in self.blocks],
            "remarks": [asdict(remark) for remark in self.remarks],
            "losses": [asdict(loss) for loss in self.losses],
        }


def parse_manuscript(data: Mapping[str, Any]) -> Manuscript:
    """Of what `to_json` made. Any: JSON that our own child wrote, or that we stored."""
    return Manuscript(
        tuple(_block(block) for block in data["blocks"]),
        tuple(_remark(remark) for remark in data["remarks"]),
        tuple(Loss(LossKind(loss["kind"]), loss["words"]) for loss in data["losses"]),
    )


def _block(data: Mapping[str, Any]) -> LiveBlock:
    runs = tuple(LiveRun(run["t"], run["m"]) for run in data["runs"])
    return LiveBlock(data["kind"], data["level"], runs, data["sug"])


def _remark(data: Mapping[str, Any]) -> Remark:
    replies = tuple(Reply(**reply) for reply in data["replies"])
    return Remark(**{**data, "replies": replies})


def by_file(name: str, at: int) -> str:
    """The value of a tracked change. `name` as the file says it; `at`: seconds since 1970, 0 for unknown."""
    return f"{SERVICE}|{clean_name(name)}|{max(at, 0)}"


def clean_name(name: str) -> str:
    return " ".join(name.replace("|", " ").split())[:MAX_NAME]


def author_of(value: object) -> tuple[str, int]:
    """Name and seconds out of `by_file`; of a proposed kind ("kind:level|…") too."""
    parts = str(value).split("|")
    name, at = (parts[-2], parts[-1]) if len(parts) >= 3 else ("", "0")
    return name, int(at) if at.isdecimal() else 0


def first_words(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= MAX_WORDS else words[: MAX_WORDS - 1] + "…"


def count_losses(losses: Sequence[Loss]) -> dict[LossKind, list[str]]:
    """By kind, each with its words in the order of the file."""
    counted: dict[LossKind, list[str]] = {}
    for loss in losses:
        counted.setdefault(loss.kind, []).append(loss.words)
    return counted
