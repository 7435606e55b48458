"""An xdomea message (urn:xoev-de:xdomea:kosit:standard:xdomea, 4.0.0 or 3.0.0): a Vorgang with documents.

The same state of a declaration gives the same message; another state has an id of its own, as the standard
asks of every new message. What the two versions write differently stands in `Dialect`.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from lxml import etree

from server.documents.archive.items import ArchiveFile, ArchiveItem, Dossier
from server.domain.release.archive import MessageKind, XdomeaVersion
from server.domain.terms.local_time import day_of

Element = Any
"""lxml brings no types."""
PRODUCT: Final = "Kraftakt"
OTHER: Final = "100"
FORMATS: Final[Mapping[str, tuple[str, str]]] = {
    "pdf": ("018", "Portable Document Format"),
    "docx": ("035", "Office Open XML Text"),
    "odt": ("015", "OpenDocument Text Format"),
    "html": ("008", "Hypertext Markup Language"),
    "xml": ("030", "eXtensible Markup Language"),
    "csv": ("002", "Comma Separated Values"),
    "txt": ("045", "Unicode Text File"),
}
"""Code and name of the standard's list of file formats (2.0); what is not in it is named beside the code
100."""
ARCHIVAL: Final = ("044", "Portable Document Format (Archival)")
ARCHIVAL_VERSION: Final = "PDF/A-3a"
"""Of every file that we seal. What others brought and is attached may be any PDF."""
_PDF_HEAD: Final = re.compile(rb"%PDF-(\d\.\d)")
_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 does not allow (2.2)."""
LISTS: Final = "urn:xoev-de:xdomea:codeliste"
ALGORITHMS: Final = "urn:xoev-de:kosit:codeliste:xta.serviceprofile.kryptographische-algorithmen"


@dataclass(frozen=True, slots=True)
class Dialect:
    """`wrapper`: around a document, where there is one."""

    version: XdomeaVersion
    identity: str
    wrapper: str
    institution: str
    types: str
    has_hashes: bool
    names_formats: bool

    def tag(self, name: str) -> str:
        return f"{{urn:xoev-de:xdomea:schema:{self.version}}}{name}"

    def stem(self, process: uuid.UUID, kind: MessageKind) -> str:
        """Of the files' names."""
        if self.version is XdomeaVersion.V4:
            return f"{process}_{kind}_1"
        return f"{process}_{kind.called}.{kind}"


DIALECTS: Final[Mapping[XdomeaVersion, Dialect]] = {
    XdomeaVersion.V4: Dialect(
        XdomeaVersion.V4,
        "xdomeaUUID",
        "DokumentOderDokumentMitSchriftstueck",
        "NameInstitution",
        "3.0",
        True,
        True,
    ),
    XdomeaVersion.V3: Dialect(XdomeaVersion.V3, "ID", "", "Institution", "2.0", False, False),
}


def primary_name(dossier: Dossier, file: ArchiveFile) -> str:
    """What a file is called beside the message: an id of its own, so that a renewed file is another one."""
    return f"{uuid.uuid5(dossier.process, f'file {file.path} {file.sha256}')}.{file.extension}"


def write_message(dossier: Dossier, kind: MessageKind, version: XdomeaVersion) -> bytes:
    return _Writer(dossier, kind, DIALECTS[version]).write()


