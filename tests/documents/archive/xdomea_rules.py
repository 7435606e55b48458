"""What the schema of xdomea says of our two messages (0101 and 0401 in 4.0.0 and 3.0.0), as a table of our
own: for each type its elements in their order, and of each how many. Written from the schema of the standard
(Baukasten, Datentypen, Nachrichten), apart from the code that writes messages.

An element is `name:Type` with `?` at most once, `+` once or more, `*` any number; `|` between elements is a
choice. Without a type it is a text. A type that we do not write is `NEVER`: where it comes, its rule is
missing here.
"""

from __future__ import annotations

import re
from typing import Any, Final

_UUID: Final = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_DATE: Final = r"\d{4}-\d\d-\d\d"
VALUES: Final = {
    "TEXT": r"[\s\S]*",
    "UUID": _UUID,
    "FILE": rf"{_UUID}_?.*\.?.*",
    "DATE": _DATE,
    "MOMENT": rf"{_DATE}T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)",
    "MILLISECONDS": rf"{_DATE}T\d\d:\d\d:\d\d\.\d{{3}}(Z|[+-]\d\d:\d\d)",
    "BOOLEAN": "0|1|true|false",
    "ONE": "1",
    "INTEGER": r"\d+",
}
"""Simple types. ONE has a fixed value, which is compared letter by letter."""
_EXTENSIONS: Final = "AnwendungsspezifischeErweiterung:NEVER{n} AnwendungsspezifischeErweiterungXML:NEVER?"
_MORE_OF_4: Final = _EXTENSIONS.format(n="*")
_MORE_OF_3: Final = _EXTENSIONS.format(n="?")
_HEAD_OF_3: Final = (
    "ProzessID:UUID Nachrichtentyp:MessageCode Erstellungszeitpunkt:MOMENT Absender:Contact "
    f"Empfaenger:Contact SendendesSystem:System? Hinweis? {_MORE_OF_3} WeitererEmpfaenger:Contact*"
)
_MESSAGE_OF_4: Final = (
    "LfdNrNachrichtProTyp:INTEGER GesamtanzahlNachrichtenProTyp:INTEGER Anschreiben:DocumentOrMore? "
    "Schriftgutobjekt:Object+"
)
_DOCUMENT: Final = (
    "Identifikation:Identity AllgemeineMetadaten:Metadata? FremdesGeschaeftszeichen? Posteingangsdatum:DATE? "
    "Postausgangsdatum:DATE? DatumDesSchreibens:DATE? Bezug? Hier? Bearbeiter? Typ? "
    "HistorienProtokollInformation:History*"
)
_PROCESS: Final = (
    "Aktenbetreff? Typ? ZdA:BOOLEAN? ZdADatum:DATE? Laufzeit:Period? HistorienProtokollInformation:History*"
)
_FILE: Final = "Dateiname:FILE DateinameOriginal? Ersteller? DatumUhrzeit:MOMENT? SignaturSiegel:Seal?"
_CODE: Final = "code name?"
_BOTH: Final = {
    "Organisation": "Name? Kurzbezeichnung?",
    "Period": "Beginn:DATE? Ende:DATE?",
    "History": "MetadatumName? MetadatumAlterWert? MetadatumNeuerWert? Akteur DatumUhrzeit:MOMENT Bemerkung? "
    "Aktion",
    "Version": "Nummer Format:Format+",
    "Format": "Name:FormatCode SonstigerName? Version Primaerdokument:File",
    "Seal": "SignaturSiegelEingebettet:ONE|SignaturSiegelDatei:FILE+",
    "MessageCode": _CODE,
    "MediumCode": _CODE,
}
TYPES: Final[dict[str, dict[str, str]]] = {
    "4.0.0": {
        **_BOTH,
        "Information.Information.0101": "nachrichtenkopf:Head WeitererLeser:Contact* "
        f"Empfangsbestaetigung:BOOLEAN {_MESSAGE_OF_4}",
        "Abgabe.Abgabe.0401": "nachrichtenkopf:Head WeitererLeser:Contact* Importbestaetigung:ONE "
        f"Empfangsbestaetigung:BOOLEAN {_MESSAGE_OF_4} Aktenplan:NEVER*",
        "Head": "identifikation.nachricht:MessageIdentity leser:Contact autor:Contact ProzessID:UUID "
        f"InstanzID? Hinweis? {_MORE_OF_4}",
        "MessageIdentity": "nachrichtenUUID:UUID nachrichtentyp:MessageCode "
        "erstellungszeitpunkt:MILLISECONDS",
        "Contact": "Behoerdenkennung:NEVER? NameInstitution:Organisation? NameOrganisationseinheit:NEVER? "
        "NameAnsprechpartner:NEVER? Taetigkeit? Zustaendigkeit? Anschrift:NEVER* erreichbarkeit:NEVER* "
        f"Rolle? RolleCode:NEVER? UnstrukturierteAnschrift:NEVER* Geburt:NEVER? {_MORE_OF_4}",
        "Object": "Akte:NEVER|Vorgang:Process|DokumentOderDokumentMitSchriftstueck:DocumentOrMore",
        "Process": "Identifikation:Identity AllgemeineMetadaten:Metadata? Aussonderungsmetadaten:NEVER? "
        f"{_PROCESS} InternerGeschaeftsgang:NEVER* "
        "DokumentOderDokumentMitSchriftstueck:DocumentOrMore* Verweis:NEVER* Kontakt:Contact* "
        f"Teilvorgang:Process* {_MORE_OF_4}",
        "DocumentOrMore": "Dokument:Document|DokumentMitSchriftstueck:NEVER",
        "Document": f"{_DOCUMENT} InternerGeschaeftsgang:NEVER* Verweis:NEVER* Anlage:NEVER* Autor:Contact* "
        f"Leser:Contact* WeitererKontakt:Contact* {_MORE_OF_4} Version:Version*",
        "Identity": "xdomeaUUID:UUID NummerImUebergeordnetenContainer:INTEGER?",
        "Metadata": "Betreff? Kennzeichen? Federfuehrung? Aktenfuehrung? Geheimhaltung:NEVER? Bemerkung? "
        "Medium:MediumCode? Aktenplaneinheit:NEVER? ZeitpunktLetzteAenderung:MOMENT? Strukturpfad:NEVER? "
        "Datenschutzstufe? DatenschutzstufeCode:NEVER?",
        "File": f"{_FILE} ZeitpunktLetzteAenderung:MOMENT? Hash:Hash?",
        "Hash": "Wert Algorithmus:AlgorithmCode? SonstigerAlgorithmus?",
        "FormatCode": _CODE,
        "AlgorithmCode": _CODE,
    },
    "3.0.0": {
        **_BOTH,
        "Information.Information.0101": "Kopf:Head Anschreiben:Document? Schriftgutobjekt:Object+",
        "Abgabe.Abgabe.0401": "Kopf:HandoverHead Anschreiben:Document? Schriftgutobjekt:Object+ "
        "Aktenplan:NEVER?",
        "Head": f"{_HEAD_OF_3} Empfangsbestaetigung:BOOLEAN",
        "HandoverHead": f"{_HEAD_OF_3} Importbestaetigung:ONE Empfangsbestaetigung:BOOLEAN",
        "System": "InstanzID? Produktname? Version?",
        "Contact": "Behoerdenkennung:NEVER? Institution:Organisation? Organisationseinheit:NEVER? "
        "Name:NEVER? Taetigkeit? Zustaendigkeit? Anschrift:NEVER* Kommunikation:NEVER* Rolle:NEVER? "
        "UnstrukturierteAnschrift:NEVER* Geburt:NEVER?",
        "Object": "Akte:NEVER|Vorgang:Process|Dokument:Document",
        "Process": "Identifikation:Identity AllgemeineMetadaten:Metadata? ArchivspezifischeMetadaten:NEVER? "
        f"{_PROCESS} InternerGeschaeftsgang:NEVER? Dokument:Document* Verweis:NEVER* Kontakt:Contact* "
        f"Teilvorgang:Process* {_MORE_OF_3}",
        "Document": f"{_DOCUMENT} InternerGeschaeftsgang:NEVER? Version:Version* Verweis:NEVER* "
        f"Anlage:NEVER* Absender:Contact* Empfaenger:Contact* WeitererKontakt:Contact* {_MORE_OF_3}",
        "Identity": "ID:UUID NummerImUebergeordnetenContainer:INTEGER?",
        "Metadata": "Betreff? Kennzeichen? Federfuehrung? Aktenfuehrung? Vertraulichkeitsstufe:NEVER? "
        "Bemerkung? Medium:MediumCode? Aktenplaneinheit:NEVER?",
        "File": _FILE,
        "FormatCode": "code",
    },
}
"""By version. Messages are named as their root."""
ROOT_ATTRIBUTES: Final = {
    "4.0.0": {
        "produkt": ".+", "produkthersteller": ".+", "produktversion?": ".+", "standard": "xdomea",
        "test?": ".+", "version": r"4\.0\.0",
    },
    "3.0.0": {},
}  # fmt: skip
_OURS: Final = "urn:xoev-de:xdomea:codeliste"
LISTS: Final = {
    "MessageCode": (f"{_OURS}:nachrichtentyp", {"4.0.0": "3.0", "3.0.0": "2.0"}, {"0101", "0401"}),
    "MediumCode": (f"{_OURS}:medium", {"4.0.0": "1.0", "3.0.0": "1.0"}, {"001", "002", "003"}),
    "FormatCode": (
        f"{_OURS}:dateiformat",
        {"4.0.0": "2.0", "3.0.0": "2.0"},
        {f"{code:03}" for code in (*range(1, 52), 100)},
    ),
    "AlgorithmCode": (
        "urn:xoev-de:kosit:codeliste:xta.serviceprofile.kryptographische-algorithmen",
        {"4.0.0": "1.0.0"},
        {"SHA-256", "SHA-384", "SHA-512"},
    ),
}
"""Of the code lists: address, version, the codes that there are."""
FORMATS: Final = {
    "csv": {"002"}, "docx": {"035"}, "html": {"008"}, "json": {"100"}, "odt": {"015"}, "pdf": {"018", "044"},
    "txt": {"045"}, "xml": {"030"},
}  # fmt: skip
"""Of the list of formats, by the ending of a file; 100 is for all that it does not have."""
_UNPREFIXED: Final = frozenset({"code", "name", "nachrichtenUUID", "nachrichtentyp", "erstellungszeitpunkt"})


