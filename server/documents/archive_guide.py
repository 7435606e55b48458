"""The attachment `LIESMICH.txt`: how an archivist checks the document by hand, in German.

Its commands stand between lines of `~~~` and run as they are in a POSIX shell, one after another, in a
folder that holds the document as `dokument.pdf` (and, for the time stamp, a root as `wurzel.pem`).
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from typing import Final

_PLAIN_TEXT_LINE: Final = "  erklaerung.txt       derselbe Wortlaut zum Lesen\n"
_ANNEX_LINE: Final = "  beitritt.json        welcher ausgefertigten Erklärung wer beigetreten ist\n"
_COPY_LINE: Final = "  {name}  elektronisch signierte Ausfertigung\n"
_STAMP_LINE: Final = "  protokoll-kopf.tst   Zeitstempel auf diesen Kopf (RFC 3161)\n"


def archive_guide(digest: str, *, has_stamp: bool, is_annex: bool = False, copies: Sequence[str] = ()) -> str:
    """`digest` is the text's SHA-256 in hexadecimal; `has_stamp`: the log's head bears a time stamp; `copies`
    are the names of the attached copies with personal signatures."""
    parts = {
        "{{DIGEST}}": digest,
        "{{KIND_LINE}}": _ANNEX_LINE if is_annex else _PLAIN_TEXT_LINE,
        "{{COPY_LINES}}": "".join(_COPY_LINE.format(name=name) for name in copies),
        "{{COPY_STEP}}\n": _read("archive_guide_copies.txt") if copies else "",
        "{{STAMP_LINE}}": _STAMP_LINE if has_stamp else "",
        "{{STAMP_STEP}}\n": _read("archive_guide_stamp.txt") if has_stamp else "",
    }
    guide = _read("archive_guide.txt")
    for place, part in parts.items():
        guide = guide.replace(place, part)
    return guide


def commands(guide: str) -> list[str]:
    """The shell commands of each step."""
    return [part.strip("\n") for part in guide.split("~~~\n")[1::2]]


def _read(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")
