"""Files that are no text, or made to harm: each is refused with a sentence of its own, in little time."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from server.documents.word.reading import read_file
from server.domain.text.files.errors import (
    BlankFile,
    InvalidFile,
    LargeFile,
    LockedFile,
    LongFile,
    MacroFile,
    OldWordFile,
)
from tests.documents.word.shapes.office import WORD, build
from tests.documents.word.shapes.pieces import Shape, p

GOOD = build(WORD, Shape((p("p", "Wir handeln."),)))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def changed(part: str, change: Callable[[str], str], **more: str) -> bytes:
    """The good file with one part changed, and more of them."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(GOOD)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name).decode()
            new.writestr(name, change(text) if name == part else text)
        for name, text in more.items():
            new.writestr(name.replace("__", "/"), text)
    return out.getvalue()


def declared(part: str, declaration: str) -> bytes:
    """With a document type, in which entities are named."""

    def declare(text: str) -> str:
        return text.replace(f"<w:{part}", f"{declaration}<w:{part}", 1).replace("Wir", "&a;")

    return changed(f"word/{part}.xml", declare)


def body(xml: str) -> bytes:
    return changed("word/document.xml", lambda text: text.replace("<w:body>", f"<w:body>{xml}"))


def locked_odt() -> bytes:
    out = io.BytesIO()
    names = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    with ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "META-INF/manifest.xml",
            f"<manifest:manifest {names}><manifest:file-entry><manifest:encryption-data/>"
            "</manifest:file-entry></manifest:manifest>",
        )
    return out.getvalue()


ENTITY = '<!DOCTYPE x [<!ENTITY a "{}">]>'
OF_THE_DISK = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
LAUGHS = ENTITY.format("ha") + "".join(f'<!ENTITY l{n} "&l{n - 1};&l{n - 1};">' for n in range(1, 9))
PARAGRAPH = "<w:p><w:r><w:t>Satz.</w:t></w:r></w:p>"
FILES: dict[str, tuple[bytes, type[InvalidFile]]] = {
    "old Word": (OLE + b"\0" * 4_000 + "WordDocument".encode("utf-16-le"), OldWordFile),
    "with a password": (OLE + b"\0" * 4_000 + "EncryptedPackage".encode("utf-16-le"), LockedFile),
    "ODT with a password": (locked_odt(), LockedFile),
    "macros": (changed("", str, **{"word__vbaProject.bin": ""}), MacroFile),
    "macros by type": (
        changed(
            "[Content_Types].xml",
            lambda text: text.replace(
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                "application/vnd.ms-word.document.macroEnabled.main+xml",
            ),
        ),
        MacroFile,
    ),
    "entities": (declared("document", ENTITY.format("x")), InvalidFile),
    "entities of the disk": (declared("document", OF_THE_DISK), InvalidFile),
    "laughs": (declared("styles", LAUGHS), InvalidFile),
    "bomb": (changed("word/styles.xml", lambda text: text + " " * 60_000_000), LargeFile),
    "too many paragraphs": (body(PARAGRAPH * 10_000), LongFile),
    "one paragraph without end": (body(f"<w:p><w:r><w:t>{'Wort ' * 12_000}</w:t></w:r></w:p>"), LongFile),
    "deep": (body("<w:p>" + "<w:smartTag>" * 150 + "</w:smartTag>" * 150 + "</w:p>"), InvalidFile),
    "50 MB": (GOOD + b"\0" * 50_000_000, LargeFile),
    "half": (GOOD[: len(GOOD) // 2], InvalidFile),
    "empty": (b"", BlankFile),
    "blanks": (b"  \n\n \n", BlankFile),
    "PDF": (b"%PDF-1.7\n", InvalidFile),
    "RTF": (b"{\\rtf1 Hallo}", InvalidFile),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", InvalidFile),
    "spreadsheet": (changed("_rels/.rels", lambda t: t.replace("officeDocument\"", "other\"")), InvalidFile),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_it_is_refused_with_its_own_sentence(name: str) -> None:
    data, error = FILES[name]
    began = time.process_time()
    with pytest.raises(InvalidFile) as refused:
        read_file(data)
    assert refused.type is error
    assert time.process_time() - began < 2


def test_the_good_file_is_taken() -> None:
    assert read_file(GOOD).blocks[0].runs[0].text == "Wir handeln."


def test_a_picture_that_unpacks_to_a_great_deal_is_never_unpacked() -> None:
    """Only the parts that hold text are read."""
    data = changed("", str, word__media__bomb=" " * 60_000_000)
    assert read_file(data).blocks


def test_strict_names_are_the_same_names() -> None:
    """ISO/IEC 29500-1 Strict, which Word can save too."""

    def strict(text: str) -> str:
        return text.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )

    assert read_file(changed("word/document.xml", strict)).blocks[0].runs[0].text == "Wir handeln."
