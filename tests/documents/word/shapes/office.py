"""Writes a shape as one of four programs would: Word in German, LibreOffice, Google Docs, Pages."""

from __future__ import annotations

import io
from dataclasses import dataclass
from html import escape
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tests.documents.word.shapes.pieces import C, P, Raw, Shape, Sign, T

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES: Final = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"


@dataclass(frozen=True)
class Office:
    """`styles`: id and name by kind. `numbers_by_style`: lists hang on the style, not on the paragraph."""

    name: str
    styles: dict[str, tuple[str, str]]
    date: str = "2026-11-03T10:15:00Z"
    run_noise: str = ""
    split_runs: bool = False
    numbers_by_style: bool = False
    threads: bool = True
    between: str = ""


WORD: Final = Office(
    "word",
    {
        "p": ("Standard", "Normal"),
        "title": ("Titel", "Title"),
        "h1": ("berschrift1", "heading 1"),
        "h2": ("berschrift2", "heading 2"),
        "h3": ("berschrift3", "heading 3"),
        "quote": ("Zitat", "Quote"),
        "list": ("Listenabsatz", "List Paragraph"),
    },
    run_noise='<w:rPr><w:lang w:val="de-DE"/></w:rPr>',
    split_runs=True,
    between='<w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="900" w:name="_GoBack"/><w:bookmarkEnd w:id="900"/>',
)
WRITER: Final = Office(
    "writer",
    {
        "p": ("Normal", "Normal"),
        "title": ("Title", "Title"),
        "h1": ("Heading1", "heading 1"),
        "h2": ("Heading2", "heading 2"),
        "h3": ("Heading3", "heading 3"),
        "quote": ("Quotations", "Quotations"),
        "list": ("TextBody", "Body Text"),
    },
    run_noise="<w:rPr></w:rPr>",
)
GOOGLE: Final = Office(
    "google",
    {
        "p": ("Normal", "normal"),
        "title": ("Title", "Title"),
        "h1": ("Heading1", "heading 1"),
        "h2": ("Heading2", "heading 2"),
        "h3": ("Heading3", "heading 3"),
        "quote": ("Quote", "Quote"),
        "list": ("Normal", "normal"),
    },
    date="2026-11-03T10:15:42Z",
    run_noise='<w:rPr><w:rtl w:val="0"/></w:rPr>',
    threads=False,
)
PAGES: Final = Office(
    "pages",
    {
        "p": ("Body", "Body"),
        "title": ("Title", "Title"),
        "h1": ("Heading", "heading 1"),
        "h2": ("Heading2", "heading 2"),
        "h3": ("Heading3", "heading 3"),
        "quote": ("BlockText", "Block Text"),
        "list": ("ImportedStyle1", "Imported Style 1"),
    },
    run_noise='<w:rPr><w:rtl w:val="0"/><w:lang w:val="de-DE"/></w:rPr>',
    numbers_by_style=True,
)
OFFICES: Final = (WORD, WRITER, GOOGLE, PAGES)


def build(office: Office, shape: Shape) -> bytes:
    return _Builder(office, shape).pack()


