"""Sharing a branch: what its log becomes in the log of the original.

Only what stands in the branch at the end goes over. Letters that were written there and taken back are left
out, as a compaction leaves them out: nobody has seen them, and nobody will.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from secrets import randbits

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
    doc.apply_update(loaded.doc.get_update())
    _put_formats_right(before.doc, doc, prefix)
    found = tuple(dict.fromkeys(_ids(doc, prefix)))
    return SharedPart(doc.get_update(before.doc.get_state()), found)


def _put_formats_right(before: Doc[Text], doc: Doc[Text], prefix: str) -> None:
    """Raises BranchTangled where letters of the original are gone or others came that nobody proposed."""
    old = list(_letters(before))
    kept = [(at, letter) for at, letter in _placed(doc) if not _is_proposed(letter, prefix)]
    if [letter for letter, _ in old] != [letter for _, (letter, _) in kept]:
        raise BranchTangled()
    text = doc.get(TEXT, type=Text)
    with doc.transaction():
        for (_, wanted), (at, (letter, marks)) in zip(old, kept, strict=True):
            change = _change(wanted, marks, prefix)
            if change:
                text.format(at, at + len(letter.encode()), change)


def _change(wanted: Mapping[str, object], marks: Mapping[str, object], prefix: str) -> dict[str, object]:
    """What makes the marks of a letter into the wanted ones, but for those of the branch."""
    own = {key for key in marks if _is_of(key, prefix)}
    gone: dict[str, object] = {key: None for key in marks if key not in wanted and key not in own}
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


def _is_proposed(letter: Letter, prefix: str) -> bool:
    return any(key.startswith("ins:") and _is_of(key, prefix) for key in letter[1])


def _is_of(key: str, prefix: str) -> bool:
    return key.startswith(SUGGESTED) and key.partition(":")[2].startswith(prefix)


def _ids(doc: Doc[Text], prefix: str) -> Iterator[str]:
    for _, marks in _letters(doc):
        yield from (key.partition(":")[2] for key in marks if _is_of(key, prefix))
