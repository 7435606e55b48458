"""Files that people give to the check by mistake or in bad faith, with the verdicts that each may get."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pikepdf
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer

from server.documents.reading.copy_mark import MARK
from server.domain.release.verification import MAX_MEGABYTES, Verdict
from tests.dossier.hostile_files import (
    BOMB,
    NAMES,
    NOTHING,
    branches,
    packed_objects,
    pdf,
    stream,
    with_attachments,
    with_page,
)
from tests.signing.seals import local_key

FOREIGN: Final = Verdict.FOREIGN
UNREADABLE: Final = Verdict.UNREADABLE
NOT_GENUINE: Final = Verdict.NOT_GENUINE


def letter() -> bytes:
    return with_page("", stream(b"BT /F1 12 Tf 72 720 Td (Guten Tag) Tj ET"))


def encrypted(data: bytes, *, user: str = "", version: int = 6) -> bytes:
    """With an owner's password, and one for readers if `user` is given."""
    out = io.BytesIO()
    encryption = pikepdf.Encryption(
        owner="geheim", user=user, R=version, aes=version > 3, metadata=version > 3
    )
    with pikepdf.open(io.BytesIO(data)) as opened:
        opened.save(out, encryption=encryption)
    return out.getvalue()


def resaved(data: bytes, **settings: object) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        opened.save(out, **settings)  # type: ignore[arg-type]  # whatever the test asks for
    return out.getvalue()


def archive(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(name, "Guten Tag")
    return out.getvalue()


def many_objects(count: int) -> bytes:
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>"]
    return pdf([*objects, *["<< >>"] * count])


def nested(levels: int) -> bytes:
    return with_page("/Deep 5 0 R", NOTHING, "[" * levels + "]" * levels)


def signed_by_others(signer: Signer, times: int = 1) -> bytes:
    """Ordinary signatures in fields of other names than ours, and nothing of ours is attached."""
    data = letter()
    for number in range(times):
        metadata = PdfSignatureMetadata(field_name=f"Signature{number + 1}")
        out = io.BytesIO()
        PdfSigner(metadata, signer).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(data)), output=out)
        data = out.getvalue()
    return data


def marked(number: str) -> bytes:
    """What calls itself a copy of ours for a time before the publication, as anybody can."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(letter())) as opened:
        opened.docinfo[MARK] = pikepdf.String(number)
        opened.save(out)
    return out.getvalue()


def plain_files() -> Mapping[str, tuple[bytes, Verdict]]:
    return {
        "nothing": (b"", UNREADABLE),
        "zeros": (bytes(10_000), UNREADABLE),
        "a line feed": (b"\n", UNREADABLE),
        "a letter": ("Guten Tag, grüß Gott".encode(), UNREADABLE),
        "a web page": (b"<!doctype html><title>Erkl\xc3\xa4rung</title><p>Guten Tag", UNREADABLE),
        "an archive": (archive("brief.txt"), UNREADABLE),
        "an office document": (archive("word/document.xml"), UNREADABLE),
        "an archive that names itself a PDF": (b"%PDF-1.7\n" + archive("x"), UNREADABLE),
        "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), UNREADABLE),
        "a PDF with another header": (letter().replace(b"%PDF-1.7", b"%XDF-1.7"), UNREADABLE),
        "a PDF behind a line of text": (b"From: frank\n" + letter(), UNREADABLE),
        "only a header": (b"%PDF-1.7\n", UNREADABLE),
        "a file over the limit": (b"%PDF-1.7\n" + bytes(MAX_MEGABYTES * 1024 * 1024), UNREADABLE),
    }


def pdf_files(folder: Path) -> Mapping[str, tuple[bytes, Verdict]]:
    signer = local_key(folder).signer
    names = ("erklaerung.json", "nachweise.json", "protokoll.json", "protokoll-kopf.json")
    return {
        "an unsigned PDF": (letter(), FOREIGN),
        "an advance copy": (marked("7F3A-91C2"), FOREIGN),
        "a rehearsal copy": (marked("Probelauf 7F3A-91C2"), FOREIGN),
        "an unsigned PDF of version 2.0": (letter().replace(b"%PDF-1.7", b"%PDF-2.0"), FOREIGN),
        "a PDF with packed objects": (
            resaved(letter(), object_stream_mode=pikepdf.ObjectStreamMode.generate),
            FOREIGN,
        ),
        "a PDF prepared for the web": (resaved(letter(), linearize=True), FOREIGN),
        "a PDF with another attachment": (with_attachments({"rechnung.xml": b"<x/>"}), FOREIGN),
        "a form with one field": (
            with_page("/AcroForm << /Fields [5 0 R] >>", NOTHING, "<< /T (Name) >>"),
            FOREIGN,
        ),
        "a PDF that others signed": (signed_by_others(signer), FOREIGN),
        "a PDF that others signed twice": (signed_by_others(signer, 2), FOREIGN),
        "a PDF of many objects": (many_objects(200_000), FOREIGN),
        "an array in an array": (nested(100), FOREIGN),
        "arrays of many levels": (nested(200_000), FOREIGN),
        "a password for readers": (encrypted(letter(), user="auf"), UNREADABLE),
        "a password for the owner only": (encrypted(letter()), UNREADABLE),
        "an old encryption": (encrypted(letter(), user="auf", version=3), UNREADABLE),
        "an encryption that nobody knows": (
            letter().replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt << /Filter /X /V 9 >>"),
            UNREADABLE,
        ),
        "half a PDF": (letter()[:200], UNREADABLE),
        "a PDF without its end": (letter()[:-30], UNREADABLE),
        "a PDF with a wrong table": (
            letter().replace(b"0000000009 00000 n", b"0000000099 00000 n"),
            UNREADABLE,
        ),
        "a tree of many ways": (with_page(NAMES, NOTHING, *branches(5), "<< >>"), UNREADABLE),
        "what unpacks to much": (packed_objects(BOMB), UNREADABLE),
        "a page of no size": (with_page("", NOTHING).replace(b"595 842", b"000 000"), FOREIGN),
        "our attachments, empty": (with_attachments(dict.fromkeys(names, b"{}")), NOT_GENUINE),
        "one of our attachments": (with_attachments({names[0]: b"{}"}), NOT_GENUINE),
        "a field named like our seal": (
            with_page("/AcroForm << /Fields [5 0 R] >>", NOTHING, "<< /FT /Sig /T (Siegel) >>"),
            NOT_GENUINE,
        ),
    }
