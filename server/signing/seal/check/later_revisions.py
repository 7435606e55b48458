"""What may follow the seal in a file, by a list of what may be; everything else is a change of the document.

A later revision may fill a spare field of the sealed revision with a document time stamp, add validation
data (DSS), and add bare fields for further time stamps (EN 319 142-1, 5.5; ISO 32000-2, 12.8.4). Every other
object stays equal. `client/src/verify/seal/later-revisions.ts` follows the same list.
"""

from __future__ import annotations

import io
from typing import Any, Final

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import DictionaryObject, PdfObject, Reference, StreamObject
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

from server.signing.seal.check.raw_objects import (
    OtherKind,
    array,
    dictionary,
    is_nowhere,
    is_same,
    is_whole,
    page_references,
    raw,
    reference_of,
)

_STAMP: Final = frozenset({"/Type", "/Filter", "/SubFilter", "/Contents", "/ByteRange"})
_BARE_FIELD: Final = frozenset({"/FT", "/T", "/TU", "/Type", "/Subtype", "/F", "/Rect", "/P", "/V"})
_STORE: Final = frozenset({"/Type", "/Certs", "/OCSPs", "/CRLs", "/VRI"})
_RELATED: Final = frozenset({"/Type", "/Cert", "/OCSP", "/CRL", "/TU", "/TS"})
_STREAM: Final = frozenset({"/Length", "/Filter"})
_INVISIBLE: Final = 132
"""Flags of a field's widget: print and locked (ISO 32000-2, table 167)."""
_SIGNED: Final = 3
"""Flags of the form: there are signatures, and the file grows only (table 225)."""
_TEXTS: Final = (generic.TextStringObject, generic.ByteStringObject)
_NOTHING: Final = DictionaryObject()  # type: ignore[no-untyped-call]  # the library's constructor has no types


class ChangedAfterSeal(Exception):
    """A later revision does what none may. The message says what, in plain English."""


def ensure_only_extended(pdf: bytes, end: int, reader: PdfFileReader) -> None:
    """`end` is the offset behind the last byte that the seal covers, `reader` reads the whole file.

    Raises ChangedAfterSeal, and whatever the reader raises for a damaged file.
    """
    sealed = PdfFileReader(io.BytesIO(pdf[:end]), strict=True).xrefs
    starts = [sealed.get_startxref_for_revision(n) for n in range(sealed.total_revisions)]
    if starts != [reader.xrefs.get_startxref_for_revision(n) for n in range(len(starts))]:
        raise ChangedAfterSeal("later revisions pass over the sealed one")
    try:
        _LaterRevisions(reader, len(starts) - 1).check()
    except OtherKind as error:
        raise ChangedAfterSeal(str(error)) from error


