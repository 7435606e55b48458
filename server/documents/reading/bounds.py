"""How large the parts of a stranger's file may be, found out before anything walks through them.

A few kilobytes can branch into more ways than anybody can walk: each node of a tree names the next one a
hundred times. So every tree is walked once here, with a limit and with no node twice. What a later reader
unpacks is bounded where it is unpacked; outlines are read by nobody.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Final

from pikepdf import Array, Dictionary, Object, Stream, String

from server.documents.reading.safe_streams import open_pdf

MAX_FIELDS: Final = 1_000
MAX_PAGES: Final = 5_000
MAX_VALIDATION_DATA: Final = 1_000  # certificates, revocation lists and answers, with all references to them
MAX_SIGNATURES: Final = 100  # seal and time stamps; one a year
MAX_ENVELOPE: Final = 256 * 1024  # bytes of one CMS value; ours has 16 KiB
_MAX_DEPTH: Final = 20


def ensure_bounded_trees(pdf: bytes) -> None:
    """Raises ValueError for what is no PDF, or for one with a tree that is too large or runs in circles."""
    with open_pdf(pdf) as opened:
        root = opened.Root
        deque(walk(root.get("/Pages", Dictionary()), "/Kids", MAX_PAGES), maxlen=0)
        _ensure_form(root.get("/AcroForm", Dictionary()))
        _ensure_validation_data(root.get("/DSS", Dictionary()))


def walk(node: Object, key: str, limit: int) -> Iterator[Object]:
    """The node and everything below it by `key`. Raises ValueError above `limit` nodes, for a node that is
    met twice and for more than 20 levels."""
    seen: set[tuple[int, int]] = set()
    waiting = [(node, 0)]
    left = limit
    while waiting:
        here, depth = waiting.pop()
        left -= 1
        if left < 0 or depth > _MAX_DEPTH:
            raise ValueError(f"more than {limit} nodes, or too many levels, in a tree of {key}")
        _ensure_new(here, seen)
        yield here
        waiting += [(kid, depth + 1) for kid in reversed(_array(here, key, left))]


def _ensure_new(node: Object, seen: set[tuple[int, int]]) -> None:
    if not isinstance(node, Dictionary):
        raise ValueError("a tree with something else in it")
    if node.objgen != (0, 0) and node.objgen in seen:
        raise ValueError("a tree that runs in circles")
    seen.add(node.objgen)


def _array(node: Object, key: str, limit: int) -> list[Object]:
    found = node.get(key, Array())
    if not isinstance(found, Array) or len(found) > limit:
        raise ValueError(f"{key} is no array, or one with more than {limit} entries")
    return list(found)


def _ensure_form(form: Object) -> None:
    signatures = 0
    top = Dictionary(Kids=Array(_array(form, "/Fields", MAX_FIELDS)))
    for field in walk(top, "/Kids", MAX_FIELDS + 1):
        value = field.get("/V")
        if isinstance(value, Dictionary):
            signatures += 1
            _ensure_envelope(value)
    if signatures > MAX_SIGNATURES:
        raise ValueError(f"more than {MAX_SIGNATURES} signatures")


def _ensure_envelope(signature: Object) -> None:
    contents = signature.get("/Contents")
    if isinstance(contents, String) and len(bytes(contents)) > MAX_ENVELOPE:
        raise ValueError("a signature that is too large")


def _ensure_validation_data(store: Object) -> None:
    """The document security store (ETSI EN 319 142-1, 5.4.2.2)."""
    holders = [store, *_values(store.get("/VRI", Dictionary()))]
    lists = ("/Certs", "/CRLs", "/OCSPs", "/Cert", "/CRL", "/OCSP")
    held = [item for holder in holders for key in lists for item in _array(holder, key, MAX_VALIDATION_DATA)]
    if len(held) > MAX_VALIDATION_DATA or not all(isinstance(item, Stream) for item in held):
        raise ValueError("too many validation data, or something else among them")


def _values(dictionary: Object) -> list[Object]:
    if not isinstance(dictionary, Dictionary) or len(dictionary.keys()) > MAX_SIGNATURES:
        raise ValueError("too many signatures with validation data")
    found = [dictionary[key] for key in dictionary.keys()]  # noqa: SIM118  # its iterator gives no values
    if not all(isinstance(value, Dictionary) for value in found):
        raise ValueError("validation data with something else among them")
    return found
