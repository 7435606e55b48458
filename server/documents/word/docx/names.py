"""Names of WordprocessingML, and what is asked of every element."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from server.documents.word.container import Element

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14: Final = "http://schemas.microsoft.com/office/word/2010/wordml"
W15: Final = "http://schemas.microsoft.com/office/word/2012/wordml"
MC: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


def w(name: str) -> str:
    return f"{{{W}}}{name}"


def local(element: Element) -> str:
    """Without its namespace; empty for comments."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def is_w(element: Element) -> bool:
    return isinstance(element.tag, str) and element.tag.startswith(f"{{{W}}}")


def value(element: Element | None, name: str = "val") -> str:
    """Of an attribute; empty where it or the element is not there."""
    return "" if element is None else str(element.get(w(name)) or "")


def child(element: Element | None, *names: str) -> Element | None:
    """Down this path of elements."""
    for name in names:
        if element is None:
            return None
        element = element.find(w(name))
    return element


def is_on(element: Element | None) -> bool:
    """Of a property like bold: there, and not switched off."""
    return element is not None and value(element).lower() not in ("0", "false", "off", "none")


def read_time(text: str) -> int:
    """Seconds since 1970 of an ISO 8601 time; without a zone it is taken as UTC. 0 for what is none."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        return 0
    seconds = int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp())
    return max(seconds, 0)


def write_time(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