class _LaterRevisions:
    def __init__(self, reader: PdfFileReader, sealed: int) -> None:
        self._reader = reader
        self._before = reader.get_historical_resolver(sealed)
        self._after = reader.get_historical_resolver(reader.xrefs.total_revisions - 1)
        self._revisions = range(sealed + 1, reader.xrefs.total_revisions)
        self._size = int(self._before.trailer_view["/Size"])
        self._touched = {r for n in self._revisions for r in reader.xrefs.explicit_refs_in_revision(n)}
        self._explained: set[Reference] = set()
        self._new_fields: dict[Reference, Reference] = {}
        """The page on which each says it lies."""
        self._stored: set[Reference] = set()
        """Validation data of the sealed revision."""

    def check(self) -> None:
        if self._reader.xrefs.hybrid_xrefs_present:
            raise ChangedAfterSeal("the file has two tables of objects")
        self._trailers()
        self._nothing_freed()
        self._catalog()
        self._pages()
        self._file_structure()
        for reference in self._touched - self._explained:
            self._equal(reference)

    def _trailers(self) -> None:
        before, after = self._before.trailer_view, self._after.trailer_view
        for key in ("/Root", "/Info", "/Encrypt"):
            if not is_same(raw(before, key), raw(after, key)):
                raise ChangedAfterSeal(f"the trailer names another {key[1:]}")

    def _nothing_freed(self) -> None:
        for number in self._revisions:
            for reference in self._reader.xrefs.refs_freed_in_revision(number):
                if reference.idnum:
                    raise ChangedAfterSeal("an object was removed")

    def _catalog(self) -> None:
        root = self._reader.root_ref
        one, other = dictionary(self._before(root)), dictionary(self._after(root))
        self._same_but(one, other, {"/DSS", "/AcroForm"}, "the catalogue")
        self._explained.add(root)
        self._store(raw(one, "/DSS"), raw(other, "/DSS"))
        self._form(raw(one, "/AcroForm"), raw(other, "/AcroForm"))

    # Fields

    def _form(self, one: PdfObject | None, other: PdfObject | None) -> None:
        self._same_place(one, other, "the form")
        before, after = self._both(one, other)
        self._same_but(before, after, {"/Fields", "/SigFlags"}, "the form")
        flags = raw(after, "/SigFlags")
        if not is_same(flags, raw(before, "/SigFlags")) and not (is_whole(flags) and flags == _SIGNED):
            raise ChangedAfterSeal("the form has other flags")
        kept, added = self._grown(raw(before, "/Fields"), raw(after, "/Fields"), "the list of fields")
        for reference in kept:
            if reference in self._touched:
                self._filled(reference)
        for reference in added:
            self._bare_field(reference)

    def _filled(self, reference: Reference) -> None:
        """A spare field of the sealed revision that bears a time stamp now, and is otherwise as it was."""
        one, other = dictionary(self._before(reference)), dictionary(self._after(reference))
        if is_same(one, other):
            return
        if "/V" in one or raw(one, "/FT") != "/Sig" or not is_nowhere(one):
            raise ChangedAfterSeal("a field was changed")
        self._same_but(one, other, {"/V"}, "a spare field")
        self._stamp(raw(other, "/V"))
        self._explained.add(reference)

    def _bare_field(self, reference: Reference) -> None:
        field = dictionary(self._new(reference))
        is_bare = (
            set(field) <= _BARE_FIELD
            and raw(field, "/FT") == "/Sig"
            and raw(field, "/Subtype") == "/Widget"
            and raw(field, "/Type") in (None, "/Annot")
            and is_whole(raw(field, "/F"))
            and raw(field, "/F") == _INVISIBLE
            and isinstance(raw(field, "/T"), _TEXTS)
            and ("/TU" not in field or isinstance(raw(field, "/TU"), _TEXTS))
            and isinstance(raw(field, "/P"), generic.IndirectObject)
            and is_nowhere(field)
        )
        if not is_bare:
            raise ChangedAfterSeal("a field was added that is more than the place of a time stamp")
        self._stamp(raw(field, "/V"))
        self._new_fields[reference] = reference_of(raw(field, "/P"))

    def _stamp(self, value: PdfObject | None) -> None:
        stamp = dictionary(self._new(reference_of(value)))
        if (
            set(stamp) != _STAMP
            or raw(stamp, "/Type") != "/DocTimeStamp"
            or raw(stamp, "/SubFilter") != "/ETSI.RFC3161"
        ):
            raise ChangedAfterSeal("a field was filled with something else than a time stamp")

    # Validation data

    def _store(self, one: PdfObject | None, other: PdfObject | None) -> None:
        if other is None and one is None:
            return
        after = self._named(other, _STORE, "the validation data")
        before = dictionary(self._look(self._before, one)) if one is not None else _NOTHING
        for key in ("/Certs", "/OCSPs", "/CRLs"):
            self._streams(raw(before, key), raw(after, key))
        self._related(raw(before, "/VRI"), raw(after, "/VRI"))

    def _related(self, one: PdfObject | None, other: PdfObject | None) -> None:
        """What belongs to each signature, by its digest (EN 319 142-1, 5.4.3)."""
        if other is None:
            if one is not None:
                raise ChangedAfterSeal("validation data were removed")
            return
        before = dictionary(self._look(self._before, one)) if one is not None else _NOTHING
        after = dictionary(self._look(self._after, other))
        self._explain(other)
        if not set(before) <= set(after):
            raise ChangedAfterSeal("validation data were removed")
        for key in after:
            entry = self._named(raw(after, key), _RELATED, "the validation data")
            for kind in ("/Cert", "/OCSP", "/CRL"):
                self._streams(None, raw(entry, kind))
            if "/TS" in entry:
                self._stream(reference_of(raw(entry, "/TS")))

    def _named(self, value: PdfObject | None, keys: frozenset[str], what: str) -> DictionaryObject:
        found = dictionary(self._look(self._after, value))
        self._explain(value)
        if not set(found) <= keys:
            raise ChangedAfterSeal(f"{what} hold something else")
        return found

    def _streams(self, one: PdfObject | None, other: PdfObject | None) -> None:
        before = list(array(self._look(self._before, one))) if one is not None else []
        after = list(array(self._look(self._after, other))) if other is not None else []
        self._explain(other)
        self._stored |= {reference_of(value) for value in before}
        for value in after:
            self._stream(reference_of(value))
        if not {reference_of(value) for value in before} <= {reference_of(value) for value in after}:
            raise ChangedAfterSeal("validation data were removed")

    def _stream(self, reference: Reference) -> None:
        if reference in self._stored:
            return
        stream = self._new(reference)
        if not isinstance(stream, StreamObject) or not set(stream) <= _STREAM:
            raise ChangedAfterSeal("the validation data hold something else")

    # Pages and the rest

    def _pages(self) -> None:
        """A page may only list the fields that were added; its own place says so."""
        for page in page_references(self._before):
            if page not in self._touched:
                one = dictionary(self._before(page))
            else:
                one, other = dictionary(self._before(page)), dictionary(self._after(page))
                self._same_but(one, other, {"/Annots"}, "a page")
                self._explained.add(page)
            self._annotations(page, one, dictionary(self._after(page)))
        if self._new_fields:
            raise ChangedAfterSeal("a field was added that lies on no page")

    def _annotations(self, page: Reference, one: DictionaryObject, other: DictionaryObject) -> None:
        _, added = self._grown(raw(one, "/Annots"), raw(other, "/Annots"), "the annotations of a page")
        for annotation in added:
            if self._new_fields.pop(annotation, None) != page:
                raise ChangedAfterSeal("an annotation was added to a page")

    def _file_structure(self) -> None:
        """Tables and packs of objects, which are no part of the document."""
        for reference in self._touched:
            if reference.idnum < self._size:
                continue
            found = self._after(reference)
            if isinstance(found, StreamObject) and raw(found, "/Type") in ("/XRef", "/ObjStm"):
                self._explained.add(reference)

    def _equal(self, reference: Reference) -> None:
        if reference.idnum >= self._size or not is_same(self._before(reference), self._after(reference)):
            raise ChangedAfterSeal("an object was changed or added that is nothing of this kind")

    # Parts

    def _grown(
        self, one: PdfObject | None, other: PdfObject | None, what: str
    ) -> tuple[list[Reference], list[Reference]]:
        """References of a list that were there, and those added behind them."""
        if one is not None and isinstance(one, generic.IndirectObject):
            self._same_place(one, other, what)
        before = list(array(self._look(self._before, one))) if one is not None else []
        after = list(array(self._look(self._after, other))) if other is not None else []
        if len(before) > len(after) or not all(map(is_same, before, after)):
            raise ChangedAfterSeal(f"{what} changed")
        self._explain(other)
        return [reference_of(v) for v in before], [reference_of(v) for v in after[len(before) :]]

    def _both(
        self, one: PdfObject | None, other: PdfObject | None
    ) -> tuple[DictionaryObject, DictionaryObject]:
        before, after = self._look(self._before, one), self._look(self._after, other)
        self._explain(other)
        return dictionary(before), dictionary(after)

    def _same_place(self, one: PdfObject | None, other: PdfObject | None, what: str) -> None:
        if type(one) is not type(other):
            raise ChangedAfterSeal(f"{what} changed")
        if isinstance(one, generic.IndirectObject) and not is_same(one, other):
            raise ChangedAfterSeal(f"{what} changed")

    def _same_but(self, one: DictionaryObject, other: DictionaryObject, free: set[str], what: str) -> None:
        for key in (set(one) | set(other)) - free:
            if not is_same(raw(one, key), raw(other, key)):
                raise ChangedAfterSeal(f"{what} changed")

    def _new(self, reference: Reference) -> PdfObject:
        """An object that the sealed revision does not have. It is explained with that."""
        if reference.idnum < self._size or reference not in self._touched:
            raise ChangedAfterSeal("an object of the sealed document was put to another use")
        self._explained.add(reference)
        found: PdfObject = self._after(reference)
        return found

    def _explain(self, value: PdfObject | None) -> None:
        if isinstance(value, generic.IndirectObject):
            self._explained.add(value.reference)

    def _look(self, state: HistoricalResolver, value: PdfObject | None) -> Any:
        return state(value.reference) if isinstance(value, generic.IndirectObject) else value
