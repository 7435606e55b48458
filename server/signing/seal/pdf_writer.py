"""Incremental updates (ISO 32000-1, 7.5.6) that leave the metadata as they are."""

from __future__ import annotations

import io
import string
from typing import Final

from pyhanko.pdf_utils.font.api import FontSubsetCollection
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import enumerate_sig_fields

ARCHIVE_FIELD: Final = "Archivzeitstempel_"
"""How the names of the spare fields for document time stamps begin; a zero-padded number follows."""


class _NumberedSubsets(FontSubsetCollection):
    """The library draws the six letters before a subset font's name by lot; here they count, so that the same
    seal is made of the same bytes."""

    def add_subset(self) -> str:
        number = len(self.subsets)
        return "SIEGE" + string.ascii_uppercase[number]


class MetadataKeepingWriter(IncrementalPdfFileWriter):
    """The library rewrites producer and dates of the XMP packet at every save, in a form that is no longer
    PDF/A. A seal changes nothing that metadata describe, so they stay byte for byte. So does the version."""

    def _update_meta(self) -> None:
        pass

    def get_subset_collection(self, base_postscript_name: str) -> FontSubsetCollection:
        known = self._font_resources
        return known.setdefault(base_postscript_name, _NumberedSubsets(base_postscript_name))

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        """The catalogue keeps the version of the header: PDF/A-3 knows none above 1.7 (ISO 19005-3, 6.1.2),
        where the library would write 2.0 for a PAdES signature."""


def writer(pdf: bytes) -> MetadataKeepingWriter:
    """Raises pyHanko's reading errors for what is no proper PDF."""
    return MetadataKeepingWriter(io.BytesIO(pdf), strict=True)


def empty_fields(pdf: MetadataKeepingWriter) -> list[str]:
    """Names of the signature fields that nobody has signed yet, sorted."""
    return sorted(name for name, _, _ in enumerate_sig_fields(pdf.prev, filled_status=False))


def spare_archive_field(pdf: MetadataKeepingWriter) -> str | None:
    """The next free field for a document time stamp; None when all are used up."""
    return next((name for name in empty_fields(pdf) if name.startswith(ARCHIVE_FIELD)), None)