class _Writer:
    def __init__(self, dossier: Dossier, kind: MessageKind, dialect: Dialect) -> None:
        self._dossier, self._kind, self._dialect = dossier, kind, dialect
        space = {"xdomea": dialect.tag("")[1:-1]}
        self._root = etree.Element(dialect.tag(f"{kind.called}.{kind}"), nsmap=space)

    def write(self) -> bytes:
        if self._dialect.version is XdomeaVersion.V4:
            self._head_of_4()
        else:
            self._head_of_3()
        self._process(self._add(self._root, "Schriftgutobjekt"))
        etree.indent(self._root)
        written: bytes = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8")
        return written

    def _add(self, parent: Element, name: str, text: str | None = None) -> Element:
        made = etree.SubElement(parent, self._dialect.tag(name))
        made.text = _plain(text) if text is not None else None
        return made

    def _code(self, element: Element, uri: str, list_version: str, code: str, name: str = "") -> None:
        """Codes carry no prefix."""
        element.set("listURI", uri)
        element.set("listVersionID", list_version)
        etree.SubElement(element, "code").text = code
        if name:
            etree.SubElement(element, "name").text = name

    def _type(self, element: Element) -> None:
        self._code(element, f"{LISTS}:nachrichtentyp", self._dialect.types, self._kind, self._kind.called)

    def _contact(self, parent: Element, name: str, who: str) -> None:
        contact = self._add(parent, name)
        self._add(self._add(contact, self._dialect.institution), "Name", who)

    def _head_of_4(self) -> None:
        dossier, root = self._dossier, self._root
        attributes = (("produkt", PRODUCT), ("produkthersteller", PRODUCT), ("standard", "xdomea"))
        for name, value in (*attributes, ("version", str(self._dialect.version))):
            root.set(name, value)
        head = self._add(root, "nachrichtenkopf")
        message = self._add(head, "identifikation.nachricht")
        etree.SubElement(message, "nachrichtenUUID").text = str(self._message_id())
        self._type(etree.SubElement(message, "nachrichtentyp"))
        etree.SubElement(message, "erstellungszeitpunkt").text = _moment(dossier.changed_at, "milliseconds")
        self._contact(head, "leser", dossier.reader)
        self._contact(head, "autor", dossier.author)
        self._add(head, "ProzessID", str(dossier.process))
        self._flags(root)
        self._add(root, "LfdNrNachrichtProTyp", "1")
        self._add(root, "GesamtanzahlNachrichtenProTyp", "1")

    def _head_of_3(self) -> None:
        dossier = self._dossier
        head = self._add(self._root, "Kopf")
        self._add(head, "ProzessID", str(dossier.process))
        self._type(self._add(head, "Nachrichtentyp"))
        self._add(head, "Erstellungszeitpunkt", _moment(dossier.changed_at))
        self._contact(head, "Absender", dossier.author)
        self._contact(head, "Empfaenger", dossier.reader)
        self._add(self._add(head, "SendendesSystem"), "Produktname", PRODUCT)
        self._flags(head)

    def _flags(self, parent: Element) -> None:
        """Written 1 and 0: fixed values are compared letter by letter."""
        if self._kind is MessageKind.HANDOVER:
            self._add(parent, "Importbestaetigung", "1")
        self._add(parent, "Empfangsbestaetigung", "0")

    def _message_id(self) -> uuid.UUID:
        dossier = self._dossier
        state = [file.sha256 for file in dossier.files] + [
            d.at.isoformat() + d.what for d in dossier.decisions
        ]
        named = (self._dialect.version, self._kind, dossier.reader, *state)
        return uuid.uuid5(dossier.process, "message " + "\n".join(named))

    def _identify(self, parent: Element, number: uuid.UUID, place: int = 0) -> None:
        found = self._add(parent, "Identifikation")
        self._add(found, self._dialect.identity, str(number))
        if place:
            self._add(found, "NummerImUebergeordnetenContainer", str(place))

    def _metadata(self, parent: Element, title: str, mark: str) -> None:
        found = self._add(parent, "AllgemeineMetadaten")
        self._add(found, "Betreff", title)
        self._add(found, "Kennzeichen", mark)
        medium = self._add(found, "Medium")
        words = "Elektronisch: Das Schriftgutobjekt liegt ausschließlich in elektronischer Form vor."
        self._code(medium, f"{LISTS}:medium", "1.0", "001", words)

    def _process(self, parent: Element) -> None:
        dossier = self._dossier
        process = self._add(parent, "Vorgang")
        self._identify(process, uuid.uuid5(dossier.process, "process"))
        self._metadata(process, dossier.title, dossier.short_code)
        self._add(process, "Typ", "Gemeinsame Erklärung")
        period = self._add(process, "Laufzeit")
        self._add(period, "Beginn", day_of(dossier.began_at).isoformat())
        self._add(period, "Ende", day_of(dossier.changed_at).isoformat())
        for decision in dossier.decisions:
            history = self._add(process, "HistorienProtokollInformation")
            self._add(history, "Akteur", decision.who)
            self._add(history, "DatumUhrzeit", _moment(decision.at))
            self._add(history, "Aktion", decision.what)
        for place, item in enumerate(dossier.items, 1):
            wrapper = self._dialect.wrapper
            self._document(self._add(process, wrapper) if wrapper else process, item, place)

    def _document(self, parent: Element, item: ArchiveItem, place: int) -> None:
        dossier = self._dossier
        document = self._add(parent, "Dokument")
        self._identify(document, uuid.uuid5(dossier.process, f"document {item.files[0].path}"), place)
        self._metadata(document, item.title, f"{dossier.short_code}/{place}")
        self._add(document, "DatumDesSchreibens", day_of(item.at).isoformat())
        self._add(document, "Typ", item.kind)
        version = self._add(document, "Version")
        self._add(version, "Nummer", "1")
        for file in item.files:
            self._format(version, file)

    def _format(self, parent: Element, file: ArchiveFile) -> None:
        code, name = ARCHIVAL if file.sealed else FORMATS.get(file.extension, (OTHER, "Sonstiges"))
        found = self._add(parent, "Format")
        label = self._add(found, "Name")
        self._code(label, f"{LISTS}:dateiformat", "2.0", code, name if self._dialect.names_formats else "")
        if code == OTHER:
            self._add(found, "SonstigerName", file.extension.upper())
        self._add(found, "Version", ARCHIVAL_VERSION if file.sealed else _version_of(file))
        primary = self._add(found, "Primaerdokument")
        self._add(primary, "Dateiname", primary_name(self._dossier, file))
        self._add(primary, "DateinameOriginal", file.name)
        self._add(primary, "Ersteller", PRODUCT)
        self._add(primary, "DatumUhrzeit", _moment(file.at))
        if file.sealed:
            self._add(self._add(primary, "SignaturSiegel"), "SignaturSiegelEingebettet", "1")
        if self._dialect.has_hashes:
            digest = self._add(primary, "Hash")
            self._add(digest, "Wert", file.sha256)
            algorithm = self._add(digest, "Algorithmus")
            self._code(algorithm, ALGORITHMS, "1.0.0", "SHA-256", "http://www.w3.org/2001/04/xmlenc#sha256")


def _version_of(file: ArchiveFile) -> str:
    """What a PDF says of itself; other formats have none that matters."""
    head = _PDF_HEAD.match(file.data)
    return head[1].decode() if head else ""


def _moment(at: datetime, precision: str = "seconds") -> str:
    return at.astimezone(UTC).isoformat(timespec=precision).replace("+00:00", "Z")


def _plain(text: str) -> str:
    return _NOT_IN_XML.sub("", text)
