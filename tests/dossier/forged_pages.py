"""What somebody with the key could show instead of the signed text: changes of a file before its seal."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, String

from tests.browser_check.sealed_files import Unsealed

Forgery = Callable[[Pdf], None]


def forge(honest: Unsealed, change: Forgery) -> bytes:
    """Sealed as the service seals, saved as its renderer saves."""
    return replace(honest, pdf=resaved(honest.pdf, change)).seal()


def resaved(pdf: bytes, change: Forgery) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        change(opened)
        opened.save(
            out,
            min_version="1.7",
            deterministic_id=True,
            fix_metadata_version=False,
            object_stream_mode=ObjectStreamMode.generate,
        )
    return out.getvalue()


def nothing(_pdf: Pdf) -> None:
    pass


def without_imprint(pdf: Pdf) -> None:
    """As in a document of before there was one."""
    names = list(pdf.Root.Names.EmbeddedFiles.Names)
    kept = [pair for pair in zip(names[::2], names[1::2], strict=True) if str(pair[0]) != "dokument.json"]
    pdf.Root.Names.EmbeddedFiles.Names = Array([item for pair in kept for item in pair])
    pdf.Root.AF = Array([item for item in pdf.Root.AF if str(item.F) != "dokument.json"])


def _page(pdf: Pdf) -> Any:
    return pdf.pages[0].obj


def _contents(pdf: Pdf, change: Callable[[bytes], bytes]) -> None:
    stream = _page(pdf).Contents
    before = stream.read_bytes()
    after = change(before)
    assert after != before
    stream.write(after)


def _add(pdf: Pdf, operators: bytes) -> None:
    _contents(pdf, lambda before: before + b"\n" + operators + b"\n")


def _font(pdf: Pdf) -> bytes:
    return str(sorted(_page(pdf).Resources.Font.keys())[0]).encode()


def _text(pdf: Pdf, x: float = 110, y: float = 500, operator: bytes = b"<0102> Tj") -> bytes:
    return b"BT /%s 12 Tf 1 0 0 1 %d %d Tm %s ET" % (_font(pdf)[1:], x, y, operator)


def artifact_over_a_clause(pdf: Pdf) -> None:
    over = b"/Artifact BMC 1 1 1 rg 70 300 460 400 re f 0 0 0 rg " + _text(pdf) + b" EMC"
    _add(pdf, over)


def words_in_an_artifact(pdf: Pdf) -> None:
    _add(pdf, b"/Artifact <</Type /Pagination>> BDC 0.09 0.1 0.12 rg " + _text(pdf) + b" EMC")


def covered_words(pdf: Pdf) -> None:
    _add(pdf, b"/Artifact BMC 0.955 0.965 0.975 rg 70 300 460 480 re f EMC")


def covered_from_the_right(pdf: Pdf) -> None:
    """The same area, given by its upper right corner."""
    _add(pdf, b"/Artifact BMC 0.955 0.965 0.975 rg 530 780 -460 -480 re f EMC")


def covered_ends_of_lines(pdf: Pdf) -> None:
    _add(pdf, b"/Artifact BMC 0.955 0.965 0.975 rg 250 300 280 400 re f EMC")


def covered_by_stripes(pdf: Pdf) -> None:
    stripes = b" ".join(b"70 %d 460 4.5 re" % y for y in range(300, 700, 4))
    _add(pdf, b"/Artifact BMC 0.955 0.965 0.975 rg " + stripes + b" f EMC")


def covered_by_a_frame(pdf: Pdf) -> None:
    _add(pdf, b"/Artifact BMC 400 w 1 1 1 RG 270 500 60 0.1 re S EMC")


def struck_out(pdf: Pdf) -> None:
    _add(pdf, _strokes(pdf))


def struck_out_before_it_is_written(pdf: Pdf) -> None:
    strokes = _strokes(pdf)
    _contents(pdf, lambda text: strokes + b"\n" + text)


def _strokes(pdf: Pdf) -> bytes:
    """A thin line through every line of letters."""
    found = re.findall(rb"1 0 0 1 [\d.]+ ([\d.]+) Tm", _page(pdf).Contents.read_bytes())
    lines = b" ".join(b"70 %.2f 460 0.6 re" % (float(y) + 3) for y in found)
    return b"/Artifact BMC 0 0 0 rg " + lines + b" f EMC"


def huge_letters_in_the_margin(pdf: Pdf) -> None:
    """Words that the margin may have, as high as the page."""

    def grow(text: bytes) -> bytes:
        [footer] = re.findall(rb"(/Artifact <</Type /Pagination>> BDC BT .*? ET)", text[:900], re.DOTALL)[:1]
        return text + b"\n" + re.sub(rb"(/F\d\+0) [\d.]+ Tf", rb"\1 700 Tf", footer) + b" EMC"

    _contents(pdf, lambda text: grow(text.replace(b"\n", b" ")))


def invisible_render_mode(pdf: Pdf) -> None:
    _contents(pdf, lambda text: b"3 Tr\n" + text)


def render_mode_within_text(pdf: Pdf) -> None:
    _contents(pdf, lambda text: text.replace(b"BT ", b"BT 7 Tr "))


def white_text(pdf: Pdf) -> None:
    _contents(pdf, lambda text: text.replace(b"BT 0.09 0.1 0.12 rg", b"BT 1 1 1 rg"))


def nearly_white_text(pdf: Pdf) -> None:
    _contents(pdf, lambda text: text.replace(b"BT 0.09 0.1 0.12 rg", b"BT 0.955 0.965 0.975 rg"))


def tiny_text(pdf: Pdf) -> None:
    _contents(pdf, lambda text: re.sub(rb"(/F\d\+0) [\d.]+ Tf", rb"\1 0.1 Tf", text))


def text_off_the_page(pdf: Pdf) -> None:
    _contents(pdf, lambda text: re.sub(rb"1 0 0 1 [\d.]+ ([\d.]+) Tm", rb"1 0 0 1 -900 \1 Tm", text))


def spread_text(pdf: Pdf) -> None:
    _contents(pdf, lambda text: text.replace(b"BT ", b"BT 900 Tc "))


def swapped_glyphs(pdf: Pdf) -> None:
    """The tables that say which letter is which stay, the outlines change places."""
    fonts = _page(pdf).Resources.Font
    one, other, *_ = (fonts[name].FontDescriptor.FontFile2 for name in sorted(fonts.keys()))
    first, second = one.read_bytes(), other.read_bytes()
    for stream, data in ((one, second), (other, first)):
        stream.write(data)
        stream.Length1 = len(data)


def letters_called_otherwise(pdf: Pdf) -> None:
    fonts = _page(pdf).Resources.Font
    table = fonts[sorted(fonts.keys())[-1]].ToUnicode
    table.write(table.read_bytes().replace(b"<01> <", b"<02> <", 1))


def other_widths(pdf: Pdf) -> None:
    fonts = _page(pdf).Resources.Font
    for name in fonts.keys():  # noqa: SIM118  # pikepdf dictionaries iterate over nothing else
        fonts[name].Widths = Array([0] * len(fonts[name].Widths))


def hidden_layer(pdf: Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Ebene")))
    order = Dictionary(OFF=Array([layer]))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=order)
    _page(pdf).Resources.Properties = Dictionary(L0=layer)
    _contents(pdf, lambda text: b"/OC /L0 BDC\n" + text + b"\nEMC")


def clipping(pdf: Pdf) -> None:
    _contents(pdf, lambda text: b"0 0 1 1 re W n\n" + text)


def moved_by_a_matrix(pdf: Pdf) -> None:
    _contents(pdf, lambda text: b"0.01 0 0 0.01 0 0 cm\n" + text)


def form_xobject(pdf: Pdf) -> None:
    box = Array([0, 0, 600, 850])
    form = pdf.make_stream(b"0 0 0 rg 70 300 460 400 re f", Type=Name.XObject, Subtype=Name.Form, BBox=box)
    _page(pdf).Resources.XObject = Dictionary(X0=form)
    _add(pdf, b"/Artifact BMC /X0 Do EMC")


def inline_image(pdf: Pdf) -> None:
    _add(pdf, b"/Artifact BMC q 460 0 0 400 70 300 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q EMC")


def pattern_over_the_text(pdf: Pdf) -> None:
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceGray, Coords=Array([0, 0, 600, 0]))
    shading.Function = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([1]), C1=Array([1]), N=1)
    _page(pdf).Resources.Shading = Dictionary(S0=shading)
    _add(pdf, b"/Artifact BMC /S0 sh EMC")


def extra_page(pdf: Pdf) -> None:
    fonts, box = _page(pdf).Resources.Font, _page(pdf).MediaBox
    page = Dictionary(Type=Name.Page, MediaBox=box, Resources=Dictionary(Font=fonts))
    page.Contents = pdf.make_stream(b"/Artifact BMC " + _text(pdf) + b" EMC")
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))


def page_left_out(pdf: Pdf) -> None:
    del pdf.pages[-1]


def page_shown_twice(pdf: Pdf) -> None:
    pdf.pages.append(pdf.pages[0])


def quote_operator(pdf: Pdf) -> None:
    _add(pdf, b"/Artifact BMC " + _text(pdf, operator=b"<0102> '") + b" EMC")


def double_quote_operator(pdf: Pdf) -> None:
    _contents(pdf, lambda text: text.replace(b"TJ ET", b'TJ 0 0 <0102> " ET', 1))


def smaller_box(pdf: Pdf) -> None:
    _page(pdf).MediaBox = Array([0, 600, 595, 842])


def crop_box(pdf: Pdf) -> None:
    _page(pdf).CropBox = Array([0, 600, 595, 842])


def turned_page(pdf: Pdf) -> None:
    _page(pdf).Rotate = 180


def note_over_the_text(pdf: Pdf) -> None:
    rect = Array([70, 300, 530, 700])
    look = pdf.make_stream(b"1 g 0 0 460 400 re f", Type=Name.XObject, Subtype=Name.Form, BBox=rect)
    note = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=rect, F=4, AP=Dictionary(N=look))
    _page(pdf).Annots = Array([*_page(pdf).get("/Annots", Array()), pdf.make_indirect(note)])


def picture_in_the_spare_field(pdf: Pdf) -> None:
    field = pdf.Root.AcroForm.Fields[-1]
    field.Rect = Array([70, 300, 530, 700])
    field.AP.N.write(b"1 g 0 0 460 400 re f")
    field.AP.N.BBox = Array([0, 0, 460, 400])


def frame_of_the_link(pdf: Pdf) -> None:
    _link(pdf).BS = Dictionary(W=400)


def _link(pdf: Pdf) -> Any:
    return next(i for i in pdf.objects if isinstance(i, Dictionary) and i.get("/Subtype") == Name.Link)


def link_elsewhere(pdf: Pdf) -> None:
    _link(pdf).A.URI = String("https://fremd.example/v/XXXX")


def link_said_elsewhere(pdf: Pdf) -> None:
    _link(pdf).Contents = String("Link: https://fremd.example/")


def window_title(pdf: Pdf) -> None:
    pdf.trailer.Info.Title = String("Rücktrittserklärung")


def metadata(pdf: Pdf) -> None:
    packet = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(re.sub(rb"<dc:creator>.*</dc:creator>", b"", packet))


def other_creation_date(pdf: Pdf) -> None:
    pdf.trailer.Info.CreationDate = String("D:20200101000000+00'00'")


def outline(pdf: Pdf) -> None:
    pdf.Root.Outlines.First.Title = String("Rücktrittserklärung")


def open_action(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.URI, URI=String("https://fremd.example/"))


def tooltip_of_the_seal(pdf: Pdf) -> None:
    pdf.Root.AcroForm.Fields[0].TU = String("Siegel des Landes")


def moved_seal(pdf: Pdf) -> None:
    pdf.Root.AcroForm.Fields[0].Rect = Array([70, 300, 230, 370])


def other_alternative_text(pdf: Pdf) -> None:
    figure = next(i for i in pdf.objects if isinstance(i, Dictionary) and i.get("/S") == Name.Figure)
    figure.Alt = String("QR-Code mit der Prüfadresse https://fremd.example/")


def other_actual_text(pdf: Pdf) -> None:
    _element(pdf, "/H1").ActualText = String("Erklärung")


def other_clause(pdf: Pdf) -> None:
    """Whoever listens to the document or copies from it gets other words."""
    _element(pdf, "/LBody").K[0].ActualText = String("Wir bauen Zäune aus.")


def code(pdf: Pdf) -> None:
    """The first two letters that differ and stand in one piece change places, on the page and for readers."""
    _contents_of_last(pdf, rb"15 Tf \[([^\]]*?<(?:\w\w)*?)(\w\w)(?!\2)(\w\w)(?=\w*>)", rb"15 Tf [\1\3\2")


def day(pdf: Pdf) -> None:
    """„17. Juni“ becomes „71. Juni“; the number stands in front of a no-break space."""
    _swap_day(pdf, last=True)


def day_in_the_footer(pdf: Pdf) -> None:
    _swap_day(pdf, last=False)


def _swap_day(pdf: Pdf, *, last: bool) -> None:
    """The footer is painted before the title block."""
    text = _page(pdf).Contents.read_bytes()
    found = list(re.finditer(rb"(\w\w)(\w\w)(\w\w)>\] TJ /Span <</ActualText <feff00a0>>>", text))
    match = found[-1 if last else 0]
    swapped = match[2] + match[1] + text[match.end(2) : match.end()]
    _contents(pdf, lambda text: text[: match.start()] + swapped + text[match.end() :])


def _contents_of_last(pdf: Pdf, old: bytes, new: bytes) -> None:
    stream = pdf.pages[-1].obj.Contents
    before = stream.read_bytes()
    after = re.sub(old, new, before)
    assert after != before
    stream.write(after)


def title_of_a_section(pdf: Pdf) -> None:
    section = next(
        i for i in pdf.objects if isinstance(i, Dictionary) and "/T" in i and i.get("/S") == "/Sect"
    )
    section.T = String("Entwurf")


def language(pdf: Pdf) -> None:
    pdf.Root.Lang = String("fr")


def _element(pdf: Pdf, tag: str) -> Any:
    return next(i for i in pdf.objects if isinstance(i, Dictionary) and i.get("/S") == tag)


def guide(pdf: Pdf) -> None:
    _attached(pdf, "LIESMICH.txt", lambda text: text.replace(b"openssl", b"echo OK"))


def plain_text(pdf: Pdf) -> None:
    _attached(pdf, "erklaerung.txt", lambda text: text.replace(b"Netze", b"Zaeune"))


def description_of_an_attachment(pdf: Pdf) -> None:
    pdf.Root.AF[0].Desc = String("Entwurf")


def one_attachment_more(pdf: Pdf) -> None:
    data = pikepdf.AttachedFileSpec(pdf, b"Nachtrag", filename="nachtrag.txt")
    pdf.attachments["nachtrag.txt"] = data


def _attached(pdf: Pdf, name: str, change: Callable[[bytes], bytes]) -> None:
    stream = next(item for item in pdf.Root.AF if str(item.F) == name).EF.F
    before = stream.read_bytes()
    after = change(before)
    assert after != before
    stream.write(after)
    stream.Params.Size = len(after)


def _imprint(old: bytes, new: bytes) -> Forgery:
    return lambda pdf: _attached(pdf, "dokument.json", lambda data: data.replace(old, new))


def hidden_behind_the_objects(pdf: bytes) -> bytes:
    """A black page that no table names, for programs that look for objects by themselves."""
    place = int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        black = b"%d 0 obj\n<< /Length 10 >>\nstream\n0 0 9 9 re\nendstream\nendobj\n"
        black %= _page(opened).Contents.objgen[0]
    end = pdf[place:].replace(b"startxref\n%d" % place, b"startxref\n%d" % (place + len(black)))
    return pdf[:place] + black + end


def hidden_before_the_seal(pdf: bytes) -> bytes:
    return pdf + b"4 0 obj\n<< /Type /Page >>\nendobj\n"


def named_twice(pdf: bytes) -> bytes:
    """The first page is painted twice in the first table: of two rows pdf.js takes the former, others the
    latter."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        number = _page(opened).Contents.objgen[0]
        mode = pikepdf.ObjectStreamMode.disable
        opened.save(out, object_stream_mode=mode, min_version="1.7", deterministic_id=True)
    plain = out.getvalue()
    place = int(re.findall(rb"startxref\s+(\d+)", plain)[-1])
    black = b"%d 0 obj\n<< /Length 10 >>\nstream\n0 0 9 9 re\nendstream\nendobj\n" % number
    table = plain[place:].replace(b"startxref\n%d" % place, b"startxref\n%d" % (place + len(black)))
    table = table.replace(b"trailer", b"%d 1\n%010d 00000 n \ntrailer" % (number, place))
    return plain[:place] + black + table


