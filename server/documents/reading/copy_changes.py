"""What signing changed in a copy: every object that was handed out must still be there, as it was.

A signer may fill the field, and say what signing software says of itself: metadata, extensions,
validation data, default appearances of forms. `client/src/verify/copy/only-signed.ts` follows the same rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pikepdf import Array, Dictionary, Object, Pdf, Stream

from server.documents.reading.safe_streams import open_pdf

_CATALOG_MAY: Final = frozenset({"/AcroForm", "/DSS", "/Extensions", "/MarkInfo", "/Metadata", "/Version"})
_FORM_MAY: Final = frozenset({"/DA", "/DR", "/NeedAppearances", "/Q"})
_FIELD_MAY: Final = frozenset({"/AP", "/AS", "/DA", "/F", "/Ff", "/Q", "/Type", "/V"})


def ensure_only_signed(pdf: bytes, base: int, name: str) -> None:
    """`base` is the length of what was handed out, `name` that of its one field. Raises ValueError where more
    than this field was changed, or for what is no PDF."""
    with open_pdf(pdf[:base]) as before, open_pdf(pdf) as after:
        if before.Root.objgen != after.Root.objgen:
            raise ValueError("the copy has another catalogue")
        field = _only_field(before, name)
        for one in before.objects:
            other = after.get_object(one.objgen)
            if _content_of(one) != _content_of(other) and not _is_allowed(before, field, one, other):
                raise ValueError("more than the signature field was changed in the copy")


def _only_field(pdf: Pdf, name: str) -> Object:
    fields = list(pdf.Root.get("/AcroForm", Dictionary()).get("/Fields", Array()))
    if len(fields) != 1 or str(fields[0].get("/T", "")) != name or "/V" in fields[0]:
        raise ValueError("the copy had other fields")
    return fields[0]


def _is_allowed(before: Pdf, field: Object, one: Object, other: Object) -> bool:
    root = before.Root
    if one.objgen in _numbers(root.get("/Metadata"), field.get("/AP", Dictionary()).get("/N")):
        return isinstance(other, Stream)
    if not isinstance(one, Dictionary) or not isinstance(other, Dictionary):
        return False
    if one.objgen in _numbers(before.trailer.get("/Info")):
        return True
    if one.objgen == root.objgen:
        return _is_same_but(_CATALOG_MAY, one, other) and _is_same_but(
            _FORM_MAY, one.AcroForm, other.get("/AcroForm")
        )
    if one.objgen == root.AcroForm.objgen:
        return _is_same_but(_FORM_MAY, one, other)
    return one.objgen == field.objgen and "/V" in other and _is_same_but(_FIELD_MAY, one, other)


def _numbers(*objects: Object | None) -> Iterator[tuple[int, int]]:
    """Of those that are objects of their own."""
    return (item.objgen for item in objects if item is not None and item.objgen != (0, 0))


def _is_same_but(free: frozenset[str], one: Object, other: Object | None) -> bool:
    return isinstance(other, Dictionary) and _without(free, one) == _without(free, other)


def _without(free: frozenset[str], dictionary: Object) -> bytes:
    kept = {key: value for key, value in dictionary.items() if key not in free}
    return Dictionary(kept).unparse()


def _content_of(item: Object) -> tuple[bytes, bytes]:
    """As it is written, references not followed: the value, and the data of a stream."""
    if isinstance(item, Stream):
        return item.stream_dict.unparse(), item.read_raw_bytes()
    return item.unparse(resolved=True), b""