def faults(root: Any, version: str) -> list[str]:
    """What a message says against the rules; `root` is an lxml element."""
    found = [] if root.prefix == "xdomea" else ["the prefix is not xdomea"]
    name = _name(root)
    if name not in TYPES[version]:
        return [f"{name}: no such message"]
    return found + _attribute_faults(root, ROOT_ATTRIBUTES[version]) + _Check(version).look(root, name)


class _Check:
    def __init__(self, version: str) -> None:
        self._version = version
        self._space = f"urn:xoev-de:xdomea:schema:{version}"

    def look(self, element: Any, kind: str) -> list[str]:
        """The element and what is below it."""
        where = f"{_name(element)} ({kind})"
        if kind in VALUES:
            return self._simple(element, VALUES[kind], where)
        rule = TYPES[self._version].get(kind)
        if rule is None:
            return [f"{where}: no rule"]
        children = [_name(child) for child in element]
        found = (
            []
            if re.fullmatch(_pattern(rule), "".join(f"{each} " for each in children))
            else [f"{where}: {children}"]
        )
        if (element.text or "").strip():
            found.append(f"{where}: text between elements")
        if kind in LISTS:
            found += self._code(element, *LISTS[kind])
        elif element.attrib and element.getparent() is not None:
            found.append(f"{where}: {dict(element.attrib)}")
        if kind == "Format":
            found += _format_faults(element)
        types = {name: kind or "TEXT" for name, kind, _ in _parts(rule)}
        for child in element:
            found += self._space_faults(child)
            found += self.look(child, types.get(_name(child), "NEVER"))
        return found

    def _simple(self, element: Any, pattern: str, where: str) -> list[str]:
        found = [f"{where}: elements"] if len(element) else []
        found += [f"{where}: {dict(element.attrib)}"] if element.attrib else []
        return found if re.fullmatch(pattern, element.text or "") else [*found, f"{where}: {element.text}"]

    def _space_faults(self, element: Any) -> list[str]:
        space = element.tag[1:].partition("}")[0] if element.tag.startswith("{") else ""
        wanted = "" if _name(element) in _UNPREFIXED else self._space
        return [] if space == wanted else [f"{_name(element)}: its namespace"]

    def _code(self, element: Any, address: str, versions: dict[str, str], codes: set[str]) -> list[str]:
        said = dict(element.attrib)
        found = []
        if said != {"listURI": address, "listVersionID": versions[self._version]}:
            found.append(f"{_name(element)}: {said}")
        code = element.findtext("code")
        return found if code in codes else [*found, f"{_name(element)}: no such code {code}"]


