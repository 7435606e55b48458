"""What people do to a draft in their office, one scene a file."""

from __future__ import annotations

from typing import Final

from tests.documents.word.shapes.office import NAMES
from tests.documents.word.shapes.pieces import ROSE, SAGE, THYME, C, Raw, Shape, Sign, T, p

END: Final = p("p", "Offenburg, im Juni")
_ROW: Final = "<w:tr><w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"
_RANGE: Final = '<w:move{way}Range{end} w:id="{number}"{rest}/>'


def _move(way: str, number: int, *, ends: bool = False) -> Raw:
    if ends:
        return Raw(_RANGE.format(way=way, end="End", number=number, rest=""))
    rest = f' w:author="{ROSE}" w:date="2026-11-03T10:15:00Z" w:name="move42"'
    return Raw(_RANGE.format(way=way, end="Start", number=number, rest=rest))


SCENES: Final[dict[str, Shape]] = {
    "plain": Shape(
        (
            p("h1", "Ortenauer Erklärung"),
            p("p", "Wir, ", T("die Städte", look="b"), " und ", T("Gemeinden", look="bi"), ", handeln."),
            p("h2", "I. Netze"),
            p("c1", "Wir bauen ", T("Glasfaser", link="https://example.org/netz?a=1&b=2"), " aus."),
            p("c2", "in jedem Ort,"),
            p("c2", "ohne Ausnahme."),
            p("c1", "Wir teilen Leitungen."),
            p("b1", "offen"),
            p("b2", "auch nachts"),
            p("quote", "Wer wartet, verliert."),
            END,
        )
    ),
    "numbers": Shape(
        (
            p("h1", "I. Netze"),
            p("c1", "Eins."),
            p("c2", "Darunter."),
            p("c2", "Daneben."),
            p("c1", "Zwei."),
            p("h1", "II. Schulen"),
            p("b1", "Zwischendurch"),
            p("c1", "Drei."),
            p("c2", "Von vorn."),
            END,
        )
    ),
    "words": Shape(
        (
            p("h1", "Erklärung ", T("der Region", by=ROSE)),
            p("p", "Wir ", T("möchten", out=ROSE), T("werden", by=ROSE), " handeln."),
            p("p", T("Schnell", by=THYME), T(" und gründlich", by=SAGE), T("Langsam", out=THYME), "."),
            p("c1", "Wir fordern ", T("alle ", out=SAGE), "Mittel", T(" des Landes", by=ROSE, look="b"), "."),
        )
    ),
    "split": Shape(
        (
            p("p", "Erster Satz.", by=ROSE),
            p("p", T(" ", out=ROSE), "Zweiter Satz."),
            p("c1", "Wir bauen aus.", by=THYME),
            p("c1", T("Und wir teilen.", by=THYME)),
            END,
        )
    ),
    "join": Shape(
        (
            p("p", "Erster Absatz.", out=ROSE),
            p("p", T(" ", by=ROSE), "Zweiter Absatz."),
            p("c1", "Punkt eins", out=THYME),
            p("c1", T(", Punkt zwei", out=THYME), " und mehr."),
            END,
        )
    ),
    "added-paragraphs": Shape(
        (
            p("p", T("Ganz neu am Anfang.", by=ROSE), by=ROSE),
            p("p", "Der alte Anfang."),
            p("c1", T("Neuer Punkt.", by=THYME), by=THYME),
            p("c1", T("Noch ein neuer.", by=THYME), by=THYME),
            p("c1", "Alter Punkt.", by=SAGE),
            p("p", T("Neuer Schluss.", by=SAGE)),
        )
    ),
    "deleted-paragraphs": Shape(
        (
            p("h1", "Erklärung"),
            p("p", T("Dieser Absatz geht.", out=ROSE), out=ROSE),
            p("p", "Dieser bleibt."),
            p("c1", T("Punkt, der geht.", out=THYME), out=THYME),
            p("c1", "Punkt, der bleibt.", out=SAGE),
            p("p", T("Der letzte Absatz geht.", out=SAGE)),
        )
    ),
    "within-another's": Shape(
        (
            p("p", "Wir ", T("wollen ", by=ROSE), T("sehr ", by=ROSE, out=THYME), T("gern ", by=ROSE), "handeln."),
            p("p", "Und ", T("auch ", by=THYME, out=SAGE), "teilen."),
            END,
        )
    ),
    "moved": Shape(
        (
            p("p", "Anfang."),
            p("p", _move("From", 50), T("Der Satz zieht um.", out=ROSE, move="move42"), out=ROSE, move="move42"),
            p("p", _move("From", 50, ends=True), "Mitte."),
            p("p", _move("To", 51), T("Der Satz zieht um.", by=ROSE, move="move42"), by=ROSE, move="move42"),
            p("p", _move("To", 51, ends=True), "Ende."),
        )
    ),
    "remarks": Shape(
        (
            p("h1", "Erklärung"),
            p("p", "Wir ", Sign(0), "fordern", Sign(0, ends=True), " mehr Mittel."),
            p("c1", "Wir ", Sign(1), T("werden ", by=ROSE), "bauen", Sign(1, ends=True), "."),
            p("c1", Sign(2), "Hier beginnt es"),
            p("c1", "und hier", Sign(2, ends=True), " endet es."),
            p("p", Sign(3), Sign(4), "Zweimal gefragt", Sign(3, ends=True), Sign(4, ends=True), "."),
            p("p", "Ohne Bereich", Raw('<w:r><w:commentReference w:id="5"/></w:r>'), "."),
            END,
        ),
        (
            C(0, ROSE, "Wie viel?"),
            C(1, THYME, "Steht das fest?", done=True),
            C(2, SAGE, "Zwei Punkte & <einer>"),
            C(3, ROSE, "Frage"),
            C(4, THYME, "Antwort", parent=3),
            C(5, SAGE, "Am Wort davor"),
        ),
    ),
    "kinds": Shape(
        (
            p("h2", "Wird Überschrift", was="p"),
            p("c1", "Wird Punkt", was="p", changed_by=THYME),
            p("p", "War Aufzählung", was="b1"),
            p("c2", "War eine Ebene höher", was="c1", changed_by=SAGE),
            p("p", "Fett ", T("gemacht", look="b", reformatted=THYME), "."),
            END,
        )
    ),
    "list-items": Shape(
        (
            p("c1", "Eins."),
            p("c1", T("Eingefügt.", by=ROSE), by=ROSE),
            p("c2", T("Darunter.", by=ROSE), by=ROSE),
            p("c1", T("Gestrichen.", out=THYME), out=THYME),
            p("c1", "Vier."),
            p("b1", "Punkt ", T("eins", out=THYME), T("zwei", by=THYME)),
            p("b1", T("Punkt, der geht.", out=ROSE), out=ROSE),
            END,
        )
    ),
    "lost": Shape(
        (
            p("title", "Erklärung"),
            p("h1", "Netze"),
            f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w=\"4000\"/></w:tblGrid>{_ROW.format('Zelle A')}{_ROW.format('Zelle B')}</w:tbl>",
            p("p", "Mit Fußnote", Raw('<w:r><w:footnoteReference w:id="2"/></w:r>'), " im Satz."),
            p("p", "Formel: ", Raw("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"), " steht da."),
            END,
        ),
        parts={
            "footnotes": f'<w:footnotes {NAMES}><w:footnote w:id="2"><w:p><w:r><w:t>Die Note.</w:t></w:r></w:p>'
            "</w:footnote></w:footnotes>",
        },
    ),
    "signs": Shape(
        (
            p("p", "Zeile eins", Raw("<w:r><w:br/></w:r>"), "Zeile zwei", Raw("<w:r><w:tab/></w:r>"), "danach."),
            p("p", "Straße & Plätze < > „Zitat“ – 3\u00a0%", Raw("<w:r><w:noBreakHyphen/></w:r>"), "ig 👩‍👩‍👧 é"),
            p(
                "p",
                "Siehe ",
                Raw('<w:r><w:fldChar w:fldCharType="begin"/></w:r>'),
                Raw('<w:r><w:instrText xml:space="preserve"> HYPERLINK "https://example.org/feld" </w:instrText></w:r>'),
                Raw('<w:r><w:fldChar w:fldCharType="separate"/></w:r>'),
                "das Feld",
                Raw('<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
                " dort.",
            ),
            p("p", Raw("<w:sdt><w:sdtContent><w:r><w:t>Im Steuerelement</w:t></w:r></w:sdtContent></w:sdt>"), "."),
            p("p"),
            END,
        )
    ),
}  # fmt: skip
