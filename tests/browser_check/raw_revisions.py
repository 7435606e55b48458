"""Later revisions that are written by hand, byte for byte, so that programs read them in different ways: one
shows the sealed text, another one something else.

What their objects say is what may be said, and the time stamp of the forger's own authority covers the whole
file. Only how the revision is written tells. Where a program is named, it showed a black page or none, while
one of our verifiers found nothing.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, Final

import pikepdf

from tests.browser_check.later_revisions import forgers_authority

Edit = Callable[[bytes], bytes]
SPACE: Final = 12_000
"""Bytes for the token."""
BLACK: Final = b"<< /Length 28 >>\nstream\n0 0 0 rg 70 300 460 400 re f\nendstream"


@dataclass(frozen=True)
class Row:
    """Of a table of objects: kind 1 with offset and generation, kind 2 with a pack and a place in it."""

    number: int
    kind: int
    one: int
    two: int = 0


@dataclass(frozen=True)
class Known:
    """Numbers of objects in the sealed file, and some as they are written."""

    pdf: bytes

    @cached_property
    def _all(self) -> dict[str, Any]:
        with pikepdf.open(io.BytesIO(self.pdf)) as pdf:
            field = next(f for f in pdf.Root.AcroForm.Fields if str(f.T) == "Archivzeitstempel_02")
            page = pdf.pages[0].obj
            return {
                "field": (field.objgen[0], field.unparse(resolved=True)),
                "page": (page.objgen[0], page.unparse(resolved=True)),
                "painted": page.Contents.objgen[0],
                "size": int(pdf.trailer.Size),
                "trailer": b" ".join(
                    b"%s %d 0 R" % (key.encode(), pdf.trailer[key].objgen[0])
                    for key in ("/Root", "/Info")
                    if key in pdf.trailer
                ),
            }

    def __getitem__(self, name: str) -> Any:
        return self._all[name]

    @property
    def table(self) -> int:
        return int(re.findall(rb"startxref\s+(\d+)", self.pdf)[-1])

    @property
    def black(self) -> bytes:
        """An object instead of what is painted on the first page."""
        return b"%d 0 obj\n%s\nendobj\n" % (self["painted"], BLACK)


@dataclass(frozen=True)
class Revision:
    """How it is written. `before`: bytes in front of its objects, `after`: behind them; `objects`: further
    ones; `rows`, `table`, `trailer`, `stamp`: changes of each; `end`: with the place of the table."""

    as_stream: bool = False
    before: bytes = b""
    after: bytes = b""
    objects: Mapping[int, bytes] | None = None
    head: bytes = b"%d 0 obj\n"
    rows: Callable[[list[Row]], list[Row]] = list
    line: bytes = b"%010d %05d n \n"
    table: Edit = bytes
    trailer: Edit = bytes
    stamp: Edit = bytes
    end: bytes = b"startxref\n%d\n%%%%EOF\n"

    def write(self, known: Known) -> bytes:
        (number, field), size = known["field"], known["size"]
        stamp = b"<< /Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161 /Contents <%s>"
        stamp = stamp % (b"0" * 2 * SPACE) + b" /ByteRange [0 %s] >>" % b" ".join([b"~" * 10] * 3)
        stamp = self.stamp(stamp)
        objects = {number: field[:-2] + b"/V %d 0 R >>" % size, size: stamp} | dict(self.objects or {})
        out, rows = known.pdf + self.before, []
        for at, body in objects.items():
            rows.append(Row(at, 1, len(out)))
            out += self.head % at + body + b"\nendobj\n"
        out += self.after
        return _stamp(out + self._table(rows, len(out), known) + self.end % len(out))

    def _table(self, rows: list[Row], place: int, known: Known) -> bytes:
        members = b"%s /Prev %d" % (known["trailer"], known.table)
        top = max(row.number for row in rows) + 1
        if self.as_stream:
            rows = self.rows([*rows, Row(top, 1, place)])
            return self.trailer(_stream(rows, top, members))
        lines = [b"%d 1\n" % row.number + self.line % (row.one, row.two) for row in self.rows(rows)]
        table = self.table(b"xref\n" + b"".join(lines))
        return table + self.trailer(b"trailer\n<< /Size %d %s >>\n" % (top, members))


def _stream(rows: list[Row], number: int, members: bytes) -> bytes:
    rows.sort(key=lambda row: row.number)
    index = b" ".join(b"%d 1" % row.number for row in rows)
    data = b"".join(b"%c%s%c" % (row.kind, row.one.to_bytes(4, "big"), row.two) for row in rows)
    form = b"%d 0 obj\n<< /Type /XRef /W [1 4 1] /Index [%s] /Size %d /Length %d %s >>\n"
    form += b"stream\n%s\nendstream\nendobj\n"
    return form % (number, index, number + 1, len(data), members, data)


def _stamp(pdf: bytes) -> bytes:
    """Fills in the range and the token."""
    start = pdf.rindex(b"/Contents <0000") + len(b"/Contents ")
    stop = start + 2 * SPACE + 2
    for value in (start, stop, len(pdf) - stop):
        pdf = pdf.replace(b"~" * 10, b"%-10d" % value, 1)
    digest = hashlib.sha256(pdf[:start] + pdf[stop:]).digest()
    token: Any = asyncio.run(forgers_authority().async_timestamp(digest, "sha256"))
    return pdf[: start + 1] + token.dump().hex().upper().ljust(2 * SPACE, "0").encode() + pdf[stop - 1 :]


def _more(*new: Row) -> Callable[[list[Row]], list[Row]]:
    return lambda rows: [*rows, *new]


def _count_three(trailer: bytes) -> bytes:
    return re.sub(rb"/Size \d+", b"/Size 3", trailer)


def _beyond_every_file(stream: bytes) -> bytes:
    """Two rows whose places no program can count."""
    head, _, rest = stream.partition(b"/Index [")
    index, _, rest = rest.partition(b"]")
    rows = len(index.split()) // 2
    data = (b"\1" + b"\xff" * 8 + b"\0") * rows
    head = head.replace(b"/W [1 4 1]", b"/W [1 8 1]")
    rest = re.sub(rb"/Length \d+", b"/Length %d" % len(data), rest)
    start = rest.index(b"stream\n") + 7
    return head + b"/Index [" + index + b"]" + rest[:start] + data + b"\nendstream\nendobj\n"


def _pack(*packed: tuple[int, bytes]) -> bytes:
    head, data = b"", b""
    for number, body in packed:
        head, data = head + b"%d %d " % (number, len(data)), data + body + b" "
    said = b"<< /Type /ObjStm /N %d /First %d /Length %d >>" % (len(packed), len(head), len(head + data))
    return said + b"\nstream\n" + head + data + b"\nendstream"


def revisions(sealed: bytes) -> Mapping[str, Callable[[], bytes]]:
    """Each is written when it is called."""
    known = Known(sealed)
    painted, size, black = known["painted"], known["size"], known.black
    page, body = known["page"]
    other = re.sub(rb"/Contents \d+ 0 R", b"/Contents %d 0 R" % (size + 1), body)
    instead = [Row(painted, 1, len(sealed)), Row(painted, 1, sealed.index(b"\n%d 0 obj" % painted) + 1)]
    passed_over = Revision.end + b"startxref\n%d\n%%%%%%%%EOF\n" % known.table
    written = {
        "an object of a next generation": Revision(
            before=black.replace(b" 0 obj", b" 1 obj"), rows=_more(Row(painted, 1, len(sealed), 1))
        ),
        "an object of an unknown kind (poppler shows none)": Revision(True, rows=_more(Row(painted, 3, 0))),
        "an object freed for its tenth generation": Revision(True, rows=_more(Row(painted, 0, 0, 9))),
        "an object twice in the table, the sealed one last": Revision(before=black, rows=_more(*instead)),
        "an object that no table names": Revision(True, before=black),
        "an object behind the end": Revision(end=Revision.end + black),
        "a long remark behind the end": Revision(before=black, end=Revision.end + b"%%" * 900 + b"\n"),
        "lines of 21 bytes (MuPDF shows it)": Revision(before=black, line=b"%010d %05d n \r\n"),
        "lines of 19 bytes": Revision(before=black, line=b"%010d %05d n\n"),
        "short lines (MuPDF shows it)": Revision(before=black, line=b"%d %d n\n"),
        "a count that is too small": Revision(before=black, trailer=_count_three),
        "a stream's count that is too small": Revision(True, before=black, trailer=_count_three),
        "space before the table": Revision(before=black, after=b"\n\n   ", end=Revision.end),
        "a remark in the table": Revision(before=black, table=lambda table: table + b"% x\n"),
        "page operators between objects": Revision(after=b"BT (Nein) Tj ET\n"),
        "an end in the middle": Revision(before=b"startxref\n0\n%%EOF\n"),
        "numbers with zeros before them": Revision(head=b"0%d 00 obj\n"),
        "a remark in the head of an object": Revision(head=b"%d%%x\n0 obj\n"),
        "places beside the objects": Revision(
            rows=lambda rows: [rows[0], *(Row(r.number, 1, r.one - 1) for r in rows[1:])]
        ),
        "a stream's table of four columns": Revision(
            True, trailer=lambda stream: stream.replace(b"/W [1 4 1]", b"/W [1 4 1 0]")
        ),
        "a page twice in a pack (poppler shows it)": Revision(
            True,
            objects={size + 1: BLACK, size + 2: _pack((page, other), (page, body))},
            rows=_more(Row(page, 2, size + 2, 0)),
        ),
        "a page at a place that the pack does not have": Revision(
            True,
            objects={size + 1: BLACK, size + 2: _pack((page, body), (size + 9, other))},
            rows=_more(Row(page, 2, size + 2, 1)),
        ),
        "a page in a pack within a pack": Revision(
            True,
            objects={size + 1: _pack((page, body))},
            rows=lambda rows: [
                *(Row(r.number, 2, size + 1) if r.number == size + 1 else r for r in rows),
                Row(page, 2, size + 1),
            ],
        ),
        "places beyond every file in a table that the last one passes over": Revision(
            True, trailer=_beyond_every_file, end=passed_over
        ),
        "a damaged table that the last one passes over": Revision(
            True,
            trailer=lambda stream: stream.replace(b"/Type /XRef", b"/Type /XRef /Filter /FlateDecode"),
            end=passed_over,
        ),
        "a pack that nothing needs": Revision(True, objects={size + 1: _pack((page, other))}),
    }
    written |= _trailers(known) | {name: Revision(stamp=said) for name, said in STAMPS.items()}
    return {name: partial(how.write, known) for name, how in written.items()}


def _leading_to_itself(known: Known) -> Revision:
    place = int(re.findall(rb"startxref\s+(\d+)", Revision().write(known))[-1])
    return Revision(trailer=lambda trailer: re.sub(rb"/Prev \d+", b"/Prev %d" % place, trailer))


def _said(old: bytes, new: bytes) -> Edit:
    def edit(written: bytes) -> bytes:
        assert old in written
        return written.replace(old, new, 1)

    return edit


def _trailers(known: Known) -> Mapping[str, Revision]:
    other = b"/Root %d 0 R" % known["page"][0]
    return {
        "a table that leads to itself": _leading_to_itself(known),
        "a second table for some readers": Revision(
            trailer=_said(b"/Size", b"/XRefStm %d /Size" % known.table)
        ),
        "two roots": Revision(trailer=_said(b"/Size", other + b" /Size")),
        "two roots, the sealed one first": Revision(trailer=_said(b" >>\n", b" " + other + b" >>\n")),
        "a root that is spelt": Revision(trailer=_said(b"/Root", b"/#52oot")),
    }


UNREAD: Final = frozenset(
    {
        "a table that leads to itself",
        "a second table for some readers",
        "two roots",
        "two roots, the sealed one first",
    }
)
"""No reader walks through these."""
STAMPS: Final[Mapping[str, Edit]] = {
    "a range of decimals": _said(b"[0 ", b"[0.0 "),
    "a range that begins before the file": _said(b"[0 ", b"[-1 "),
    "a range of six numbers": _said(b"~]", b"~ 0 0]"),
    "a range of five numbers": _said(b"~]", b"~ 0]"),
    "ranges that overlap": lambda stamp: re.sub(rb"\[0 [~ ]+\]", b"[0 900 400 900]", stamp),
    "a range that ends before it begins": lambda stamp: re.sub(rb"\[0 [~ ]+\]", b"[0 900 1000 -50]", stamp),
    "a stamp that says it is a signature": _said(b"/DocTimeStamp", b"/Sig"),
    "a stamp of no type": _said(b"/Type /DocTimeStamp ", b""),
    "a stamp in another form": _said(b"/ETSI.RFC3161", b"/adbe.pkcs7.detached"),
    "a stamp with a rule of its own": _said(
        b"/Filter", b"/Reference [<< /TransformMethod /FieldMDP >>] /Filter"
    ),
    "a stamp whose type is spelt": _said(b"/DocTimeStamp", b"/DocTime#53tamp"),
}
"""What the forger's own stamp says of itself."""


def plain(sealed: bytes, *, as_stream: bool) -> bytes:
    """Nothing but the time stamp, with either form of table: may be."""
    return Revision(as_stream).write(Known(sealed))
