"""Later revisions of a sealed file by somebody without any key, stamped by an authority of their own.

Each does one thing that no later revision may do. The time stamp covers the whole file, so nothing but the
rule itself can find it out.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from typing import Any, Final

from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    IndirectObject,
    NumberObject,
    StreamObject,
    pdf_name,
    pdf_string,
)
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.timestamps import DummyTimeStamper

from server.signing.seal.pdf_writer import MetadataKeepingWriter, writer

Change = Callable[[MetadataKeepingWriter], None]
NEW_FIELD: Final = "Zeitstempel"


@cache
def forgers_authority() -> DummyTimeStamper:
    """Anybody can have one."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Time for everybody")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=10_000))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return DummyTimeStamper(
        asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER)),
        keys.PrivateKeyInfo.load(private),
    )


def forgers_certificate() -> bytes:
    der: bytes = forgers_authority().tsa_cert.dump()
    return der


def stamped(pdf: bytes, change: Change, field: str | None = None, at: datetime | None = None) -> bytes:
    """The change, and a time stamp over all of it in the same revision; `field` by default a spare one, `at`
    what the authority says."""
    out = writer(pdf)
    change(out)
    known = forgers_authority()
    authority = DummyTimeStamper(known.tsa_cert, known.tsa_key, fixed_dt=at)
    stamper = PdfTimeStamper(authority, field_name=field or "Archivzeitstempel_02")
    done: io.BytesIO = asyncio.run(stamper.async_timestamp_pdf(out, "sha256"))
    return done.getvalue()


def nothing(_: MetadataKeepingWriter) -> None:
    """The one thing that may be done."""


# Parts of a sealed file


def page(pdf: MetadataKeepingWriter) -> Any:
    return pdf.root["/Pages"]["/Kids"][0]


def spare(pdf: MetadataKeepingWriter, name: str = "Archivzeitstempel_02") -> Any:
    fields = pdf.root["/AcroForm"]["/Fields"]
    return next(fields[i] for i in range(len(fields)) if fields[i]["/T"] == name)


def number(value: int) -> NumberObject:
    return NumberObject(value)


def box(*sides: int) -> ArrayObject:
    return ArrayObject(map(number, sides))


def stream(data: bytes = b"0 0 500 500 re f", **members: Any) -> StreamObject:
    return StreamObject({pdf_name(f"/{key}"): value for key, value in members.items()}, stream_data=data)


# Kinds of changes


def add_field(pdf: MetadataKeepingWriter, **members: Any) -> None:
    """A field for the time stamp, bare but for these members; None leaves one out."""
    field = DictionaryObject(
        {
            pdf_name("/FT"): pdf_name("/Sig"),
            pdf_name("/T"): pdf_string(NEW_FIELD),
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/Widget"),
            pdf_name("/F"): number(132),
            pdf_name("/Rect"): box(0, 0, 0, 0),
            pdf_name("/P"): IndirectObject(page(pdf).container_ref.idnum, 0, pdf),
        }
    )
    for key, value in members.items():
        if value is None:
            del field[f"/{key}"]
        else:
            field[pdf_name(f"/{key}")] = value
    reference = pdf.add_object(field)
    for owner, key in ((pdf.root["/AcroForm"], "/Fields"), (page(pdf), "/Annots")):
        owner[key].append(reference)
        pdf.update_container(owner[key])
        pdf.update_container(owner)


def change_member(find: Callable[[Any], Any], key: str, value: Any, pdf: MetadataKeepingWriter) -> None:
    owner = find(pdf)
    if value is None:
        del owner[f"/{key}"]
    else:
        owner[pdf_name(f"/{key}")] = value
    pdf.update_container(owner)


def root(pdf: MetadataKeepingWriter) -> Any:
    return pdf.root


def form(pdf: MetadataKeepingWriter) -> Any:
    return pdf.root["/AcroForm"]


