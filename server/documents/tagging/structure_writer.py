"""Writes structure tree, parent tree, link annotations and signature fields (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

from collections.abc import Sequence

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from server.documents.tagging.addresses import ascii_address
from server.documents.tagging.tree import (
    Appearance,
    Element,
    LinkArea,
    MarkedContent,
    Rectangle,
    SignatureField,
)
from server.documents.wording import LINK

_PRINT = 4
_PRINT_LOCKED = 132
_SIGNED_APPEND_ONLY = 3
"""As a signed form has it: signing then changes nothing but the field (ISO 32000-1, table 219)."""


class StructureWriter:
    """One use. Call `write_tree` first, then the annotations, then `finish`."""

    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self.pages = [page.obj for page in pdf.pages]
        self.objects: dict[int, Object] = {}
        self.parents: list[Object] = []
        self.root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))

    def write_tree(self, document: Element, contents: Sequence[Sequence[Element]]) -> None:
        """`contents[p][mcid]` is the element to which the marked content on page p belongs."""
        self.root.K = Array([self._element(document, self.root)])
        for page, elements in zip(self.pages, contents, strict=True):
            page.StructParents = len(self.parents)
            page.Tabs = Name.S
            owners = Array([self.objects[id(element)] for element in elements])
            self.parents.append(self.pdf.make_indirect(owners))

    def add_link(self, area: LinkArea) -> None:
        annotation = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=_rectangle(area.rectangle),
            F=_PRINT,
            BS=Dictionary(W=0),
            Contents=String(LINK.format(address=area.address)),
            A=Dictionary(S=Name.URI, URI=String(ascii_address(area.address))),
        )
        self._annotate(area.page, annotation, area.element)

    def add_fields(self, fields: Sequence[SignatureField]) -> None:
        widgets = [self._annotate(field.page, self._field(field), field.element) for field in fields]
        form = Dictionary(Fields=Array(widgets), SigFlags=_SIGNED_APPEND_ONLY)
        self.pdf.Root.AcroForm = self.pdf.make_indirect(form)

    def finish(self) -> None:
        numbers = [item for key, parent in enumerate(self.parents) for item in (key, parent)]
        self.root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=Array(numbers)))
        self.root.ParentTreeNextKey = len(self.parents)
        self.pdf.Root.StructTreeRoot = self.root
        self.pdf.Root.MarkInfo = Dictionary(Marked=True)
        for item in self.objects.values():
            _simplify_kids(item)

    def _element(self, element: Element, parent: Object) -> Object:
        item = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + element.tag), P=parent))
        self.objects[id(element)] = item
        if element.alt:
            item.Alt = String(element.alt)
        if element.title:
            item.T = String(element.title)
        if attributes := _attributes(element):
            item.A = attributes[0] if len(attributes) == 1 else Array(attributes)
        self._kids(item, element)
        return item

    def _kids(self, item: Object, element: Element) -> None:
        pages = [kid.page for kid in element.kids if isinstance(kid, MarkedContent)]
        if pages:
            item.Pg = self.pages[pages[0]]
        kids = Array()
        for kid in element.kids:
            if isinstance(kid, Element):
                kids.append(self._element(kid, item))
            elif kid.page == pages[0]:
                kids.append(kid.mcid)
            else:
                kids.append(Dictionary(Type=Name.MCR, Pg=self.pages[kid.page], MCID=kid.mcid))
        item.K = kids

    def _annotate(self, page: int, annotation: Dictionary, element: Element) -> Object:
        item = self.pdf.make_indirect(annotation)
        owner, on = self.objects[id(element)], self.pages[page]
        item.StructParent = len(self.parents)
        self.parents.append(owner)
        if "/Annots" not in on:
            on.Annots = Array()
        on.Annots.append(item)
        owner.K.append(Dictionary(Type=Name.OBJR, Obj=item, Pg=on))
        if "/Pg" not in owner:
            owner.Pg = on
        return item

    def _field(self, field: SignatureField) -> Dictionary:
        left, bottom, right, top = field.rectangle
        box = _rectangle((0, 0, right - left, top - bottom))
        look = field.look or Appearance("", frozenset())
        fonts = self.pages[field.page].Resources.get("/Font", Dictionary())
        named = Dictionary({name: fonts[name] for name in sorted(look.fonts)})
        appearance = self.pdf.make_stream(
            look.operators.encode("ascii"),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=box,
            Resources=Dictionary(Font=named) if look.fonts else Dictionary(),
        )
        return Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String(field.name),
            TU=String(field.tooltip),
            Rect=_rectangle(field.rectangle),
            F=_PRINT_LOCKED,
            P=self.pages[field.page],
            AP=Dictionary(N=appearance),
        )


def _attributes(element: Element) -> list[Object]:
    found: list[Object] = [
        Dictionary({"/O": Name("/" + owner), **{f"/{k}": Name("/" + v) for k, v in values.items()}})
        for owner, values in element.attributes.items()
    ]
    if element.summary:
        found.append(Dictionary(O=Name.Table, Summary=String(element.summary)))
    if element.box:
        found.append(Dictionary(O=Name.Layout, Placement=Name.Block, BBox=_rectangle(element.box)))
    return found


def _rectangle(box: Rectangle) -> Array:
    return Array([round(value, 3) for value in box])


def _simplify_kids(item: Object) -> None:
    """A field's element keeps its object reference bare, as the comparison of signed revisions expects;
    an array of elements stays an array.
    """
    kids = list(item.K)
    if not kids:
        del item.K
    elif len(kids) == 1 and not (isinstance(kids[0], Object) and kids[0].get("/Type") == Name.StructElem):
        item.K = kids[0]