HIDDEN: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "an object that no table names": hidden_behind_the_objects,
    "an object between pages and seal": hidden_before_the_seal,
    "an object twice in the first table": named_twice,
}
PAINTED: Final[Mapping[str, Forgery]] = {
    "an artifact over a clause": artifact_over_a_clause,
    "words in an artifact": words_in_an_artifact,
    "covered words": covered_words,
    "words covered from the right": covered_from_the_right,
    "covered ends of lines": covered_ends_of_lines,
    "words covered by stripes": covered_by_stripes,
    "words covered by a frame": covered_by_a_frame,
    "struck out words": struck_out,
    "words on a line": struck_out_before_it_is_written,
    "huge letters in the margin": huge_letters_in_the_margin,
    "invisible letters": invisible_render_mode,
    "letters that clip": render_mode_within_text,
    "white letters": white_text,
    "nearly white letters": nearly_white_text,
    "tiny letters": tiny_text,
    "letters off the page": text_off_the_page,
    "letters spread over the page": spread_text,
    "other glyphs": swapped_glyphs,
    "letters called otherwise": letters_called_otherwise,
    "other widths": other_widths,
    "a hidden layer": hidden_layer,
    "a clip": clipping,
    "a matrix": moved_by_a_matrix,
    "a form": form_xobject,
    "an image": inline_image,
    "a shading": pattern_over_the_text,
    "a page more": extra_page,
    "a page less": page_left_out,
    "a page twice": page_shown_twice,
    "words by '": quote_operator,
    'words by "': double_quote_operator,
    "a smaller box": smaller_box,
    "a crop box": crop_box,
    "a turned page": turned_page,
    "a note": note_over_the_text,
    "a picture in a spare field": picture_in_the_spare_field,
    "a frame of a link": frame_of_the_link,
    "an action": open_action,
}
"""What people see is something else. An honest reading of the structure finds these too."""

PRINTED: Final[Mapping[str, Forgery]] = {
    "another target of a link": link_elsewhere,
    "another code": code,
    "another day": day,
    "another day in the footer": day_in_the_footer,
    "another description of the QR code": other_alternative_text,
}
"""What the pages say of the document is something else, in honest letters."""

SAID: Final[Mapping[str, Forgery]] = {
    "another description of a link": link_said_elsewhere,
    "another window title": window_title,
    "other metadata": metadata,
    "another date": other_creation_date,
    "another bookmark": outline,
    "another name of the seal": tooltip_of_the_seal,
    "a moved seal": moved_seal,
    "other words for a screen reader": other_actual_text,
    "another clause for a screen reader": other_clause,
    "another title of a section": title_of_a_section,
    "another language": language,
    "another guide": guide,
    "another plain text": plain_text,
    "another description of an attachment": description_of_an_attachment,
    "an attachment more": one_attachment_more,
    "another issuer": _imprint(b"Gemeinden", b"Landkreis"),
    "another address": _imprint(b"localhost", b"fremd"),
    "no mark of a trial": _imprint(b'["test"]', b"[]"),
}
"""What the file says beside its pages, or what they are made from."""
