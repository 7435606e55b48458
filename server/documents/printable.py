"""Refuses text that the document could not show, at the moment when a Fassung is fixed."""

from __future__ import annotations

from collections.abc import Iterable

from server.documents.model import FinalText, council_of
from server.documents.typeset.letters.characters import STAND_INS, character_name, clusters, drawn, is_refused
from server.documents.typeset.letters.faces import Faces, load_faces
from server.domain.text.content import Content
from server.domain.text.errors import UnprintableText
from server.domain.text.live_text import beginning


def ensure_printable(content: Content) -> None:
    """Raises UnprintableText; `characters` are named („U+1F600 GRINNING FACE“), `where` lists the blocks
    that hold them, counted from 1, each with its first words.
    """
    found = [(i, block, unprintable(block.text)) for i, block in enumerate(content.blocks, 1)]
    if bad := [(i, block, characters) for i, block, characters in found if characters]:
        raise UnprintableText(
            characters=_named(c for _, _, characters in bad for c in characters),
            where=[f"{i}: {beginning(block.text)}" for i, block, _ in bad],
            block=bad[0][0],
        )


def ensure_printable_text(text: str, where: str) -> None:
    """For a single text: a name, an official title, a Protokollerklärung."""
    if characters := unprintable(text):
        raise UnprintableText(characters=_named(characters), where=[where])


def ensure_lines_printable(where: str, texts: Iterable[str]) -> None:
    """For several texts of several lines each."""
    for text in texts:
        for line in text.splitlines():
            ensure_printable_text(line, where)


def ensure_all_printable(text: FinalText) -> None:
    """The whole document: content, issuer, every name, title and statement."""
    ensure_printable(text.content)
    ensure_printable_text(text.issuer, text.issuer)
    ensure_printable_text(text.place, text.place)
    ensure_printable_text(text.short_code + text.verify_url, text.verify_url)
    for line in text.signatories:
        town = line.municipality.name
        for part in (town, line.name, line.title, line.represents, *council_of(line)):
            ensure_printable_text(part, town)
        ensure_lines_printable(town, [line.statement])


def unprintable(text: str) -> list[str]:
    """The characters of a text that cannot be shown, in the order of their appearance, each once."""
    faces = load_faces()
    bad = [c for c in text if c not in STAND_INS and not _is_shown(c, faces)]
    if not bad:  # a letter and a mark may still need a composed letter that the fonts lack
        bad = [c for cluster in clusters(text) for c in drawn(cluster) if not _is_shown(c, faces)]
    return list(dict.fromkeys(bad))


def _is_shown(character: str, faces: Faces) -> bool:
    if is_refused(character):
        return False
    return all(ord(character) in face.covers for face in faces.by_style.values())


def _named(characters: Iterable[str]) -> list[str]:
    return [character_name(c) for c in dict.fromkeys(characters)]
