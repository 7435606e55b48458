"""The words that the document adds to the text. The document is German, whatever language the pages speak."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from server.documents.model import Mark
from server.domain.people.municipalities import Municipality, MunicipalityKind
from server.domain.sign_offs.answers import Answer
from server.domain.sign_offs.statements import Level
from server.domain.terms.local_time import ZONE, day_of

_MONTHS: Final = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)
TEXT: Final = "Wortlaut"
"""Title of the section that holds the signed text and nothing else."""
NO_TITLE: Final = "Erklärung"
REVISION: Final = "Fassung {number} vom {day}"
WORKING_TEXT: Final = "Arbeitsstand vom {day}"

STATEMENTS: Final = "Protokollerklärungen und Vorbehalte"
EMPTY_STATEMENT: Final = "Ein Wortlaut der Protokollerklärung wurde nicht übermittelt."
WITH_STATEMENT: Final = "mit Protokollerklärung"
RESERVATION: Final = "Die Mitzeichnung steht unter dem Vorbehalt der Zustimmung des Gemeinderats."
RESERVATION_ON: Final = (
    "Die Mitzeichnung steht unter dem Vorbehalt der Zustimmung des Gemeinderats (Sitzung am {day})."
)
RESERVATION_OF: Final = "Die Mitzeichnung steht unter Gremienvorbehalt: {whose}."
COUNCIL: Final = "Gemeinderat"
MEETING: Final = "Sitzung am {day}"
FILE_NUMBER: Final = "Aktenzeichen {number}"


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """`note` stands under the municipality's name, empty where there is nothing to add to a signature;
    `copy` is the answer as a signing copy says it."""

    note: str
    copy: str


ANSWERS: Final[Mapping[Answer, AnswerWords]] = {
    Answer.SIGNS: AnswerWords("", "zeichnet mit"),
    Answer.SIGNS_WITH_STATEMENT: AnswerWords(WITH_STATEMENT, "zeichnet mit Protokollerklärung"),
    Answer.SUBJECT_TO_COUNCIL: AnswerWords("unter Gremienvorbehalt", RESERVATION),
    Answer.DECLINES: AnswerWords("zeichnet nicht", "zeichnet nicht"),
}

CLOSING: Final = "Schluss"
"""Title of the section between text and signatories."""
PLACE_AND_DAY: Final = "{place}, den {day}"
ON_DAY: Final = "Am {day}"
FORMULA: Final = "Für {whom}"
FORMULA_OF_SEVERAL: Final = "Für die unterzeichnenden {whom}"
SUMMARY: Final = "Übersicht"
"""Title of the section below the title that says by how many the text is signed."""
SIGNED_BY: Final = "Mitgezeichnet von {whom}"
SIGNED_SO_FAR_BY: Final = "Bisher mitgezeichnet von {whom}"


@dataclass(frozen=True, slots=True)
class KindWords:
    """`several` and its `dative`; `by_one` and `for_one` are phrases with their article."""

    several: str
    dative: str
    by_one: str
    for_one: str


_TOWN: Final = KindWords("Städte", "Städten", "einer Stadt", "die unterzeichnende Stadt")
KIND_WORDS: Final[Mapping[MunicipalityKind, KindWords]] = {
    MunicipalityKind.GROSSE_KREISSTADT: _TOWN,
    MunicipalityKind.STADT: _TOWN,
    MunicipalityKind.GEMEINDE: KindWords(
        "Gemeinden", "Gemeinden", "einer Gemeinde", "die unterzeichnende Gemeinde"
    ),
    MunicipalityKind.LANDKREIS: KindWords(
        "Landkreise", "Landkreisen", "einem Landkreis", "den unterzeichnenden Landkreis"
    ),
    MunicipalityKind.VERBAND: KindWords(
        "Verbände", "Verbänden", "einem Verband", "den unterzeichnenden Verband"
    ),
}
BY_SEVERAL: Final = "{count} {whom}"
LOOK_UP: Final = "Prüfcode {code}"

SIGNATORIES: Final = "Mitgezeichnet haben"
SIGNATORY: Final = "Mitgezeichnet hat"
GROUPS: Final[Mapping[MunicipalityKind, tuple[str, str]]] = {
    MunicipalityKind.GROSSE_KREISSTADT: ("Große Kreisstadt", "Große Kreisstädte"),
    MunicipalityKind.STADT: ("Stadt", "Städte"),
    MunicipalityKind.GEMEINDE: ("Gemeinde", "Gemeinden"),
    MunicipalityKind.LANDKREIS: ("Landkreis", "Landkreise"),
    MunicipalityKind.VERBAND: ("Verband", "Verbände"),
}
CONTINUED: Final = "{group} (Fortsetzung)"
LIST_SUMMARY: Final = "{group}: Kommune, Name und Amtsbezeichnung"
REFERRED: Final = "{note}\u00a0({number})"
STATEMENT_OF: Final = "({number}) {municipality}"
PROOF: Final = "Nachweis der Mitzeichnung"
"""Title of the section that says how and when the municipalities answered."""
COLUMNS: Final = ("Weg", "Kommunen", "Zeit")
ALL_OF_THEM: Final = "alle {count}"
ALL_OTHERS: Final = "{count}: alle hier nicht genannten"
SOME: Final = "{count}: {names}"
PERIOD: Final = "{first} bis {last}"
DEPUTY: Final = "i.\u00a0V. {name}"
REPRESENTS: Final = "in Vertretung für {name}"
JOINTLY: Final = "gemeinsam vertretungsberechtigt"
LEVELS: Final[Mapping[Level, str]] = {
    Level.PDF_SIGNATURE: "elektronische Signatur",
    Level.PASSKEY: "Passkey",
    Level.EMAIL_CODE: "E-Mail-Code",
    Level.PAPER: "Papier",
}
LEVEL_NOTES: Final[Mapping[Level, str]] = {
    Level.PDF_SIGNATURE: "Elektronische Signatur: mit dem Zertifikat der unterzeichnenden Person.",
    Level.PASSKEY: "Passkey: auf dem eigenen Gerät bestätigt, kryptografisch an diese Fassung gebunden.",
    Level.EMAIL_CODE: "E-Mail-Code: mit einem Einmalcode bestätigt, der an die persönliche Adresse ging.",
    Level.PAPER: "Papier: schriftlich erklärt und von der Koordination erfasst.",
}

ANNEX: Final = "Beitritt"
"""Title of the section of an annex that says what is joined."""
ANNEX_SUBJECT: Final = "Beitritt zu einer politischen Erklärung, {revision}"
ANNEX_TITLES: Final = ("Beitritt: {title}", "Beitritte: {title}")
_ANNEX: Final = "Anlage {number} zur ausgefertigten Erklärung. "
ANNEX_LEADS: Final = (
    _ANNEX + "Die unten genannte Kommune ist ihr beigetreten und steht damit hinter demselben Wortlaut.",
    _ANNEX + "Die unten genannten Kommunen sind ihr beigetreten und stehen damit hinter demselben Wortlaut.",
)
JOINED_TEXT: Final = "Ausgefertigte Erklärung"
JOINED_NAMES: Final = ("Titel", "Fassung", "Ausgefertigt", "Prüfcode", "Prüfsumme des Wortlauts (SHA-256)")
JOINED: Final = ("Beigetretene Kommune", "Beigetretene Städte und Gemeinden")

DECLARED: Final = "Mitzeichnung"
"""Title of the section of a signing copy that says what is declared."""
COPY_SUBJECT: Final = "Unterschriftsexemplar, {revision}"
COPY_FACTS: Final = (
    "Kommune",
    "Name",
    "Amtsbezeichnung",
    "In Vertretung für",
    "Antwort",
    "Prüfsumme des Wortlauts (SHA-256)",
    "Ausgefertigt",
)
REPRESENTS_BECAUSE: Final = "{name} ({reason})"
REASONS: Final = ("Protokollerklärung", "Begründung")
SIGNATURE: Final = "Elektronische Signatur"
SIGNATURE_TOOLTIP: Final = "Elektronische Signatur: {name}, {title}"
COPY_HINT: Final = (
    "Bitte signieren Sie in diesem Feld mit Ihrem persönlichen Zertifikat und ändern Sie sonst nichts an der "
    "Datei. Das Unterschriftsexemplar wird der ausgefertigten Erklärung beigefügt und mit ihr "
    "veröffentlicht, einschließlich der Angaben in Ihrem Zertifikat."
)

RECEIPT: Final = "Beleg der Mitzeichnung"
RECEIPT_SUBJECT: Final = "Beleg der Mitzeichnung, {revision}"
RECEIPT_HINT: Final = (
    "Diese Datei belegt, was für die unten genannte Kommune erklärt wurde, und zu welchem Wortlaut. Sie ist "
    "nicht die ausgefertigte Erklärung. Wortlaut und Aussage sind ihr als Dateien beigefügt; an den "
    "Prüfsummen sind sie in den Nachweisen der ausgefertigten Erklärung wiederzufinden, wenn die Antwort bis "
    "zur Ausfertigung nicht geändert wird."
)
RECEIPT_WITHDRAWN: Final = "Diese Antwort wurde zurückgenommen und zählt nicht mehr."
RECEIPT_FACTS: Final = (
    "Weg",
    "Zeitpunkt",
    "Prüfsumme der Aussage (SHA-256)",
    "Prüfsumme der Mitzeichnung im Protokoll (SHA-256)",
)

VERIFICATION: Final = "Echtheit prüfen"
VERIFICATION_TEXT: Final = (
    "Unter der Prüfadresse lässt sich feststellen, ob dieses Dokument echt ist und welche Kommunen "
    "hinter genau diesem Wortlaut stehen. Die Nachweise dafür sind dieser Datei beigefügt."
)
CODE: Final = "Prüfcode"
ADDRESS: Final = "Prüfadresse"
DIGEST: Final = "Prüfsumme des Wortlauts (SHA-256)"
SEALED: Final = "Elektronisches Siegel"
SEALED_TEST: Final = "Elektronisches Siegel (Test)"
NOT_SEALED: Final = "noch nicht ausgefertigt"
SEAL_FIELD: Final = "Siegel"
"""Name of the form field."""
SEAL_TOOLTIP: Final = "Elektronisches Siegel: {issuer}"
ARCHIVE_TOOLTIP: Final = "Archivzeitstempel {number}: reserviert, leer"
QR_ALT: Final = "QR-Code mit der Prüfadresse {address}"
LINK: Final = "Link: {address}"
WATERMARK: Final = "ENTWURF"
PAGE: Final = "Seite {number} von {count}"
SUBJECT: Final = "Politische Erklärung, {revision}"

MARKS: Final[Mapping[Mark, tuple[str, str]]] = {
    Mark.DRAFT: (
        "Entwurf",
        "Diese Fassung ist nicht ausgefertigt. Es gilt allein die ausgefertigte Erklärung.",
    ),
    Mark.TEST: ("Test", "Dieses Dokument wurde zu Testzwecken erstellt und hat keine Gültigkeit."),
}


def municipalities_word(kinds: Iterable[MunicipalityKind], *, dative: bool = False) -> str:
    """What several are called together: „Städte“, „Gemeinden“, „Städte, Gemeinden und Landkreise“."""
    found = set(kinds)
    words = [KIND_WORDS[kind] for kind in MunicipalityKind if kind in found]
    names = list(dict.fromkeys(word.dative if dative else word.several for word in words))
    return " und ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def german_date(day: date) -> str:
    """„18. Juni 2027“, the day as given."""
    return f"{day.day}.\u00a0{_MONTHS[day.month - 1]} {day.year}"


def german_day(at: datetime) -> str:
    """The day in Germany."""
    return german_date(day_of(_local(at)))


def german_time(at: datetime) -> str:
    """„16.06.2027, 9:05 Uhr“ in Germany."""
    local = _local(at)
    return f"{local:%d.%m.%Y}, {local.hour}:{local:%M}\u00a0Uhr"


def german_iso_date(day: str) -> str:
    """From ISO 8601; what is no such date stays as it is."""
    try:
        return german_date(date.fromisoformat(day))
    except ValueError:
        return day


def full_name(municipality: Municipality) -> str:
    """„Gemeinde Appenweier“, „Stadt Offenburg“, „Ortenaukreis“, „Landkreis Emmendingen“; associations are
    named as they are."""
    name = municipality.name
    match municipality.kind:
        case MunicipalityKind.GROSSE_KREISSTADT | MunicipalityKind.STADT:
            return f"Stadt {name}"
        case MunicipalityKind.GEMEINDE:
            return f"Gemeinde {name}"
        case MunicipalityKind.LANDKREIS:
            return name if "kreis" in name.lower() else f"Landkreis {name}"
        case MunicipalityKind.VERBAND:
            return name


def _local(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a time without a zone")
    return at.astimezone(ZONE)
