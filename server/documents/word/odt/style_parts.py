"""The parts of an ODT that are the same for every text."""

from __future__ import annotations

from typing import Final

from server.documents.word.odt.names import MEDIA_TYPE, NAMES

NAMESPACES: Final = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMES.items())
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_KEEP: Final = 'fo:keep-with-next="always"'
_PARAGRAPHS: Final = (
    ("Standard", "", "", 'fo:margin-bottom="0.28cm" fo:line-height="120%"', 'fo:font-size="11.5pt"'),
    ("Heading_20_1", "Standard", "1", _KEEP, 'fo:font-size="18pt" fo:font-weight="bold"'),
    ("Heading_20_2", "Standard", "2", _KEEP, 'fo:font-size="14pt" fo:font-weight="bold"'),
    ("Heading_20_3", "Standard", "3", _KEEP, 'fo:font-size="12pt" fo:font-weight="bold"'),
    ("Quotations", "Standard", "", 'fo:margin-left="1cm" fo:margin-right="1cm"', 'fo:font-style="italic"'),
)
"""Name, parent, outline level, look of the paragraph and of its letters."""
LISTS: Final = {"clause": "Clauses", "bullet": "Bullets"}
_NUMBERS: Final = (("1", "."), ("a", ")"), ("a", ")"))
"""Format and what follows it. ODF has no format for the third level of German statutes, aa)."""


def styles() -> bytes:
    paragraphs = "".join(
        f'<style:style style:name="{name}" style:family="paragraph"'
        + (f' style:display-name="{name.replace("_20_", " ")}"' if "_20_" in name else "")
        + (f' style:parent-style-name="{parent}"' if parent else "")
        + (f' style:default-outline-level="{level}"' if level else "")
        + f"><style:paragraph-properties {look}/><style:text-properties {letters}/></style:style>"
        for name, parent, level, look, letters in _PARAGRAPHS
    )
    numbers = "".join(
        f'<text:list-level-style-number text:level="{level}" style:num-format="{form}" '
        f'style:num-suffix="{suffix}">{_indent(level)}</text:list-level-style-number>'
        for level, (form, suffix) in enumerate(_NUMBERS, 1)
    )
    bullets = "".join(
        f'<text:list-level-style-bullet text:level="{level}" text:bullet-char="–">{_indent(level)}'
        "</text:list-level-style-bullet>"
        for level in range(1, 4)
    )
    return (
        f'{_HEAD}<office:document-styles {NAMESPACES} office:version="1.3"><office:styles>{paragraphs}'
        f'<text:list-style style:name="{LISTS["clause"]}">{numbers}</text:list-style>'
        f'<text:list-style style:name="{LISTS["bullet"]}">{bullets}</text:list-style>'
        "</office:styles></office:document-styles>"
    ).encode()


def _indent(level: int) -> str:
    return (
        '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
        '<style:list-level-label-alignment text:label-followed-by="listtab" '
        f'fo:text-indent="-1cm" fo:margin-left="{level}cm"/></style:list-level-properties>'
    )


def automatic_styles() -> str:
    """Looks of letters: T0 to T3, by strong (1) and emphasised (2)."""
    return "".join(
        f'<style:style style:name="T{look}" style:family="text"><style:text-properties'
        + (' fo:font-weight="bold"' if look & 1 else "")
        + (' fo:font-style="italic"' if look & 2 else "")
        + "/></style:style>"
        for look in range(1, 4)
    )


def manifest() -> bytes:
    parts = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
        for name in ("content.xml", "styles.xml", "meta.xml")
    )
    return (
        f'{_HEAD}<manifest:manifest xmlns:manifest="{NAMES["manifest"]}" manifest:version="1.3">'
        '<manifest:file-entry manifest:full-path="/" manifest:version="1.3" '
        f'manifest:media-type="{MEDIA_TYPE}"/>'
        f"{parts}</manifest:manifest>"
    ).encode()


def meta(title: str) -> bytes:
    """`title`: escaped."""
    return (
        f'{_HEAD}<office:document-meta {NAMESPACES} office:version="1.3"><office:meta>'
        f"<dc:title>{title}</dc:title><dc:language>de-DE</dc:language></office:meta></office:document-meta>"
    ).encode()