def _format_faults(element: Any) -> list[str]:
    """A format of the list has its code; another one has its name beside the code for others."""
    code = element.findtext("{*}Name/code")
    ending = element.findtext("{*}Primaerdokument/{*}Dateiname").rpartition(".")[2]
    named = bool(element.findtext("{*}SonstigerName"))
    is_right = code in FORMATS.get(ending, set()) and named == (code == "100")
    return [] if is_right else [f"Format: {code} for {ending}"]


def _attribute_faults(root: Any, rules: dict[str, str]) -> list[str]:
    said = dict(root.attrib)
    missing = [name for name in rules if not name.endswith("?") and name not in said]
    patterns = {name.rstrip("?"): pattern for name, pattern in rules.items()}
    wrong = [name for name, value in said.items() if not re.fullmatch(patterns.get(name, "(?!)"), value)]
    return [f"attribute {name}" for name in (*missing, *wrong)]


def _name(element: Any) -> str:
    return str(element.tag.rpartition("}")[2])


def _parts(rule: str) -> list[tuple[str, str, str]]:
    """Name, type, how many."""
    return re.findall(r"([\w.]+)(?::(\w+))?([?*+]?)(?=[ |]|$)", rule)


def _pattern(rule: str) -> str:
    between = "|" if "|" in rule else ""
    return between.join(f"(?:{re.escape(name)} ){count}" for name, _, count in _parts(rule))
