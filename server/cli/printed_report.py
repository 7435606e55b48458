"""The report of a check on the terminal, in German or English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from server.catalogues import load_catalogue
from server.domain.people.languages import Language
from server.domain.release.difference_sentences import difference_sentences
from server.domain.release.finding_sentences import headline
from server.domain.release.report_lines import ReportLine, report_lines
from server.domain.release.verification import (
    CheckedFile,
    Outcome,
    SealFacts,
    SignOffLine,
    VerificationReport,
)
from server.domain.sentences import N_
from server.domain.sign_offs.answers import ANSWERS, Answer
from server.domain.sign_offs.statements import LEVEL_WORDS, Level

LOCALE: Final = Path(__file__).parents[1] / "locale"
FEW: Final = 5
"""Subjects that are named; of more only their number is said."""
PARTS: Final = (
    (N_("What is wrong"), (Outcome.BROKEN, Outcome.MISSING)),
    (N_("What holds with limits"), (Outcome.LIMITED,)),
    (N_("What is proven"), (Outcome.PROVEN,)),
)


class PrintedReport:
    def __init__(self, language: Language) -> None:
        self._language = language
        self._say = load_catalogue(LOCALE, language).gettext

    def render(self, report: VerificationReport, file: CheckedFile) -> str:
        """The verdict first, then what is wrong. What stands in the file is printed without control
        characters: a terminal would obey them."""
        title, text = headline(report)
        size = self._say(N_("%(number)s bytes")) % {"number": file.size}
        lines = [
            self._say(title).upper(),
            self._say(text),
            "",
            *self._document(report),
            *self._seal(report.seal),
            *self._sign_offs(report.sign_offs),
            *self._findings(report_lines(report.findings)),
            f"{self._say(N_('File'))}: {file.name}, {size}",
            f"SHA-256: {file.digest}",
            f"{self._say(N_('Checked at'))}: {file.at}",
        ]
        return "\n".join(_printable(line) for line in lines)

    def _document(self, report: VerificationReport) -> Iterator[str]:
        if report.title:
            revision = self._say(N_("Revision %(number)s")) % {"number": report.revision}
            yield from (report.title, f"{revision}, SHA-256 {report.digest}", "")

    def _seal(self, seal: SealFacts | None) -> Iterator[str]:
        if seal is None:
            return
        facts = (
            (N_("Electronic seal of"), seal.holder),
            (N_("Issuer of the certificate"), seal.issuer),
            (N_("Place"), seal.place),
            (N_("Reason"), seal.reason),
            (N_("Time"), f"{seal.at} ({seal.attested_by or self._say(N_('by its own clock'))})"),
        )
        yield from (f"{self._say(name)}: {value}" for name, value in facts if value)
        yield ""

    def _sign_offs(self, lines: tuple[SignOffLine, ...]) -> Iterator[str]:
        for line in lines:
            answer = self._say(ANSWERS[Answer(line.answer)].label)
            level = self._say(LEVEL_WORDS[Level(line.level)])
            when = datetime.fromisoformat(line.at).strftime("%Y-%m-%d %H:%M")
            yield f"  {line.municipality}: {line.signatory}, {line.title} ({answer}, {level}, {when} UTC)"
        if lines:
            yield ""

    def _findings(self, lines: Iterable[ReportLine]) -> Iterator[str]:
        found = list(lines)
        for title, outcomes in PARTS:
            if part := [line for line in found if line.outcome in outcomes]:
                yield f"{self._say(title)}:"
                yield from (text for line in part for text in self._line(line))
                yield ""

    def _line(self, line: ReportLine) -> Iterator[str]:
        count = len(line.subjects)
        about = f" ({', '.join(line.subjects) if count <= FEW else f'{count} ×'})" if count else ""
        yield f"  - {self._say(line.sentence)}{about}  [{line.check}]"
        if line.limit:
            yield f"    {self._say(line.limit)}"
        yield from (f"    {said}" for said in difference_sentences(line.differences, self._say))
        if self._language == "en":  # the details are the checks' own English sentences
            yield from (f"    {detail}" for detail in line.details[:FEW])


def _printable(line: str) -> str:
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in line)
