"""Files inside the file: associated files of PDF/A-3 (ISO 19005-3, 6.8)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from server.documents.model import Attachment
from server.documents.tagging.xmp import pdf_time


def attach_files(pdf: Pdf, attachments: Sequence[Attachment], created: datetime) -> None:
    """Raises ValueError where two attachments have one name."""
    if len({attachment.name for attachment in attachments}) != len(attachments):
        raise ValueError("two attachments of one name")
    if not attachments:
        return
    files = {attachment.name: _file(pdf, attachment, created) for attachment in attachments}
    pdf.Root.AF = Array(files.values())
    names = pdf.Root.get("/Names", Dictionary())
    in_order = [item for name in sorted(files) for item in (String(name), files[name])]
    names.EmbeddedFiles = Dictionary(Names=Array(in_order))
    pdf.Root.Names = names


def _file(pdf: Pdf, attachment: Attachment, created: datetime) -> Object:
    date = String(pdf_time(created))
    checksum = hashlib.md5(attachment.data, usedforsecurity=False).digest()  # Table 46 prescribes MD5
    data = pdf.make_stream(
        attachment.data,
        Type=Name.EmbeddedFile,
        Subtype=Name("/" + attachment.mime),
        Params=Dictionary(
            Size=len(attachment.data), CreationDate=date, ModDate=date, CheckSum=String(checksum)
        ),
    )
    name = String(attachment.name)
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=name,
            UF=name,
            Desc=String(attachment.description),
            AFRelationship=Name("/" + attachment.relationship),
            EF=Dictionary(F=data, UF=data),
        )
    )