class _Builder:
    def __init__(self, office: Office, shape: Shape) -> None:
        self.office, self.shape = office, shape
        self.links: list[str] = []
        self.count = 100

    def pack(self) -> bytes:
        body = "".join(part if isinstance(part, str) else self.paragraph(part) for part in self.shape.body)
        document = f"<w:document {NAMES}><w:body>{body}<w:sectPr/></w:body></w:document>"
        sides = {"styles": self.styles(), "numbering": NUMBERING, **self.shape.parts, **self.comments()}
        out = io.BytesIO()
        with ZipFile(out, "w", ZIP_DEFLATED) as archive:
            for name, data in {
                "[Content_Types].xml": _types(sides),
                "_rels/.rels": _relations([("rId1", f"{OFFICE}/officeDocument", "word/document.xml", "")]),
                "word/document.xml": document,
                "word/_rels/document.xml.rels": _relations(self.relations(sides)),
                **{f"word/{name}.xml": part for name, part in sides.items()},
            }.items():
                info = ZipInfo(name, (2026, 11, 3, 10, 15, 0))
                info.compress_type = ZIP_DEFLATED
                archive.writestr(info, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + data)
        return out.getvalue()

    def relations(self, sides: dict[str, str]) -> list[tuple[str, str, str, str]]:
        found = []
        for number, name in enumerate(sides, 1):
            kind = name.rstrip("1")
            place = (
                "http://schemas.microsoft.com/office/2011/relationships"
                if name == "commentsExtended"
                else OFFICE
            )
            found.append((f"part{number}", f"{place}/{kind}", f"{name}.xml", ""))
        links = [
            (f"link{number}", f"{OFFICE}/hyperlink", escape(link), ' TargetMode="External"')
            for number, link in enumerate(self.links)
        ]
        return found + links

    def paragraph(self, part: P) -> str:
        inner = "".join(self.piece(piece) for piece in part.pieces)
        mark = self.mark(part)
        change = ""
        look = self.look(part.kind)
        if part.was:
            change = (
                f"<w:pPrChange {self.who(part.changed_by)}><w:pPr>{self.look(part.was)}</w:pPr></w:pPrChange>"
            )
        return f"<w:p><w:pPr>{look}{mark}{change}</w:pPr>{self.office.between}{inner}</w:p>"

    def mark(self, part: P) -> str:
        names = [("moveTo" if part.move else "ins", part.by), ("moveFrom" if part.move else "del", part.out)]
        inner = "".join(f"<w:{name} {self.who(author)}/>" for name, author in names if author)
        return f"<w:rPr>{inner}</w:rPr>"

    def look(self, kind: str) -> str:
        listed = kind[0] in "cb" and kind[1:].isdecimal()
        style = self.office.styles["list" if listed else kind][0]
        if listed and self.office.numbers_by_style:
            style += kind
        number = ""
        if listed and not self.office.numbers_by_style:
            number = (
                f'<w:numPr><w:ilvl w:val="{int(kind[1]) - 1}"/><w:numId w:val="{_list(kind)}"/></w:numPr>'
            )
        return f'<w:pStyle w:val="{style}"/>{number}'

    def piece(self, piece: T | Sign | Raw) -> str:
        match piece:
            case Raw(xml):
                return xml
            case Sign(number, ends=False):
                return f'<w:commentRangeStart w:id="{number}"/>'
            case Sign(number, ends=True):
                return f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'
            case T():
                return self.letters(piece)

    def letters(self, piece: T) -> str:
        text, cut = piece.text, len(piece.text) // 2
        halves = [text[:cut], text[cut:]] if self.office.split_runs and len(text) > 3 else [text]
        runs = "".join(self.run(half, piece) for half in halves)
        if piece.out:
            runs = f"<w:{'moveFrom' if piece.move else 'del'} {self.who(piece.out)}>{runs}</w:{'moveFrom' if piece.move else 'del'}>"
        if piece.by:
            name = "moveTo" if piece.move and not piece.out else "ins"
            runs = f"<w:{name} {self.who(piece.by)}>{runs}</w:{name}>"
        if piece.link:
            self.links.append(piece.link)
            runs = f'<w:hyperlink r:id="link{len(self.links) - 1}">{runs}</w:hyperlink>'
        return runs

    def run(self, text: str, piece: T) -> str:
        name = "delText" if piece.out else "t"
        look = "".join(f"<w:{each}/>" for each in piece.look)
        if piece.reformatted:
            look += f"<w:rPrChange {self.who(piece.reformatted)}><w:rPr/></w:rPrChange>"
        properties = f"<w:rPr>{look}</w:rPr>" if look else self.office.run_noise
        return f'<w:r>{properties}<w:{name} xml:space="preserve">{escape(text)}</w:{name}></w:r>'

    def who(self, author: str) -> str:
        self.count += 1
        date = f' w:date="{self.office.date}"' if author else ""
        return f'w:id="{self.count}" w:author="{escape(author)}"{date}'

    def styles(self) -> str:
        made = []
        for kind, (key, name) in dict(self.office.styles).items():
            level = f'<w:outlineLvl w:val="{int(kind[1]) - 1}"/>' if kind[0] == "h" else ""
            made.append(_style(key, name, level, default=kind == "p"))
        if self.office.numbers_by_style:
            for kind in ("c1", "c2", "b1", "b2"):
                key, name = self.office.styles["list"]
                number = (
                    f'<w:numPr><w:ilvl w:val="{int(kind[1]) - 1}"/><w:numId w:val="{_list(kind)}"/></w:numPr>'
                )
                made.append(_style(key + kind, f"{name} {kind}", number))
        unique = list(dict.fromkeys(made))
        return f"<w:styles {NAMES}>{''.join(unique)}</w:styles>"

    def comments(self) -> dict[str, str]:
        if not self.shape.comments:
            return {}
        made = "".join(self.comment(comment) for comment in self.shape.comments)
        parts = {"comments": f"<w:comments {NAMES}>{made}</w:comments>"}
        if self.office.threads:
            entries = "".join(
                f'<w15:commentEx w15:paraId="{_para(c.number)}"'
                + (f' w15:paraIdParent="{_para(c.parent)}"' if c.parent is not None else "")
                + f' w15:done="{int(c.done)}"/>'
                for c in self.shape.comments
            )
            parts["commentsExtended"] = f"<w15:commentsEx {NAMES}>{entries}</w15:commentsEx>"
        return parts

    def comment(self, comment: C) -> str:
        return (
            f'<w:comment w:id="{comment.number}" w:author="{escape(comment.author)}" '
            f'w:date="{self.office.date}" w:initials="X"><w:p w14:paraId="{_para(comment.number)}">'
            f"<w:r><w:t>{escape(comment.words)}</w:t></w:r></w:p></w:comment>"
        )


def _para(number: int) -> str:
    return f"{0x2000_0000 + number:08X}"


def _list(kind: str) -> int:
    return 3 if kind[0] == "c" else 4


def _style(key: str, name: str, paragraph: str, *, default: bool = False) -> str:
    is_default = ' w:default="1"' if default else ""
    return (
        f'<w:style w:type="paragraph"{is_default} w:styleId="{key}"><w:name w:val="{name}"/>'
        f"<w:pPr>{paragraph}</w:pPr></w:style>"
    )


def _levels(*forms: tuple[str, str]) -> str:
    return "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(forms)
    )


NUMBERING: Final = (
    f'<w:numbering {NAMES}><w:abstractNum w:abstractNumId="7">'
    + _levels(("decimal", "%1."), ("lowerLetter", "%2)"))
    + '</w:abstractNum><w:abstractNum w:abstractNumId="8">'
    + _levels(("bullet", "•"), ("bullet", "–"))
    + '</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="8"/></w:num></w:numbering>'
)


def _types(sides: dict[str, str]) -> str:
    entries = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{TYPE}.{name.rstrip("1")}+xml"/>'
        for name in sides
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{TYPE}.document.main+xml"/>{entries}</Types>'
    )


def _relations(relations: list[tuple[str, str, str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{target}"{mode}/>'
        for key, kind, target, mode in relations
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{entries}'
        "</Relationships>"
    )
