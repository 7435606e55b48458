"""`make catalogues`: what the German catalogue lacks, and what nobody says any more.

    python -m tests.web.compare_catalogue [--update]

Exit code 1 if there is either. `--update` adds what is missing, to be translated, where it belongs in the
order of the alphabet; what is left over stays for a person to remove or to give to a changed sentence.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from server.catalogues import catalogue_path
from tests.web.catalogue import ROOT, Msgid, sentences

GERMAN = catalogue_path(ROOT / "server" / "locale", "de")


@dataclass(frozen=True, slots=True)
class Difference:
    """`missing`: not in the catalogue, or without a translation. `obsolete`: the other way round."""

    missing: list[Msgid]
    obsolete: list[str]


def compare(path: Path, wanted: Iterable[Msgid]) -> Difference:
    catalogue = _read(path)
    said = {_key(msgid): msgid for msgid in wanted}
    known = {_key(message.id): message for message in catalogue if message.id}
    return Difference(
        [said[key] for key in sorted(said) if key not in known or not _is_translated(known[key].string)],
        sorted(known.keys() - said.keys()),
    )


def add_missing(path: Path, missing: Iterable[Msgid]) -> None:
    """Without touching a line of what is there: the file's own order and breaks stay."""
    known = {_key(message.id) for message in _read(path) if message.id}
    head, *entries = path.read_text("utf-8").strip("\n").split("\n\n")
    order = [_msgid_of(entry) for entry in entries]
    for msgid in missing:
        key = _key(msgid)
        if key not in known:
            place = next((number for number, other in enumerate(order) if other > key), len(order))
            order.insert(place, key)
            entries.insert(place, _entry(msgid))
    path.write_text("\n\n".join([head, *entries]) + "\n", "utf-8")


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="de")


def _key(msgid: Msgid | list[str]) -> str:
    return msgid if isinstance(msgid, str) else msgid[0]


def _is_translated(text: object) -> bool:
    return bool(text) and (isinstance(text, str) or all(text))  # type: ignore[call-overload]


def _entry(msgid: Msgid) -> str:
    only, out = Catalog(locale="de"), BytesIO()
    only.add(msgid)
    write_po(out, only, width=0, omit_header=True)
    return out.getvalue().decode().strip("\n")


def _msgid_of(entry: str) -> str:
    [message] = [message for message in read_po(BytesIO(entry.encode())) if message.id]
    return _key(message.id)


def main(arguments: list[str]) -> int:
    difference = compare(GERMAN, sentences())
    if arguments == ["--update"]:
        add_missing(GERMAN, difference.missing)
    for msgid in difference.missing:
        sys.stdout.write(f"missing   {_key(msgid)}\n")
    for text in difference.obsolete:
        sys.stdout.write(f"obsolete  {text}\n")
    if not difference.missing and not difference.obsolete:
        sys.stdout.write("The German catalogue says all that is said, and nothing else.\n")
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
