"""The parts of a DOCX that are the same for every text: styles, numbering, settings."""

from __future__ import annotations

from typing import Final

from server.documents.word.docx.names import RELATIONSHIPS, TYPES, W

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
CLAUSES: Final = "1"
BULLETS: Final = "2"
"""Ids of the two lists."""
_HEADING: Final = '<w:keepNext/><w:spacing w:before="360" w:after="160"/>'
_STYLES: Final = (
    ("Normal", "Normal", "", '<w:spacing w:after="160" w:line="288" w:lineRule="auto"/>', ""),
    ("Heading1", "heading 1", "Normal", _HEADING, '<w:b/><w:sz w:val="36"/>'),
    ("Heading2", "heading 2", "Normal", _HEADING, '<w:b/><w:sz w:val="28"/>'),
    ("Heading3", "heading 3", "Normal", _HEADING, '<w:b/><w:sz w:val="24"/>'),
    ("Quote", "Quote", "Normal", '<w:ind w:left="567" w:right="567"/>', "<w:i/>"),
    ("ListParagraph", "List Paragraph", "Normal", "", ""),
    ("CommentText", "annotation text", "Normal", "", '<w:sz w:val="20"/>'),
)  # fmt: skip
_LEVELS: Final = {
    CLAUSES: (("decimal", "%1."), ("lowerLetter", "%2)"), ("lowerLetter", "%3%3)")),
    BULLETS: (("bullet", "–"), ("bullet", "–"), ("bullet", "–")),
}
"""German statutes number the third level aa), bb)."""
_OUTSIDE: Final = ' TargetMode="External"'
_INDENT: Final = 567
"""A centimetre in twentieths of a point."""


def styles() -> bytes:
    defaults = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Cambria" w:hAnsi="Cambria" w:cs="Cambria"/>'
        '<w:sz w:val="23"/><w:lang w:val="de-DE"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    )
    made = []
    for number, (key, name, based, paragraph, letters) in enumerate(_STYLES):
        level = f'<w:outlineLvl w:val="{int(key[-1]) - 1}"/>' if key.startswith("Heading") else ""
        is_default = "" if number else ' w:default="1"'
        made.append(
            f'<w:style w:type="paragraph"{is_default} w:styleId="{key}">'
            f'<w:name w:val="{name}"/>'
            + (f'<w:basedOn w:val="{based}"/>' if based else "")
            + f"<w:qFormat/><w:pPr>{paragraph}{level}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
        )
    link = (
        '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
        '<w:rPr><w:color w:val="0563C1"/><w:u w:val="single"/></w:rPr></w:style>'
    )
    return f'{_HEAD}<w:styles xmlns:w="{W}">{defaults}{"".join(made)}{link}</w:styles>'.encode()


def numbering() -> bytes:
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{key}"><w:multiLevelType w:val="multilevel"/>'
        + "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr>'
            f'<w:ind w:left="{(level + 1) * _INDENT}" w:hanging="{_INDENT}"/></w:pPr></w:lvl>'
            for level, (form, text) in enumerate(levels)
        )
        + "</w:abstractNum>"
        for key, levels in _LEVELS.items()
    )
    lists = "".join(f'<w:num w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>' for key in _LEVELS)
    return f'{_HEAD}<w:numbering xmlns:w="{W}">{abstract}{lists}</w:numbering>'.encode()


def settings() -> bytes:
    """What is written in Word from now on is tracked too: it comes back as proposals."""
    return (
        f'{_HEAD}<w:settings xmlns:w="{W}"><w:trackRevisions/><w:compat><w:compatSetting '
        'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        "</w:compat></w:settings>"
    ).encode()


def content_types(parts: dict[str, str]) -> bytes:
    """`parts`: content type by name."""
    entries = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'{_HEAD}<Types xmlns="{TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{entries}</Types>'
    ).encode()


def relationships(relations: list[tuple[str, str, str, bool]]) -> bytes:
    """Id, type, target (escaped), whether it lies outside."""
    entries = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{target}"' + (_OUTSIDE if is_outside else "") + "/>"
        for key, kind, target, is_outside in relations
    )
    return f'{_HEAD}<Relationships xmlns="{RELATIONSHIPS}">{entries}</Relationships>'.encode()