def rewrite(find: Callable[[Any], Any], pdf: MetadataKeepingWriter) -> None:
    """The stream that is found gets other contents at its place."""
    found = find(pdf)
    found._data, found._encoded_data = b"(Nein) Tj", None
    found.pop("/Filter", None)
    pdf.update_container(found)


def add_annotation(subtype: str, pdf: MetadataKeepingWriter) -> None:
    note = DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name(f"/{subtype}"),
            pdf_name("/Rect"): box(50, 700, 500, 800),
        }
    )
    owner = page(pdf)
    owner["/Annots"].append(pdf.add_object(note))
    pdf.update_container(owner["/Annots"])
    pdf.update_container(owner)


def store(pdf: MetadataKeepingWriter, **members: Any) -> None:
    """Validation data with these members."""
    certificate = pdf.add_object(stream(forgers_certificate()))
    data = {pdf_name("/Type"): pdf_name("/DSS"), pdf_name("/Certs"): ArrayObject([certificate])}
    data |= {pdf_name(f"/{key}"): value for key, value in members.items()}
    pdf.root[pdf_name("/DSS")] = pdf.add_object(DictionaryObject(data))
    pdf.update_root()


def store_stream(pdf: MetadataKeepingWriter, **members: Any) -> None:
    store(pdf, Certs=ArrayObject([pdf.add_object(stream(forgers_certificate(), **members))]))


def add_unreachable(pdf: MetadataKeepingWriter) -> None:
    pdf.add_object(stream(b"hidden"))


def take_away_an_annotation(pdf: MetadataKeepingWriter) -> None:
    owner = page(pdf)
    owner[pdf_name("/Annots")] = ArrayObject([owner["/Annots"].raw_get(0)])
    pdf.update_container(owner)


def reorder_the_fields(pdf: MetadataKeepingWriter) -> None:
    fields = form(pdf)["/Fields"]
    turned = [fields.raw_get(i) for i in reversed(range(len(fields)))]
    form(pdf)[pdf_name("/Fields")] = ArrayObject(turned)
    pdf.update_container(form(pdf))


def call_it_a_copy(pdf: MetadataKeepingWriter) -> None:
    info = pdf.trailer["/Info"]
    info[pdf_name("/KraftaktCopy")] = pdf_string("P-1")
    pdf.update_container(info)


def annotations() -> ArrayObject:
    return ArrayObject([box(0, 0, 500, 800)])


_SUBTYPES: Final = [
    "Ink",
    "Highlight",
    "Underline",
    "Squiggly",
    "StrikeOut",
    "Line",
    "Polygon",
    "PolyLine",
    "Square",
    "Circle",
    "FreeText",
    "Stamp",
    "Caret",
    "Redact",
    "Watermark",
    "Text",
    "Link",
    "FileAttachment",
    "Sound",
    "Movie",
    "Screen",
    "3D",
    "RichMedia",
    "PrinterMark",
    "TrapNet",
    "Projection",
]
_PAINTED: Final = ("InkList", "QuadPoints", "L", "Vertices", "CL", "Path")
_FIELD_EXTRAS: Final = [
    "AP",
    "AS",
    "A",
    "AA",
    "MK",
    "BS",
    "BE",
    "Border",
    "C",
    "IC",
    "DA",
    "DS",
    "DV",
    "Ff",
    "H",
    "Lock",
    "OC",
    "Opt",
    "PMD",
    "RC",
    "SV",
    "StructParent",
    "NM",
    "M",
    "Contents",
    "Popup",
]
_SPARE_MEMBERS: Final = [
    "AP",
    "AS",
    "A",
    "AA",
    "MK",
    "BS",
    "C",
    "DV",
    "Ff",
    "Kids",
    "OC",
    "Parent",
    "TU",
    "F",
    "Rect",
    "Lock",
    "SV",
    "Contents",
]
_CATALOG: Final = [
    "AA",
    "OpenAction",
    "OCProperties",
    "Names",
    "Metadata",
    "Lang",
    "ViewerPreferences",
    "PageLabels",
    "Outlines",
    "Extensions",
    "Version",
    "Legal",
    "Requirements",
    "Collection",
    "StructTreeRoot",
    "MarkInfo",
    "AF",
    "Threads",
    "URI",
    "SpiderInfo",
    "PieceInfo",
    "NeedsRendering",
    "Dests",
    "PageMode",
    "PageLayout",
    "OutputIntents",
]
_FORM: Final = ["DA", "DR", "XFA", "CO", "Q"]
_PAGE: Final = [
    "Contents",
    "Resources",
    "MediaBox",
    "CropBox",
    "BleedBox",
    "TrimBox",
    "ArtBox",
    "Rotate",
    "UserUnit",
    "AA",
    "Group",
    "Trans",
    "Dur",
    "Thumb",
    "B",
    "Metadata",
    "PieceInfo",
    "Tabs",
    "StructParents",
    "VP",
    "TemplateInstantiated",
]


