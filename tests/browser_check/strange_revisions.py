"""Later revisions that reach what a page, a form or an attachment is made of from somewhere else: what pages
inherit, what a reference leads to, what is named, numbered or said twice.

By somebody without any key, stamped as in `later_revisions`; most make a viewer show, read aloud, open or
hand out something else than what was sealed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

import pikepdf
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NullObject,
    pdf_name,
    pdf_string,
)

from server.signing.seal.pdf_writer import MetadataKeepingWriter
from tests.browser_check.later_revisions import (
    NEW_FIELD,
    Change,
    add_field,
    box,
    change_member,
    forgers_certificate,
    form,
    number,
    page,
    spare,
    store,
    stream,
)
from tests.browser_check.raw_revisions import Known, Revision

Find = Callable[[Any], Any]


def _pages(pdf: MetadataKeepingWriter) -> Any:
    return pdf.root["/Pages"]


def _seal(pdf: MetadataKeepingWriter) -> Any:
    return spare(pdf, "Siegel")


def _font(pdf: MetadataKeepingWriter) -> Any:
    return page(pdf)["/Resources"]["/Font"]["/F1+0"]


def _words(pdf: MetadataKeepingWriter) -> Any:
    """The first block of the text, as it is read aloud."""
    return pdf.root["/StructTreeRoot"]["/K"][0]["/K"][0]


def _link(pdf: MetadataKeepingWriter) -> Any:
    notes = page(pdf)["/Annots"]
    return next(notes[i] for i in range(len(notes)) if notes[i]["/Subtype"] == "/Link")


def _file(pdf: MetadataKeepingWriter) -> Any:
    """The specification of the text's file."""
    return pdf.root["/AF"][0]


def _names(pdf: MetadataKeepingWriter) -> Any:
    return pdf.root["/Names"]["/EmbeddedFiles"]


def _put(find: Find, key: str, value: Any) -> Change:
    return partial(change_member, find, key, value)


def _reorder(find: Find, key: str) -> Change:
    def change(pdf: MetadataKeepingWriter) -> None:
        owner = find(pdf)
        items = owner[key]
        owner[pdf_name(key)] = ArrayObject([items.raw_get(i) for i in reversed(range(len(items)))])
        pdf.update_container(owner)

    return change


def _add_a_page(pdf: MetadataKeepingWriter) -> None:
    new = DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Page"),
            pdf_name("/Parent"): pdf.root.raw_get("/Pages"),
            pdf_name("/MediaBox"): box(0, 0, 595, 842),
        }
    )
    _pages(pdf)["/Kids"].append(pdf.add_object(new))
    pdf.update_container(_pages(pdf)["/Kids"])
    _put(_pages, "Count", number(3))(pdf)


def _show_the_seal_again(pdf: MetadataKeepingWriter) -> None:
    """A further field with the seal's own signature as its value."""
    add_field(pdf, T=pdf_string("Noch eines"), V=_seal(pdf).raw_get("/V"))


def _in_no_page(pdf: MetadataKeepingWriter) -> None:
    """A field that says it lies on an object which is no page."""
    add_field(pdf, P=IndirectObject(_pages(pdf).container_ref.idnum, 0, pdf))


def _keep_what_is_painted(pdf: MetadataKeepingWriter) -> None:
    """Validation data that are an object of the sealed page."""
    certificates = ArrayObject([page(pdf).raw_get("/Contents")])
    data = DictionaryObject({pdf_name("/Type"): pdf_name("/DSS"), pdf_name("/Certs"): certificates})
    pdf.root[pdf_name("/DSS")] = pdf.add_object(data)
    pdf.update_root()


def _keep_too_much(pdf: MetadataKeepingWriter) -> None:
    """One certificate, named more often than any verifier counts."""
    certificate = pdf.add_object(stream(forgers_certificate()))
    data = DictionaryObject({pdf_name("/Certs"): ArrayObject([certificate] * 1_001)})
    pdf.root[pdf_name("/DSS")] = pdf.add_object(data)
    pdf.update_root()


def _grant_more(pdf: MetadataKeepingWriter) -> None:
    parameters = _seal(pdf)["/V"]["/Reference"][0]["/TransformParams"]
    parameters[pdf_name("/P")] = number(3)
    pdf.update_container(parameters)


def _list_twice(pdf: MetadataKeepingWriter) -> None:
    fields = form(pdf)["/Fields"]
    fields.append(fields.raw_get(0))
    pdf.update_container(fields)
    pdf.update_container(form(pdf))


def _texts(*words: str) -> ArrayObject:
    return ArrayObject(map(pdf_string, words))


