"""The press kit: one ZIP with everything, each file with the Sperrfrist in its name as long as it runs."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from server.documents.advance_copy import CopyMark, render_advance_copy
from server.documents.word.writing import FileFormat, write_file
from server.domain.release.addenda import AddendumKind
from server.domain.release.gate import is_public
from server.domain.release.press import TemplateKind, file_name
from server.domain.text.content import Content
from server.domain.text.files.manuscript import Manuscript
from server.domain.text.live_text import LiveBlock, LiveRun
from server.storage.release.addenda import AddendumFile
from server.web.http.context import Web
from server.web.release.press.texts import (
    default_template,
    embargo_line,
    general_release,
    municipal_release,
    quotations,
)
from server.web.release.public.files import card_png, map_png, map_svg, names_csv, names_json, plain_text
from server.web.release.public.later import later_text, stands
from server.web.release.public.state import Published
from server.web.release.public.translations import plain_translation

SUMS = "SHA256SUMS.txt"


@dataclass(frozen=True, slots=True)
class Order:
    """What is made for whom. `reader`: as the watermark names them; `number`: of this copy."""

    page: Published
    pdf: bytes
    templates: Mapping[TemplateKind, str]
    reader: str
    number: str
    now: datetime
    later: Sequence[AddendumFile] = ()
    """Errata and the withdrawal, sealed."""

    @property
    def is_open(self) -> bool:
        return is_public(self.page.declaration, self.now)

    def template(self, kind: TemplateKind) -> str:
        return self.templates.get(kind) or default_template(kind)

    def name(self, what: str) -> str:
        return file_name(self.page.declaration, what, self.now)


def document(order: Order) -> bytes:
    """The sealed file from the hour on; before it a copy with the reader's name on every page."""
    if order.is_open:
        return order.pdf
    line = embargo_line(order.page.declaration, order.now) or "Nicht zur Veröffentlichung"
    who = f"Vorabexemplar für {order.reader} · Nr. {order.number} · {line}"
    mark = CopyMark(
        line, (who, "Nicht die gesiegelte Fassung. Gültig ist allein das gesiegelte Dokument."), order.number
    )
    return render_advance_copy(order.pdf, mark)


def manuscript_of(content: Content, above: str = "") -> Manuscript:
    """`above`: what is said before the text, a paragraph a line."""
    blocks = [
        LiveBlock("paragraph", 0, (LiveRun(line, {"strong": True}),), {})
        for line in above.splitlines()
        if line
    ]
    for block in content.blocks:
        runs = []
        for run in block.runs:
            marks: dict[str, str | bool] = {}
            if run.strong:
                marks["strong"] = True
            if run.em:
                marks["em"] = True
            if run.link:
                marks["link"] = run.link
            runs.append(LiveRun(run.text, marks))
        blocks.append(LiveBlock(block.kind, block.level, tuple(runs), {}))
    return Manuscript(tuple(blocks))


def members(web: Web, order: Order) -> dict[str, bytes]:
    """By name, as they lie in the ZIP."""
    page, base, now = order.page, web.services.base_url, order.now
    title = page.declaration.title
    later = later_text(page)
    general = later + general_release(page, order.template(TemplateKind.GENERAL), base, now)
    text = manuscript_of(page.content, later)
    found = {
        order.name(".pdf"): document(order),
        order.name("-text.docx"): write_file(text, title, FileFormat.DOCX),
        order.name("-text.odt"): write_file(text, title, FileFormat.ODT),
        order.name("-text.txt"): _under(order, plain_text(page)),
        order.name("-pressemitteilung.txt"): general.encode(),
        order.name("-zitate.txt"): (later + quotations(page, base, now)).encode(),
        order.name("-namen.csv"): names_csv(web, page),
        order.name("-namen.json"): names_json(page),
        order.name("-bild.png"): card_png(web, page),
    }
    if page.places:
        found[order.name("-karte.svg")] = map_svg(web, page)
        found[order.name("-karte.png")] = map_png(web, page)
        found[order.name("-karte-alternativtext.txt")] = _alternative(web, page).encode()
    for file in order.later:
        is_erratum = file.kind is AddendumKind.ERRATUM
        what = f"-berichtigung-{file.number}.pdf" if is_erratum else "-zurueckziehung.pdf"
        found[order.name(what)] = file.pdf
    for fixed in page.translations:
        name = f"uebersetzungen/{order.name(f'-text-{fixed.language.tag}')}"
        found[f"{name}.txt"] = _under(order, plain_translation(page, fixed))
        translated = manuscript_of(fixed.content, later)
        found[f"{name}.docx"] = write_file(translated, fixed.content.title, FileFormat.DOCX)
    for row in page.rows:
        own = later + municipal_release(page, row, order.template(TemplateKind.MUNICIPALITY), base, now)
        found[f"kommunen/{order.name(f'-pressemitteilung-{row.town.ags}.txt')}"] = own.encode()
    return found


def zipped(web: Web, order: Order) -> bytes:
    """With the SHA-256 of each file, in the form that `sha256sum -c` reads."""
    files = members(web, order)
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))
    out = io.BytesIO()
    stamp = order.now.timetuple()[:6]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted({**files, SUMS: sums.encode()}.items()):
            archive.writestr(zipfile.ZipInfo(name, stamp), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _under(order: Order, text: bytes) -> bytes:
    line = embargo_line(order.page.declaration, order.now)
    return f"{line}\n\n".encode() + text if line else text


def _alternative(web: Web, page: Published) -> str:
    names = ", ".join(row.town.name for row in page.rows)
    return f"Schematische Karte mit einem Quadrat je Ort. {stands(web, page)}: {names}.\n"
