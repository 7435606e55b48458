"""Files before their seal in which programs find different things: by somebody with the key, and honest but
for that."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Pdf, String

from tests.dossier.forged_pages import Forgery


def _file(pdf: Pdf, name: str) -> Any:
    return next(item for item in pdf.Root.AF if str(item.F) == name)


def _in_two_versions(pdf: Pdf) -> None:
    """Programs that know `/UF` open this one."""
    _file(pdf, "erklaerung.txt").EF.UF = pdf.make_stream(b"Wir bauen Mauern aus.")


def _for_old_programs(pdf: Pdf) -> None:
    _file(pdf, "erklaerung.json").EF.DOS = pdf.make_stream(b"{}")


def _named(name: bytes) -> Forgery:
    """The text of the declaration, under a name that some programs read as its own."""

    def change(pdf: Pdf) -> None:
        names = pdf.Root.Names.EmbeddedFiles.Names
        place = next(i for i in range(0, len(names), 2) if str(names[i]) == "erklaerung.json")
        names[place] = String(name)

    return change


def _one_name_in_two_forms(pdf: Pdf) -> None:
    names = pdf.Root.Names.EmbeddedFiles.Names
    for name in ("Erkl\u00e4rung.json", "Erkla\u0308rung.json"):
        data = pdf.make_stream(name.encode("utf-16"))
        names.append(String(name))
        names.append(pdf.make_indirect(Dictionary(F=name, UF=name, EF=Dictionary(F=data, UF=data))))


def _another_form(pdf: Pdf) -> None:
    pdf.Root.AcroForm.XFA = pdf.make_stream(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>")


def _other_labels(pdf: Pdf) -> None:
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P="Entwurf ")]))


def _another_checksum(pdf: Pdf) -> None:
    _file(pdf, "erklaerung.json").EF.F.Params.CheckSum = String(b"0" * 16)


SAID: Final[Mapping[str, Forgery]] = {
    "an attachment in two versions": _in_two_versions,
    "an attachment in another version for old programs": _for_old_programs,
    "one name in two forms": _one_name_in_two_forms,
    "a form for another program": _another_form,
    "pages labelled otherwise": _other_labels,
    "an attachment with another checksum": _another_checksum,
}
"""Only the pages, and what the service publishes, say otherwise."""
NAMED: Final[Mapping[str, Forgery]] = {
    "a name in UTF-8": _named(b"\xef\xbb\xbferklaerung.json"),
    "a name in two bytes a letter": _named(b"\xfe\xff" + "erklaerung.json".encode("utf-16-be")),
}
"""Which it is, all programs agree; the file is written in another way."""
NAMELESS: Final[Forgery] = _named(b"erklaerung.json\0")


def _saved(pdf: bytes, **how: Any) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(out, min_version="1.7", deterministic_id=True, fix_metadata_version=False, **how)
    return out.getvalue()


def _linearised(pdf: bytes) -> bytes:
    return _saved(pdf, linearize=True)


WRITTEN: Final[Mapping[str, Callable[[bytes], bytes]]] = {"linearised": _linearised}
