"""Evidence that is the service's own record: nothing of it can be checked but what it is about."""

from __future__ import annotations

from server.domain.canonical import digest
from server.domain.release.verification import Finding
from server.signing.checks import Check, broken, limited
from server.signing.evidence.bundle_reader import Item


def check_recorded(item: Item, check: Check, fields: frozenset[str], detail: str) -> Finding:
    """LIMITED with `detail`, or BROKEN. Never raises."""
    evidence = item.evidence
    if set(evidence) != fields or evidence["kind"] != item.level:
        return broken(check, "The evidence has missing or surplus fields.", item.subject)
    if evidence["statement_sha256"] != digest(item.statement_bytes):
        return broken(check, "The record belongs to another statement.", item.subject)
    return limited(check, detail, item.subject)
