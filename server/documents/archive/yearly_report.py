"""A yearly report as it was published, for the E-Akte: to read, and for machines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from server.documents.wording import german_time
from server.domain.canonical import canonical_bytes
from server.domain.release.archive import PROGRESS_WORDS
from server.domain.release.reports import Commitment, Edition, ReportEntry
from server.domain.sign_offs.statements import timestamp


def report_text(
    title: str, edition: Edition, commitments: Sequence[Commitment], names: Mapping[str, str]
) -> bytes:
    """UTF-8. By commitment, in the order of `names`: official keys with the municipalities' full names."""
    lines = [
        f"Stand der Umsetzung {edition.year}",
        title,
        f"Veröffentlicht am {german_time(edition.published_at)}",
    ]
    for each in commitments:
        lines += ["", f"Ziffer {each.number}: {each.words}"]
        said = {entry.ags: entry for entry in edition.entries if entry.clause == each.number}
        lines += [f"  {_said(names[ags], said[ags])}" for ags in names if ags in said]
        lines += [] if said else ["  Dazu hat niemand berichtet."]
    return "\n".join([*lines, ""]).encode()


def report_json(address: str, edition: Edition) -> bytes:
    """Canonical: the declaration's public address, the year, the hour, and the entries as published."""
    return canonical_bytes(
        {
            "declaration": address,
            "year": edition.year,
            "published_at": timestamp(edition.published_at),
            "entries": [each.to_json() for each in edition.entries],
        }
    )


def _said(name: str, entry: ReportEntry) -> str:
    return f"{name}: {PROGRESS_WORDS[entry.progress]}" + (f". {entry.note}" if entry.note else "")
