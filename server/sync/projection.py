"""The live text between the CRDT and the domain; `client/src/editor/text/schema.ts` makes the same JSON.

One Y.Text named `text` holds the whole text. Each block ends with a line feed whose attribute `b` is
"kind:level"; its suggestion keys stand there too. On letters stand the marks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from secrets import randbits
from typing import Final, Protocol

from pycrdt import Doc, Text, merge_updates

from server.domain.text.content import LEVELS, OBJECT, UNSEEN, Run
from server.domain.text.live_text import COMMENT, PLAIN_MARKS, LiveBlock, LiveRun, Value
from server.sync.gaps import load_log

TEXT: Final = "text"
EMBEDDED: Final = OBJECT
_BLOCK: Final = re.compile(r"([a-z]+):([0-9])", re.ASCII)


class SeedBlock(Protocol):
    """What a text starts from: `server.domain.text.content.Block`, or anything of its shape."""

    @property
    def kind(self) -> str: ...
    @property
    def level(self) -> int: ...
    @property
    def runs(self) -> Sequence[Run]: ...


def load_doc(updates: Iterable[bytes]) -> Doc[Text]:
    """The doc that a log amounts to, without what waits for something that is missing."""
    return load_log(updates).doc


def compact_updates(updates: Iterable[bytes]) -> bytes:
    """One update that amounts to the same text, without the letters of what was deleted."""
    loaded = load_log(updates)
    text = loaded.doc.get_update()
    return merge_updates(text, loaded.held.updates) if loaded.held else text


def read_text(updates: Iterable[bytes]) -> tuple[LiveBlock, ...]:
    """The blocks of the text to which these updates (Yjs v1, a log in its order) amount."""
    return project(load_doc(updates))


def project(doc: Doc[Text]) -> tuple[LiveBlock, ...]:
    """The blocks of the doc's text; never none. Text after the last line feed is a paragraph."""
    blocks: list[LiveBlock] = []
    runs: list[LiveRun] = []
    unknown: set[str] = set()
    for part, attributes in _parts(doc):
        strange = set(_strange(part, attributes))
        if part == "\n":
            blocks.append(_block(attributes, runs, unknown | strange))
            runs, unknown = [], set()
        else:
            unknown |= strange
            _add_run(runs, part, _kept(attributes, _is_mark))
    if runs or not blocks:
        blocks.append(_block({}, runs, unknown))
    return tuple(blocks)


def list_attributes(doc: Doc[Text]) -> set[tuple[str, str]]:
    """Every attribute in the text: its key, and its value as the JSON that updates hold."""
    return {
        (key, json.dumps(value, ensure_ascii=False, separators=(",", ":")))
        for _, attributes in doc.get(TEXT, type=Text).diff()
        for key, value in (attributes or {}).items()
    }


def _parts(doc: Doc[Text]) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Line feeds and what stands between them, each with its attributes."""
    for value, attributes in doc.get(TEXT, type=Text).diff():
        text = value if isinstance(value, str) else EMBEDDED
        for part in re.split("(\n)", text):
            if part:
                yield part, attributes or {}


def _add_run(runs: list[LiveRun], text: str, marks: Mapping[str, Value]) -> None:
    if runs and runs[-1].marks == marks:
        text = runs.pop().text + text
    runs.append(LiveRun(text, marks))


def _is_mark(key: str, value: object) -> bool:
    if key == "link":
        return isinstance(value, str)
    if key in PLAIN_MARKS:
        return value is True
    return _has_id(key, (COMMENT, "ins:", "del:", "format:")) and isinstance(value, str | bool)


def _is_suggestion(key: str, value: object) -> bool:
    return _has_id(key, ("ins:", "del:", "kind:")) and isinstance(value, str | bool)


def _has_id(key: str, names: tuple[str, ...]) -> bool:
    return any(key.startswith(name) and len(key) > len(name) for name in names)


def _strange(part: str, attributes: Mapping[str, object]) -> Iterator[str]:
    """Names that nobody knows. `b` on letters and marks on line feeds are merely out of place."""
    if EMBEDDED in part:  # as a letter of its own it stands for nothing either
        yield "embedded"
    if not part.isprintable():
        yield from (f"U+{ord(letter):04X}" for letter in UNSEEN.findall(part) if letter != EMBEDDED)
    for key, value in attributes.items():
        if not is_known(part, key, value):
            yield f"b {value}" if key == "b" else key


def is_known(part: str, key: str, value: object) -> bool:
    """Whether the attribute may stand on this: a line feed, or letters."""
    return _known_on_line_feed(key, value) if part == "\n" else _known_on_letters(key, value)


def _known_on_line_feed(key: str, value: object) -> bool:
    if key == "b":
        return _kind(value) is not None
    return _is_suggestion(key, value) or key in PLAIN_MARKS or key.startswith((COMMENT, "format:"))


def _known_on_letters(key: str, value: object) -> bool:
    return key == "b" or key.startswith("kind:") or _is_mark(key, value)


def _block(attributes: Mapping[str, object], runs: list[LiveRun], unknown: set[str]) -> LiveBlock:
    kind, level = _kind(attributes.get("b")) or ("paragraph", 0)
    return LiveBlock(kind, level, tuple(runs), _kept(attributes, _is_suggestion), frozenset(unknown))


def _kept(attributes: Mapping[str, object], known: Callable[[str, object], bool]) -> dict[str, Value]:
    return {
        key: value
        for key, value in sorted(attributes.items())
        if known(key, value) and isinstance(value, str | bool)
    }


def _kind(value: object) -> tuple[str, int] | None:
    """Kind and level of a `b`; None for what no version of this program writes."""
    found = _BLOCK.fullmatch(value) if isinstance(value, str) else None
    if found is None or int(found[2]) not in LEVELS.get(found[1], ()):
        return None
    return found[1], int(found[2])


def seed_update(blocks: Sequence[SeedBlock]) -> bytes:
    """The update that makes an empty text into these blocks (none: one empty paragraph).

    For the service only, once a text: seeding twice doubles the text.
    """
    doc: Doc[Text] = Doc(client_id=randbits(32))  # as Yjs chooses them; older readers know no more bits
    text = doc.get(TEXT, type=Text)
    with doc.transaction():
        for part, attributes in _seed_parts(blocks):
            text.insert(len(text), part, attributes)  # lengths count UTF-8 bytes
    return doc.get_update()


def _seed_parts(blocks: Sequence[SeedBlock]) -> Iterator[tuple[str, dict[str, str | bool]]]:
    for block in blocks:
        for run in block.runs:
            if run.text:
                yield run.text, attributes_of(run)
        yield "\n", {"b": f"{block.kind}:{block.level}"}
    if not blocks:
        yield "\n", {"b": "paragraph:0"}


def attributes_of(run: Run) -> dict[str, str | bool]:
    """Never None: without attributes an insert takes over those of its neighbour."""
    marks: dict[str, str | bool] = {name: True for name in ("strong", "em") if getattr(run, name)}
    return marks | ({"link": run.link} if run.link is not None else {})
