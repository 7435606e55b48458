"""The order and number of elements that xdomea asks for, as far as our messages go: written down from the
standard (4.0.0 and 3.0.0, Baukasten, Information, Abgabe), apart from the code that writes them.

`name` once, `name?` at most once, `name+` once or more, `name*` any number.
"""

from __future__ import annotations

import re
from typing import Any, Final

UUID: Final = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_DOCUMENT: Final = (
    "Identifikation AllgemeineMetadaten? FremdesGeschaeftszeichen? Posteingangsdatum? Postausgangsdatum? "
    "DatumDesSchreibens? Bezug? Hier? Bearbeiter? Typ? HistorienProtokollInformation* Version*"
)
_PROCESS: Final = (
    "Identifikation AllgemeineMetadaten? Aussonderungsmetadaten? Aktenbetreff? Typ? ZdA? ZdADatum? Laufzeit? "
    "HistorienProtokollInformation* "
)
_COMMON: Final = {
    "Laufzeit": "Beginn? Ende?",
    "HistorienProtokollInformation": "MetadatumName? Akteur DatumUhrzeit Bemerkung? Aktion",
    "Dokument": _DOCUMENT,
    "Version": "Nummer Format+",
    "Format": "Name SonstigerName? Version Primaerdokument",
    "SignaturSiegel": "SignaturSiegelEingebettet",
    "Medium": "code name?",
}
_PRIMARY: Final = (
    "Dateiname DateinameOriginal? Ersteller? DatumUhrzeit? SignaturSiegel? ZeitpunktLetzteAenderung?"
)
_TAIL_OF_4: Final = (
    "Empfangsbestaetigung LfdNrNachrichtProTyp GesamtanzahlNachrichtenProTyp Schriftgutobjekt+"
)
RULES: Final[dict[str, dict[str, str]]] = {
    "4.0.0": {
        **_COMMON,
        "Information.Information.0101": f"nachrichtenkopf {_TAIL_OF_4}",
        "Abgabe.Abgabe.0401": f"nachrichtenkopf Importbestaetigung {_TAIL_OF_4}",
        "nachrichtenkopf": "identifikation.nachricht leser autor ProzessID InstanzID? Hinweis?",
        "identifikation.nachricht": "nachrichtenUUID nachrichtentyp erstellungszeitpunkt",
        "nachrichtentyp": "code name?",
        "leser": "NameInstitution",
        "autor": "NameInstitution",
        "NameInstitution": "Name",
        "Schriftgutobjekt": "Vorgang",
        "Vorgang": f"{_PROCESS} DokumentOderDokumentMitSchriftstueck*",
        "DokumentOderDokumentMitSchriftstueck": "Dokument",
        "Identifikation": "xdomeaUUID NummerImUebergeordnetenContainer?",
        "AllgemeineMetadaten": "Betreff? Kennzeichen? Federfuehrung? Bemerkung? Medium?",
        "Primaerdokument": f"{_PRIMARY} Hash?",
        "Hash": "Wert Algorithmus?",
        "Algorithmus": "code name?",
    },
    "3.0.0": {
        **_COMMON,
        "Information.Information.0101": "Kopf Schriftgutobjekt+",
        "Abgabe.Abgabe.0401": "Kopf Schriftgutobjekt+",
        "Kopf": "ProzessID Nachrichtentyp Erstellungszeitpunkt Absender Empfaenger SendendesSystem? Hinweis? "
        "Importbestaetigung? Empfangsbestaetigung",
        "Nachrichtentyp": "code name?",
        "Absender": "Institution",
        "Empfaenger": "Institution",
        "Institution": "Name",
        "SendendesSystem": "InstanzID? Produktname? Version?",
        "Schriftgutobjekt": "Vorgang",
        "Vorgang": f"{_PROCESS} Dokument*",
        "Identifikation": "ID NummerImUebergeordnetenContainer?",
        "AllgemeineMetadaten": "Betreff? Kennzeichen? Federfuehrung? Bemerkung? Medium?",
        "Primaerdokument": _PRIMARY,
    },
}
"""By version: what an element holds, in this order."""
_FORMAT_NAMES: Final = {"4.0.0": "code name?", "3.0.0": "code"}
_VALUES: Final = {
    "xdomeaUUID": UUID, "ID": UUID, "ProzessID": UUID, "nachrichtenUUID": UUID,
    "Dateiname": rf"{UUID}\.[a-z0-9]{{2,5}}",
    "erstellungszeitpunkt": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z",
    "DatumUhrzeit": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ",
    "DatumDesSchreibens": r"\d{4}-\d\d-\d\d", "Beginn": r"\d{4}-\d\d-\d\d", "Ende": r"\d{4}-\d\d-\d\d",
    "Importbestaetigung": "1", "Empfangsbestaetigung": "[01]", "SignaturSiegelEingebettet": "1",
    "NummerImUebergeordnetenContainer": r"[1-9]\d*", "code": r"[A-Z0-9-]+",
}  # fmt: skip
_UNPREFIXED: Final = frozenset({"code", "name", "nachrichtenUUID", "nachrichtentyp", "erstellungszeitpunkt"})


def faults(root: Any, version: str) -> list[str]:
    """What a message says against the rules; `root` is an lxml element."""
    space = f"{{urn:xoev-de:xdomea:schema:{version}}}"
    found = [] if root.prefix == "xdomea" else ["the prefix is not xdomea"]
    for element in root.iter():
        name = element.tag.removeprefix(space)
        children = [child.tag.removeprefix(space) for child in element]
        if (element.tag == name) != (name in _UNPREFIXED):
            found.append(f"{name}: its namespace")
        found += _fault(name, element.getparent(), children, element.text or "", version)
    return found


def _fault(name: str, parent: Any, children: list[str], text: str, version: str) -> list[str]:
    under = parent.tag.rpartition("}")[2] if parent is not None else ""
    if name == "Name" and under == "Format":
        rule = _FORMAT_NAMES[version]
    elif name == "Version" and under == "Format":
        rule = ""
    else:
        rule = RULES[version].get(name, "")
    parts = re.findall(r"(\S+?)([?*+]?)(?: |$)", rule)
    pattern = "".join(f"(?:{re.escape(part)} ){count}" for part, count in parts)
    bad = [] if re.fullmatch(pattern, "".join(f"{child} " for child in children)) else [f"{name}: {children}"]
    if not children and name in _VALUES and not re.fullmatch(_VALUES[name], text):
        bad.append(f"{name}: {text}")
    return bad