_WORD: Final = pdf_string("anders")
_SCRIPT: Final = DictionaryObject(
    {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): pdf_string("app.alert('x')")}
)
_SPARE: Final[Mapping[str, Change]] = {
    "all pages get another box": _put(_pages, "MediaBox", box(0, 0, 9, 9)),
    "all pages get other fonts": _put(_pages, "Resources", DictionaryObject()),
    "all pages are turned": _put(_pages, "Rotate", number(180)),
    "more pages than there are": _put(_pages, "Count", number(9)),
    "a page more in the tree": _add_a_page,
    "a page of another parent": _put(page, "Parent", box(0)),
    "a font of another encoding": _put(_font, "Encoding", pdf_name("/MacRomanEncoding")),
    "a font of other widths": _put(_font, "Widths", box(*[0] * 40)),
    "other letters in a font": _put(lambda pdf: _font(pdf)["/FontDescriptor"], "FontFile2", NullObject()),
    "other words read aloud": _put(_words, "ActualText", _WORD),
    "an explanation read aloud": _put(_words, "Alt", _WORD),
    "a heading that was none": _put(_words, "S", pdf_name("/H1")),
    "roles that mean something else": _put(
        lambda pdf: pdf.root["/StructTreeRoot"],
        "RoleMap",
        DictionaryObject({pdf_name("/P"): pdf_name("/Artifact")}),
    ),
    "blocks read in another order": _reorder(lambda pdf: pdf.root["/StructTreeRoot"]["/K"][0], "/K"),
    "a link to somebody else": _put(_link, "A", _SCRIPT),
    "a link over the page": _put(_link, "Rect", box(0, 0, 600, 900)),
    "a link that is a form field": _put(_link, "Subtype", pdf_name("/Widget")),
    "an attachment of another name": _put(_file, "UF", _WORD),
    "an attachment somewhere else": _put(_file, "FS", pdf_name("/URL")),
    "an attachment of another kind": _put(_file, "AFRelationship", pdf_name("/Alternative")),
    "an attachment said to be otherwise": _put(_file, "Desc", _WORD),
    "another file of the same name": _put(lambda pdf: _file(pdf)["/EF"], "UF", NullObject()),
    "an attachment with another checksum": _put(
        lambda pdf: _file(pdf)["/EF"]["/F"]["/Params"], "CheckSum", ByteStringObject(b"0" * 16)
    ),
    "an attachment outside the file": _put(lambda pdf: _file(pdf)["/EF"]["/F"], "F", _WORD),
    "attachments named in another order": _reorder(_names, "/Names"),
    "attachments named by further ones": _put(_names, "Kids", ArrayObject()),
    "scripts by name": _put(lambda pdf: pdf.root["/Names"], "JavaScript", DictionaryObject()),
    "another title in the list of facts": _put(lambda pdf: pdf.trailer["/Info"], "Title", _WORD),
    "pages numbered otherwise": _put(lambda pdf: pdf.root["/PageLabels"], "Nums", ArrayObject()),
    "another outline": _put(lambda pdf: pdf.root["/Outlines"], "Count", number(0)),
    "a seal somewhere else": _put(_seal, "Rect", box(0, 0, 0, 0)),
    "a seal of another name": _put(_seal, "TU", _WORD),
    "a seal that is taken away": _put(_seal, "V", None),
    "a seal for another reason": _put(lambda pdf: _seal(pdf)["/V"], "Reason", _WORD),
    "a seal that grants more": _grant_more,
    "a seal that certifies nothing": _put(lambda pdf: pdf.root["/Perms"], "DocMDP", None),
    "rights of use": _put(lambda pdf: pdf.root["/Perms"], "UR3", DictionaryObject()),
    "a field with the seal's signature": _show_the_seal_again,
    "a field twice in the form": _list_twice,
    "more validation data than may be": _keep_too_much,
    "validation data that are a page's": _keep_what_is_painted,
    "validation data with a filter of parameters": partial(
        store, Certs=ArrayObject(), VRI=DictionaryObject({pdf_name("/X"): _SCRIPT})
    ),
}
"""Stamped in a spare field."""
_FIELDS: Final[Mapping[str, Change]] = {
    "a field on no page": _in_no_page,
    "a field called by a list": partial(add_field, TU=_texts("anders")),
    "a field of a box of words": partial(add_field, Rect=_texts("a", "b", "a", "b")),
    "a field of a box of nothing": partial(add_field, Rect=ArrayObject([NullObject()] * 4)),
    "a field of a type that is null": partial(add_field, Type=NullObject()),
}
"""With a field of their own for the stamp."""


_EMPTY: Final = b"<< /Length 0 >>\nstream\n\nendstream"


def by_hand(sealed: bytes) -> Mapping[str, Callable[[], bytes]]:
    """What the library would not write: an object in the place of another one, whatever names it."""
    known = Known(sealed)
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        first, root = pdf.pages[0].obj, pdf.Root
        font = first.Resources.Font["/F1+0"]
        picture = root.AcroForm.Fields[0].AP.N
        instead = {
            "a page that is null": (first, b"null"),
            "a page that is a list": (first, b"[ ]"),
            "letters called otherwise": (font.ToUnicode, _EMPTY),
            "other letters in a font file": (font.FontDescriptor.FontFile2, _EMPTY),
            "another colour profile": (root.OutputIntents[0].DestOutputProfile, _EMPTY),
            "another picture of the seal": (picture, _EMPTY),
            "an attachment of other bytes": (root.AF[0].EF.F, _EMPTY),
            "another seal": (root.AcroForm.Fields[0].V, b"<< /Type /Sig >>"),
        }
        objects = {name: {found.objgen[0]: body} for name, (found, body) in instead.items()}
        number, body = root.AcroForm.objgen[0], root.AcroForm.unparse(resolved=True)
        flags = re.compile(rb"/SigFlags \d+")
        for name, members in {
            "a form that draws its fields anew": b"/SigFlags 3 /NeedAppearances true",
            "a form with flags that are a text": b"/SigFlags (3)",
            "a form with flags that are no whole number": b"/SigFlags 3.5",
            "a form with flags that are another object": b"/SigFlags %d 0 R" % number,
        }.items():
            objects[name] = {number: flags.sub(members, body)}
    return {name: partial(Revision(objects=more).write, known) for name, more in objects.items()}


def strange() -> Mapping[str, tuple[Change, str | None]]:
    """As `later_revisions.FORGED`."""
    return {name: (change, None) for name, change in _SPARE.items()} | {
        name: (change, NEW_FIELD) for name, change in _FIELDS.items()
    }
