"""Sharing a branch: what its log becomes in the log of the original.

Only what stands in the branch at the end goes over. Letters that were written there and taken back are left
out, as a compaction leaves them out: nobody has seen them, and nobody will.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from secrets import randbits
from typing import Any

from pycrdt import Doc, Text

from server.domain.text.branches.errors import BranchTangled
from server.domain.text.live_text import SUGGESTED, LiveBlock, open_suggestions
from server.sync.gaps import load_log
from server.sync.projection import EMBEDDED, TEXT, project
from server.sync.wire.messages import decode_state_vector

Letter = tuple[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class SharedPart:
    """`update`: what the original's log gains. `proposals`: ids of the suggestions in it, in the order of the
    text."""

    update: bytes
    proposals: tuple[str, ...]


def read_branch_text(original: Iterable[bytes], own: Iterable[bytes]) -> tuple[LiveBlock, ...]:
    """The text as whoever prepares the branch sees it."""
    return project(load_log([*original, *own]).doc)


def proposals_in(blocks: Sequence[LiveBlock], prefix: str) -> frozenset[str]:
    """Those that were made in the branch and stand there still."""
    return frozenset(each for each in open_suggestions(blocks) if each.startswith(prefix))


def proposal_words(blocks: Sequence[LiveBlock], prefix: str) -> dict[str, dict[str, object]]:
    """By the id of each proposal of the branch, the words that it inserts, deletes or formats."""
    found: dict[str, dict[str, object]] = {}
    for run in (run for block in blocks for run in block.runs):
        for kind, number in (key.split(":", 1) for key in run.marks if _is_of(key, prefix)):
            said = found.setdefault(number, {})
            said[kind] = f"{said.get(kind, '')}{run.text}"
    return found


def shared_part(
    original: Sequence[bytes], own: Sequence[bytes], clients: Iterable[int], prefix: str
) -> SharedPart:
    """`clients`: who wrote in the branch. The text without the new proposals is afterwards what it was: where
    formats that both sides have set would mix, the original's hold.

    Raises BranchTangled.
    """
    before = load_log(original)
    clocks = decode_state_vector(before.doc.get_state())
    if any(client in clocks for client in clients):
        raise BranchTangled()
    loaded = load_log([*original, *own])
    if loaded.held and not before.held:
        raise BranchTangled()
    doc: Doc[Text] = Doc(client_id=randbits(32))
    doc.apply_update(before.doc.get_update())
    _put_right(doc, list(_letters(doc)), _apply(doc, loaded.doc.get_update()), prefix)
    found = tuple(dict.fromkeys(_ids(doc, prefix)))
    return SharedPart(doc.get_update(before.doc.get_state()), found)


Change = Mapping[str, Any]
"""Of a Delta: `retain` and `delete` count bytes of UTF-8, `insert` is words."""


def _apply(doc: Doc[Text], update: bytes) -> list[Change]:
    """What it does to the text."""
    changes: list[Change] = []
    text = doc.get(TEXT, type=Text)

    def note(event: Any) -> None:  # its delta is not in the library's types
        changes.extend(event.delta)

    subscription = text.observe(note)
    doc.apply_update(update)
    text.unobserve(subscription)
    return changes


def _put_right(doc: Doc[Text], old: Sequence[Letter], changes: Sequence[Change], prefix: str) -> None:
    """Letters of the original have the formats that they had, and proposals on them; all others are proposed.

    Where two set formats at one place and know nothing of each other, a mark can run on over letters that it
    was not meant for. Raises BranchTangled.
    """
    if any("delete" in change for change in changes):
        raise BranchTangled()
    text, waiting = doc.get(TEXT, type=Text), iter(old)
    merged, came = list(_placed(doc)), _came(changes)
    with doc.transaction():
        for at, (letter, marks) in merged:
            if at in came:
                if not any(key.startswith(f"ins:{prefix}") for key in marks):
                    raise BranchTangled()
                continue
            _, wanted = next(waiting)
            if change := _change(wanted, marks, prefix):
                text.format(at, at + len(letter.encode()), change)


def _came(changes: Sequence[Change]) -> frozenset[int]:
    """Where letters stand that came in."""
    at, found = 0, set()
    for change in changes:
        for letter in change.get("insert", ""):
            found.add(at)
            at += len(letter.encode())
        at += change.get("retain", 0)
    return frozenset(found)


def _change(wanted: Mapping[str, object], marks: Mapping[str, object], prefix: str) -> dict[str, object]:
    """What makes the marks of a letter of the original into those it had, and what is proposed for it."""
    proposed = {key for key in marks if _is_of(key, prefix) and not key.startswith("ins:")}
    gone: dict[str, object] = {key: None for key in marks if key not in wanted and key not in proposed}
    return gone | {key: value for key, value in wanted.items() if marks.get(key) != value}


def _placed(doc: Doc[Text]) -> Iterator[tuple[int, Letter]]:
    """Each letter with where it stands, in bytes of UTF-8."""
    at = 0
    for letter in _letters(doc):
        yield at, letter
        at += len(letter[0].encode())


def _letters(doc: Doc[Text]) -> Iterator[Letter]:
    for value, marks in doc.get(TEXT, type=Text).diff():
        for letter in value if isinstance(value, str) else EMBEDDED:
            yield letter, marks or {}


def _is_of(key: str, prefix: str) -> bool:
    return key.startswith(SUGGESTED) and key.partition(":")[2].startswith(prefix)


def _ids(doc: Doc[Text], prefix: str) -> Iterator[str]:
    for _, marks in _letters(doc):
        yield from (key.partition(":")[2] for key in marks if _is_of(key, prefix))
