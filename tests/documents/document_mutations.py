"""Single faults in a sound document. Each must be noticed by the validator or by our own checks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

Mutation = Callable[[Pdf], None]


def elements(pdf: Pdf, tag: str) -> Iterator[Object]:
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == "/StructElem" and "/" + tag == item.S:
            yield item


def first(pdf: Pdf, tag: str) -> Object:
    return next(elements(pdf, tag))


def links(pdf: Pdf) -> Iterator[Object]:
    return (i for i in pdf.objects if isinstance(i, Dictionary) and i.get("/Subtype") == "/Link")


def fonts(pdf: Pdf) -> Dictionary:
    return pdf.pages[0].obj.Resources.Font


def a_font(pdf: Pdf) -> Object:
    return fonts(pdf)[sorted(fonts(pdf).keys())[0]]


def contents(pdf: Pdf, change: Callable[[bytes], bytes], page: int = 1) -> None:
    target = pdf.pages[page].obj
    before = target.Contents.read_bytes()
    after = change(before)
    assert after != before
    target.Contents = pdf.make_stream(after)


def packet(pdf: Pdf, old: bytes, new: bytes) -> None:
    before = pdf.Root.Metadata.read_bytes()
    assert old in before
    pdf.Root.Metadata.write(before.replace(old, new))


def no_language(pdf: Pdf) -> None:
    del pdf.Root.Lang


def malformed_language(pdf: Pdf) -> None:
    pdf.Root.Lang = String("deutsch!")


def not_marked(pdf: Pdf) -> None:
    del pdf.Root.MarkInfo


def no_metadata(pdf: Pdf) -> None:
    del pdf.Root.Metadata


def no_output_intent(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents


def title_not_displayed(pdf: Pdf) -> None:
    del pdf.Root.ViewerPreferences


def no_bookmarks(pdf: Pdf) -> None:
    del pdf.Root.Outlines


def no_tab_order(pdf: Pdf) -> None:
    del pdf.pages[0].obj.Tabs


def no_tab_order_on_the_last_page(pdf: Pdf) -> None:
    del pdf.pages[-1].obj.Tabs


def no_title_in_metadata(pdf: Pdf) -> None:
    packet(pdf, b"dc:title>", b"dc:titel>")


def no_pdfua_claim(pdf: Pdf) -> None:
    packet(pdf, b"<pdfuaid:part>1</pdfuaid:part>", b"")


def no_extension_schema(pdf: Pdf) -> None:
    text = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(
        re.sub(rb"<pdfaExtension:schemas>.*</pdfaExtension:schemas>", b"", text, flags=re.S)
    )


def page_without_struct_parents(pdf: Pdf) -> None:
    del pdf.pages[1].obj.StructParents


def wrong_struct_parents(pdf: Pdf) -> None:
    pdf.pages[1].obj.StructParents = 0


def swapped_parent_tree(pdf: Pdf) -> None:
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    numbers[1], numbers[3] = numbers[3], numbers[1]


def no_parent_tree(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot.ParentTree


def figure_without_description(pdf: Pdf) -> None:
    del first(pdf, "Figure").Alt


def headers_without_scope(pdf: Pdf) -> None:
    for header in elements(pdf, "TH"):
        del header.A


def skipped_heading_level(pdf: Pdf) -> None:
    first(pdf, "H2").S = Name.H4


def unknown_tag(pdf: Pdf) -> None:
    first(pdf, "P").S = Name.Absatz


def list_item_as_cell(pdf: Pdf) -> None:
    first(pdf, "LI").S = Name.TD


def row_too_short(pdf: Pdf) -> None:
    row = list(elements(pdf, "TR"))[4]
    row.K = Array(list(row.K)[:-1])


def link_without_description(pdf: Pdf) -> None:
    del next(links(pdf)).Contents


def link_not_printed(pdf: Pdf) -> None:
    next(links(pdf)).F = 0


def hidden_link(pdf: Pdf) -> None:
    next(links(pdf)).F = 6


def field_without_description(pdf: Pdf) -> None:
    del pdf.Root.AcroForm.Fields[3].TU


def field_without_appearance(pdf: Pdf) -> None:
    del pdf.Root.AcroForm.Fields[3].AP


def untagged_field(pdf: Pdf) -> None:
    first(pdf, "Form").K = Array()
    del pdf.Root.AcroForm.Fields[0].StructParent


def appearances_to_be_made(pdf: Pdf) -> None:
    pdf.Root.AcroForm.NeedAppearances = True


def attachment_without_relationship(pdf: Pdf) -> None:
    del pdf.Root.AF[0].AFRelationship


def attachments_not_associated(pdf: Pdf) -> None:
    del pdf.Root.AF


def attachment_without_unicode_name(pdf: Pdf) -> None:
    del pdf.Root.AF[0].UF


def attachment_without_media_type(pdf: Pdf) -> None:
    del pdf.Root.AF[0].EF.F.Subtype


def font_not_embedded(pdf: Pdf) -> None:
    del a_font(pdf).FontDescriptor.FontFile2


def no_to_unicode(pdf: Pdf) -> None:
    del a_font(pdf).ToUnicode


def wrong_widths(pdf: Pdf) -> None:
    font = a_font(pdf)
    font.Widths = Array([300] * len(font.Widths))


def script_on_opening(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def untagged_text(pdf: Pdf) -> None:
    untag = re.compile(rb"/P <</MCID \d+>> BDC(.*?ET\s+)EMC", re.S)
    contents(pdf, lambda text: untag.sub(rb"\1", text, count=1))


def cmyk_colour(pdf: Pdf) -> None:
    contents(pdf, lambda text: text + b"\n/Artifact BMC 0 0 0 1 k 10 10 5 5 re f EMC\n")


def helvetica(pdf: Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    fonts(pdf)["/FX"] = pdf.make_indirect(font)
    contents(pdf, lambda text: text + b"\n/Artifact BMC BT /FX 10 Tf 20 20 Td (x) Tj ET EMC\n")


def missing_font_resource(pdf: Pdf) -> None:
    contents(pdf, lambda text: text + b"\n/Artifact BMC BT /FZ 10 Tf 20 20 Td (x) Tj ET EMC\n")


def duplicate_mcid(pdf: Pdf) -> None:
    contents(pdf, lambda text: text.replace(b"/MCID 6>>", b"/MCID 5>>", 1))


MUTATIONS: tuple[Mutation, ...] = tuple(
    f
    for name, f in list(globals().items())
    if callable(f)
    and getattr(f, "__module__", "") == __name__
    and getattr(f, "__annotations__", {}) == {"pdf": "Pdf", "return": "None"}
)
