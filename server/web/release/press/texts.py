"""Texts for newsrooms: the press release with its figures, one for each municipality, what can be quoted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

from server.documents.wording import full_name, german_day
from server.domain.declarations import Declaration
from server.domain.release.gate import is_public
from server.domain.release.press import TemplateKind, fill
from server.domain.text.content import Content, plain
from server.domain.text.lines import number_lines
from server.storage.release.signed import Signed
from server.web.http.pages.templating import day_and_time
from server.web.release.public.state import Published

DATA: Final = Path(__file__).parents[3] / "data"
FILES: Final[Mapping[TemplateKind, str]] = {
    TemplateKind.GENERAL: "press-release.de.txt",
    TemplateKind.MUNICIPALITY: "press-release-municipality.de.txt",
}


_INNER: Final = str.maketrans("„“", "‚‘")


@lru_cache(8)
def default_template(kind: TemplateKind) -> str:
    return (DATA / FILES[kind]).read_text("utf-8")


def embargo_line(declaration: Declaration, now: datetime) -> str:
    """„Sperrfrist: Freitag, 18. Juni 2027, 11:00 Uhr“; empty once it is public."""
    if is_public(declaration, now):
        return ""
    if declaration.confidential:
        return "Vertraulich: nicht zur Veröffentlichung"
    until = declaration.embargo or declaration.release_at
    if until is None:
        return "Sperrfrist: bis zur Veröffentlichung"
    return f"Sperrfrist: {day_and_time(until, 'de')}" if until > now else ""


def general_release(page: Published, template: str, base_url: str, now: datetime) -> str:
    return fill(template, _figures(page, base_url, now))


def municipal_release(page: Published, row: Signed, template: str, base_url: str, now: datetime) -> str:
    given = row.first
    said = "\n".join(each.text for each in row.statements)
    return fill(
        template,
        {
            **_figures(page, base_url, now),
            "kommune": full_name(row.town),
            "name": " und ".join(each.signatory.name for each in row.given),
            "amt": given.signatory.title,
            "protokollerklaerung": f"Protokollerklärung: „{inner(said)}“" if said else "",
        },
    )


def inner(text: str) -> str:
    """Quotation marks inside of others: ‚…‘."""
    return text.translate(_INNER)


def _figures(page: Published, base_url: str, now: datetime) -> dict[str, str]:
    declaration = page.declaration
    day = declaration.release_at or now
    return {
        "titel": inner(declaration.title),
        "herausgeber": declaration.issuer,
        "anzahl": str(len(page.rows)),
        "vorbehalt": f", davon {page.conditional} unter Gremienvorbehalt" if page.conditional else "",
        "ziffern": str(page.clauses),
        "protokollerklaerungen": str(len(page.notes)),
        "sperrfrist": embargo_line(declaration, now),
        "ort": declaration.place or declaration.issuer,
        "datum": german_day(day),
        "adresse": f"{base_url}/e/{declaration.slug}",
        "kontakt": declaration.contact or declaration.issuer,
    }


def lines_of(content: Content) -> list[tuple[int, int]]:
    """First and last line of each block; (0, 0) for one without words."""
    found: dict[int, tuple[int, int]] = {}
    for line in number_lines(content):
        first, _ = found.get(line.block, (line.number, line.number))
        found[line.block] = (first, line.number)
    return [found.get(at, (0, 0)) for at in range(len(content.blocks))]


def clauses_of(content: Content) -> list[tuple[str, tuple[int, int], str]]:
    """Number, first and last line, and words of each, with the bullets that end its sentence."""
    found: list[tuple[str, tuple[int, int], str]] = []
    is_open = False
    for block, span in zip(content.blocks, lines_of(content), strict=True):
        words = plain(block.text)
        if block.kind == "clause":
            found.append(((block.number or "").rstrip(".)"), span, words))
        elif block.kind == "bullet" and is_open:
            number, (first, last), before = found[-1]
            found[-1] = (number, (first, max(last, span[1])), f"{before} – {words}")
        is_open = block.kind == "clause" or (block.kind == "bullet" and is_open)
    return found


def quotations(page: Published, base_url: str, now: datetime) -> str:
    """Each clause and statement with what it is cited by. The lines are those of the draft and of the reading
    page, 72 letters each."""
    lines = [embargo_line(page.declaration, now), page.declaration.title, ""]
    for number, (first, last), words in clauses_of(page.content):
        where = f"Zeile {first}" if first == last else f"Zeilen {first}–{last}"
        lines += [f"Ziffer {number} ({where}): „{inner(words)}“", ""]
    for row in page.notes:
        for given in row.statements:
            who = f"{given.signatory.name}, {given.signatory.title}, {full_name(row.town)}"
            lines += [f"Protokollerklärung {row.note}: „{inner(given.text)}“ ({who})", ""]
    lines.append(f"{base_url}/e/{page.declaration.slug}/fassung/{page.revision.number}")
    return "\n".join(lines).strip() + "\n"
