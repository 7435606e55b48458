"""The final document: one call from facts to bytes, the same bytes every time."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from importlib.resources import files
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, String

from server.documents.model import Attachment, FinalText, Mark
from server.documents.parts.closing import closing_boxes
from server.documents.parts.content_story import begins_with_title, content_boxes, opening_length
from server.documents.parts.furniture import paint_furniture, paint_watermark, short_title
from server.documents.parts.proof import proof_boxes
from server.documents.parts.signatories import signatory_boxes
from server.documents.parts.statements import statement_boxes
from server.documents.parts.summary import summary_boxes
from server.documents.parts.title_block import revision_line, title_boxes
from server.documents.parts.verification_block import verification_boxes
from server.documents.printable import ensure_all_printable
from server.documents.tagging.attachments import attach_files
from server.documents.tagging.outline_writer import write_outline
from server.documents.tagging.structure_writer import StructureWriter
from server.documents.tagging.tree import Element, SignatureField
from server.documents.tagging.xmp import CREATOR, PRODUCER, pdf_time, xmp_packet
from server.documents.typeset.boxes import Box
from server.documents.typeset.canvas import TaggedCanvas
from server.documents.typeset.letters.faces import load_faces
from server.documents.typeset.letters.font_cleanup import clean_fonts
from server.documents.typeset.pages import paginate
from server.documents.typeset.styles import LEFT, PAGE
from server.documents.wording import ARCHIVE_TOOLTIP, SUBJECT, TEXT

RENDERER: Final = 5
"""The version of the look. Raise it with every change of the bytes that a document is made of, its seal's
picture included: a verifier makes the pages of its own version again (decision 0016)."""
ARCHIVE_FIELDS: Final = 10
"""Time stamps are renewed before their algorithms weaken, every five to eight years."""
_COLOURS: Final = "sRGB IEC61966-2.1"


def render_document(text: FinalText, attachments: Sequence[Attachment] = ()) -> bytes:
    """PDF/A-3a and PDF/UA-1 with empty signature fields: `Siegel`, visible in the verification block, and
    invisible `Archivzeitstempel_01` … `Archivzeitstempel_10`.

    Raises UnprintableText for characters that the fonts lack, ValueError for a digest that is not the
    content's, a declining signatory, a time without a zone, or two attachments of one name.
    """
    if text.digest != text.content.digest:
        raise ValueError("the digest is not that of the content")
    return render_boxes(text, document_boxes, SUBJECT, attachments)


def render_boxes(
    text: FinalText,
    boxes_of: Callable[[FinalText, Element], list[Box]],
    subject: str,
    attachments: Sequence[Attachment],
    *,
    spare_fields: int = ARCHIVE_FIELDS,
    objects: ObjectStreamMode = ObjectStreamMode.generate,
) -> bytes:
    """Any document of this form: `boxes_of` gives what stands on the pages, `subject` is a pattern for the
    metadata; beside a visible signature field there are `spare_fields` for archive time stamps; `objects`:
    packed or plain. Raises as `render_document` does."""
    ensure_all_printable(text)
    document = Element("Document")
    faces = load_faces()
    with faces.lock:
        out = io.BytesIO()
        canvas = TaggedCanvas(out, faces, PAGE)
        _paint(canvas, text, boxes_of(text, document))
        canvas.save()
    if canvas.fields:
        canvas.fields += _archive_fields(document, spare_fields)
    with pikepdf.open(out) as pdf:
        _describe(pdf, text, subject.format(revision=revision_line(text)))
        _finish(pdf, text, document, canvas, attachments)
        return _save(pdf, objects)


def document_boxes(text: FinalText, document: Element) -> list[Box]:
    """Everything in reading order; the structure grows below `document`."""
    has_title = begins_with_title(text.content)
    head = title_boxes(text, document, has_title=has_title)
    summary = summary_boxes(text, document)
    body = content_boxes(text.content, document.add("Sect", title=TEXT))
    begin = opening_length(text.content)
    return [
        *head,
        *body[:begin],
        *summary,
        *body[begin:],
        *closing_boxes(text, document),
        *signatory_boxes(text.signatories, document),
        *statement_boxes(text.signatories, document),
        *proof_boxes(text.signatories, document),
        *verification_boxes(text, document),
    ]


def _paint(canvas: TaggedCanvas, text: FinalText, boxes: Sequence[Box]) -> None:
    pages = paginate(boxes)
    for i, page in enumerate(pages):
        if i:
            canvas.next_page()
        if Mark.DRAFT in text.marks:
            paint_watermark(canvas)
        paint_furniture(canvas, text, i + 1, len(pages))
        for top, box in page.placed:
            box.paint(canvas, LEFT, top)


def _finish(
    pdf: Pdf, text: FinalText, document: Element, canvas: TaggedCanvas, attachments: Sequence[Attachment]
) -> None:
    writer = StructureWriter(pdf)
    writer.write_tree(document, canvas.contents)
    for area in canvas.links:
        writer.add_link(area)
    if canvas.fields:
        writer.add_fields(canvas.fields)
    writer.finish()
    clean_fonts(pdf)
    write_outline(pdf, canvas.outline)
    attach_files(pdf, attachments, text.created)


def _archive_fields(document: Element, count: int) -> list[SignatureField]:
    numbers = [f"{number:02d}" for number in range(1, count + 1)]
    return [
        SignatureField(
            0,
            (0, 0, 0, 0),
            f"Archivzeitstempel_{number}",
            ARCHIVE_TOOLTIP.format(number=number),
            document.add("Form"),
        )
        for number in numbers
    ]


def _describe(pdf: Pdf, text: FinalText, subject: str) -> None:
    root, date = pdf.Root, String(pdf_time(text.created))
    title, subject = short_title(text), subject.replace("\u00a0", " ")
    root.Lang = String(text.lang)
    root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    packet = xmp_packet(
        title=title, author=text.issuer, subject=subject, lang=text.lang, created=text.created
    )
    root.Metadata = pdf.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)
    info = {"Title": title, "Author": text.issuer, "Subject": subject, "Producer": PRODUCER}
    facts = {f"/{name}": String(value) for name, value in (info | {"Creator": CREATOR}).items()}
    pdf.trailer.Info = pdf.make_indirect(Dictionary(facts | {"/CreationDate": date, "/ModDate": date}))
    root.OutputIntents = Array([_output_intent(pdf)])


def _output_intent(pdf: Pdf) -> Dictionary:
    icc = (files(__package__) / "fonts" / "sRGB.icc").read_bytes()
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        DestOutputProfile=pdf.make_stream(icc, N=3, Alternate=Name.DeviceRGB),
        OutputConditionIdentifier=String(_COLOURS),
        Info=String(_COLOURS),
    )


def _save(pdf: Pdf, objects: ObjectStreamMode) -> bytes:
    out = io.BytesIO()
    pdf.save(
        out,
        min_version="1.7",
        deterministic_id=True,
        fix_metadata_version=False,
        compress_streams=True,
        object_stream_mode=objects,
    )
    return out.getvalue()
