"""Declarations for the tests: one page, and the whole Ortenaukreis with every construct."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from server.documents.model import Attachment, FinalText, Mark, SignatoryLine
from server.domain.people.municipalities import Municipality, MunicipalityKind, in_protocol_order
from server.domain.sign_offs.answers import Answer
from server.domain.sign_offs.statements import Level
from server.domain.text.content import HARD_BREAK, Block, BlockKind, Content, Run
from server.domain.text.numbering import number_clauses

DATA = Path(__file__).parents[2] / "server" / "data"
AT = datetime(2027, 6, 16, 9, 30, tzinfo=UTC)
LINK = "https://www.example.org/digitaltag?jahr=2027&ort=Ortenau"
SENTENCES = (
    (
        "Die unterzeichnenden Städte und Gemeinden stimmen ihre Digitalisierungsvorhaben frühzeitig ab und "
        "stellen einander Konzepte, Leistungsbeschreibungen und Erfahrungen offen zur Verfügung."
    ),
    (
        "Barrierefreiheit, verständliche Sprache und der persönliche Kontakt bleiben Maßstab jeder "
        "Verwaltungsleistung, auch wenn sie von Anfang bis Ende digital abgewickelt wird."
    ),
    "Doppelerhebungen sind zu vermeiden; Angaben werden nur einmal verlangt, soweit das Recht dies zulässt.",
    "Nach § 54 der Gemeindeordnung für Baden-Württemberg begründet diese Erklärung keine Verpflichtung.",
)


def block(kind: BlockKind, level: int, *runs: str | Run) -> Block:
    return Block(kind, level, tuple(run if isinstance(run, Run) else Run(run) for run in runs))


def numbered(blocks: Iterable[Block]) -> Content:
    given = list(blocks)
    labels = number_clauses(b.level if b.kind == "clause" else None for b in given)
    return Content(tuple(replace(b, number=label) for b, label in zip(given, labels, strict=True)))


def starter() -> Content:
    """The starter text, read line by line: enough Markdown for this one file."""
    source = (DATA / "starter-declaration.de.md").read_text(encoding="utf-8")
    return numbered(_line(line) for line in source.splitlines() if line.strip())


def _line(line: str) -> Block:
    if heading := re.match(r"(#+) (.*)", line):
        return block("heading", len(heading[1]), heading[2])
    if clause := re.match(r"\d+\. (.*)", line):
        return block("clause", 1, clause[1])
    if bullet := re.match(r" *- (.*)", line):
        return block("bullet", 1, bullet[1])
    return block("paragraph", 0, line)


def every_construct(chapters: int = 4) -> Content:
    """All kinds and levels, marks, links over line ends, hard breaks."""
    blocks = [
        block("heading", 1, "Erklärung der Städte und Gemeinden im Ortenaukreis zur Digitalisierung"),
        block("paragraph", 0, "Beschlossen auf der Digitalkonferenz und abgegeben am 18. Juni 2027."),
        block("heading", 2, "Präambel"),
        block("paragraph", 0, " ".join(SENTENCES)),
    ]
    for i in range(chapters):
        blocks += _chapter(i)
    return numbered(blocks)


def _chapter(i: int) -> list[Block]:
    linked = Run("Verfahrensordnung der Digitalisierungsbeauftragten im Ortenaukreis", link=LINK)
    return [
        block("heading", 2, f"{i + 1}. Teil: Zusammenarbeit ", Run("vor Ort", em=True)),
        block("heading", 3, "Grundsätze"),
        block("clause", 1, SENTENCES[i % 4], " Näheres regelt die ", linked, "."),
        block("clause", 2, Run("Fristen: ", strong=True), SENTENCES[1]),
        block("clause", 3, "Erhebung der örtlichen Betroffenheit,"),
        block("clause", 3, Run("Aufstellung eines Maßnahmenplans.", strong=True, em=True)),
        block("clause", 2, SENTENCES[2]),
        block("clause", 1, "Wir richten Verfahren an den Lebenslagen der Menschen aus:"),
        block("bullet", 1, "Angaben werden nur einmal verlangt."),
        block("bullet", 2, "Das gilt auch zwischen Kommunen."),
        block("bullet", 3, "Und zwischen Ämtern."),
        block("bullet", 1, "Der Stand ist jederzeit nachvollziehbar."),
        block("quote", 0, "„Was in einer Kommune gelingt, soll allen anderen zur Verfügung stehen.“"),
        block("paragraph", 0, f"Erste Zeile,{HARD_BREAK}zweite Zeile. ", Run(SENTENCES[3], em=True)),
        block("clause", 1, " ".join(SENTENCES[: 2 + i % 3])),
    ]


def municipalities() -> list[Municipality]:
    rows = json.loads((DATA / "ortenaukreis.json").read_text(encoding="utf-8"))["municipalities"]
    return in_protocol_order(Municipality(r["ags"], r["name"], MunicipalityKind(r["kind"])) for r in rows)


def signatories(count: int = 51) -> tuple[SignatoryLine, ...]:
    return tuple(_signatory(i, town) for i, town in enumerate(municipalities()[:count]))


def _signatory(i: int, town: Municipality) -> SignatoryLine:
    first = ("Anna", "Ben", "Clara", "Doris", "Emil", "Frank", "Çağla", "Łukasz")[i % 8]
    office = "Oberbürgermeister" if town.kind is MunicipalityKind.GROSSE_KREISSTADT else "Bürgermeister"
    line = SignatoryLine(
        town,
        f"{first} Beispiel-{town.name.split('/')[0]}",
        office if i % 3 else office + "in",
        deputy=i % 9 == 4,
        answer=Answer.SIGNS,
        level=(Level.PASSKEY, Level.PASSKEY, Level.EMAIL_CODE, Level.PAPER, Level.PDF_SIGNATURE)[i % 5],
        at=AT + timedelta(minutes=37 * i),
        represents="Doris Beispiel" if i % 9 == 4 else "",
    )
    if i % 13 == 6:
        said = "Unsere Zustimmung gilt, soweit die Haushaltslage es zulässt."
        return replace(line, answer=Answer.SIGNS_WITH_STATEMENT, statement=said)
    if i % 17 == 9:
        return replace(line, answer=Answer.SUBJECT_TO_COUNCIL, council_date="2027-07-14")
    return line


def final(content: Content, lines: tuple[SignatoryLine, ...], *marks: Mark) -> FinalText:
    return FinalText(
        content=content,
        issuer="Digitalkonferenz Ortenau, Geschäftsstelle",
        revision=3,
        digest=content.digest,
        fixed_at=AT,
        signatories=lines,
        short_code="7Q4K-9M2P",
        verify_url="https://erklaerung.example.org/pruefen/7Q4K-9M2P",
        created=AT + timedelta(days=2),
        marks=frozenset(marks),
    )


def small() -> FinalText:
    return final(starter(), signatories(1))


def large() -> FinalText:
    return final(every_construct(12), signatories(), Mark.TEST)


def crowded(count: int = 200) -> tuple[SignatoryLine, ...]:
    """More than there are in the Ortenaukreis, some of a name that is wider than its column."""
    real = signatories()
    return tuple(_another(i, real[i % len(real)]) for i in range(count))


def _another(i: int, line: SignatoryLine) -> SignatoryLine:
    name = f"{line.municipality.name} {i}"
    if i % 10 == 3:
        name = f"Verwaltungsgemeinschaft Hausach-Gutach im mittleren Kinzigtal {i}"
    return replace(line, municipality=replace(line.municipality, ags=f"{8_000_000 + i:08d}", name=name))


def files(text: FinalText) -> tuple[Attachment, ...]:
    evidence = json.dumps({"format": "example", "sign_offs": len(text.signatories)}).encode()
    return (
        Attachment(
            "erklaerung.json",
            "application/json",
            "Wortlaut der Fassung",
            "Source",
            text.content.canonical(),
        ),
        Attachment("nachweise.json", "application/json", "Nachweise der Mitzeichnung", "Data", evidence),
    )