def _some(key: str) -> Any:
    """A value of any kind: what matters is that it was not there, or was another. Stamping adds to extensions
    what they lack, so these have to be a dictionary."""
    if key == "Extensions":
        return DictionaryObject(
            {pdf_name("/ACME"): DictionaryObject({pdf_name("/ExtensionLevel"): number(1)})}
        )
    return pdf_string("anders") if key in ("TU", "DA", "DS", "RC", "NM", "M", "Contents") else annotations()


def _later_revisions() -> dict[str, tuple[Change, str | None]]:
    found: dict[str, tuple[Change, str | None]] = {}
    for subtype in _SUBTYPES:
        found[f"a field that is a {subtype}"] = partial(add_field, Subtype=pdf_name(f"/{subtype}")), NEW_FIELD
        found[f"an annotation {subtype}"] = partial(add_annotation, subtype), None
    for key in (*_PAINTED, *_FIELD_EXTRAS):
        found[f"a field with {key}"] = partial(add_field, **{key: _some(key)}), NEW_FIELD
    found["a field with an extent"] = partial(add_field, Rect=box(50, 50, 300, 300)), NEW_FIELD
    found["a field that is shown"] = partial(add_field, F=number(4)), NEW_FIELD
    found["a field with rectangle of three numbers"] = partial(add_field, Rect=box(0, 0, 0)), NEW_FIELD
    for key in _SPARE_MEMBERS:
        value = box(0, 0, 90, 90) if key == "Rect" else number(4) if key in ("F", "Ff") else _some(key)
        found[f"a spare field with {key}"] = partial(change_member, spare, key, value), None
    for key in _CATALOG:
        found[f"a catalogue with {key}"] = partial(change_member, root, key, _some(key)), None
    for key in _FORM:
        found[f"a form with {key}"] = partial(change_member, form, key, BooleanObject(True)), None
    for key in _PAGE:
        found[f"a page with {key}"] = partial(change_member, page, key, _some(key)), None
    found |= {
        "validation data with something else": (partial(store, Note=pdf_string("Nein")), None),
        "a certificate that is a form": (partial(store_stream, Type=pdf_name("/XObject")), None),
        "a certificate with a file": (partial(store_stream, F=pdf_string("x.pdf")), None),
        "an object nobody names": (add_unreachable, None),
        "an annotation taken away": (take_away_an_annotation, None),
        "fields in another order": (reorder_the_fields, None),
        "the page written anew": (partial(rewrite, lambda pdf: page(pdf)["/Contents"]), None),
        "the attachment written anew": (partial(rewrite, lambda pdf: pdf.root["/AF"][0]["/EF"]["/F"]), None),
        "the metadata written anew": (partial(rewrite, lambda pdf: pdf.root["/Metadata"]), None),
    }
    return found


FORGED: Final[Mapping[str, tuple[Change, str | None]]] = _later_revisions()
"""The change, and the field of the time stamp where that is no spare one."""
