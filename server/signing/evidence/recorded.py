"""Evidence that is the service's own record: nothing of it can be checked but what it is about."""

from __future__ import annotations

from server.domain.canonical import digest, is_digest
from server.domain.release.verification import Finding
from server.domain.sign_offs.statements import is_timestamp
from server.signing.checks import Check, broken, limited
from server.signing.evidence.bundle_reader import Item


def check_recorded(item: Item, check: Check, fields: frozenset[str], detail: str) -> Finding:
    """LIMITED with `detail`, or BROKEN. Never raises."""
    evidence = item.evidence
    if set(evidence) != fields or evidence["kind"] != item.level:
        return broken(check, "The evidence has missing or surplus fields.", item.subject)
    if not all(_is_regular(name, evidence[name]) for name in fields):
        return broken(check, "The evidence has a time or a digest in another form.", item.subject)
    if evidence["statement_sha256"] != digest(item.statement_bytes):
        return broken(check, "The record belongs to another statement.", item.subject)
    return limited(check, detail, item.subject)


def _is_regular(name: str, value: object) -> bool:
    if name == "kind":
        return True
    return is_timestamp(value) if name.endswith("_at") else is_digest(value)
