"""The attachment `protokoll.json`: decisive acts with proofs that they stand in the log (RFC 9162).

Format `kraftakt-log/1`, canonical JSON:

    {"format": "kraftakt-log/1", "size": 120, "root": "<64 hex>",
     "leaves": [{"index": 17, "entry": "{…}", "proof": ["<64 hex>", …]}]}

Each entry is the canonical form of an act of the log (`server.domain.audit.AuditEvent`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from server.domain.audit import Tag
from server.domain.canonical import canonical_bytes, digest_of, number_of, parse_canonical, text_of
from server.domain.merkle import Tree, includes, leaf_hash
from server.domain.release.verification import Finding
from server.domain.sign_offs.statements import is_timestamp
from server.signing.checks import Check, broken, limited, proven
from server.signing.evidence.bundle_check import BundleCheck

FORMAT: Final = "kraftakt-log/1"
MAX_ENTRIES: Final = 10_000  # two for each sign-off, and those of the declaration
_EVENT: Final = frozenset({"at", "tag", "actor", "declaration", "facts"})


@dataclass(frozen=True, slots=True)
class LogCheck:
    """`entries` are the canonical bytes of those that are proven to stand in the log."""

    findings: tuple[Finding, ...]
    size: int = 0
    root: str = ""
    entries: tuple[bytes, ...] = ()


def proof_bundle(tree: Tree, entries: Mapping[int, bytes]) -> bytes:
    """`entries` by position are those to disclose. The others stay private: of them the proofs hold nothing
    but hashes."""
    return canonical_bytes(
        {
            "format": FORMAT,
            "size": tree.size,
            "root": tree.root.hex(),
            "leaves": [
                {
                    "index": index,
                    "entry": entry.decode(),
                    "proof": [sibling.hex() for sibling in tree.inclusion_proof(index)],
                }
                for index, entry in sorted(entries.items())
            ],
        }
    )


def verify_proofs(data: bytes) -> LogCheck:
    """Checks every disclosed entry against the printed root. Never raises."""
    try:
        return _verify(data)
    except Exception as error:  # a stranger's bytes: every fault means the same
        return LogCheck(
            (broken(Check.LOG_FORMAT, f"The log proofs cannot be read ({type(error).__name__})."),)
        )


def _verify(data: bytes) -> LogCheck:
    value = parse_canonical(data)
    if not isinstance(value, dict) or set(value) != {"format", "size", "root", "leaves"}:
        raise ValueError("missing or surplus fields")
    size, leaves = number_of(value["size"]), value["leaves"]
    if value["format"] != FORMAT or not isinstance(leaves, list):
        raise ValueError("another format")
    if len(leaves) > MAX_ENTRIES:
        raise ValueError("too many entries")
    tree_root = bytes.fromhex(digest_of(value["root"]))
    good: list[bytes] = []
    bad: list[bytes] = []
    for leaf in leaves:
        entry = leaf["entry"].encode()
        read_entry(entry)
        (good if _holds(leaf, entry, size, tree_root) else bad).append(entry)
    return LogCheck(_findings(len(good), len(bad), size), size, value["root"], tuple(good))


def _holds(leaf: Mapping[str, Any], entry: bytes, size: int, tree_root: bytes) -> bool:
    index, proof = number_of(leaf["index"]), leaf["proof"]
    if not isinstance(proof, list):
        raise TypeError("malformed leaf")
    path = [bytes.fromhex(digest_of(sibling)) for sibling in proof]
    complete = set(leaf) == {"index", "entry", "proof"}
    return complete and includes(leaf_hash(entry), index, size, path, tree_root)


def read_entry(entry: bytes) -> Mapping[str, Any]:
    """The act, whose tag may be unknown here. Raises ValueError or TypeError for what the log never holds."""
    event = parse_canonical(entry)
    if not isinstance(event, dict) or set(event) != _EVENT or not isinstance(event["facts"], dict):
        raise TypeError("the entry is no audit event")
    text_of(event["tag"])
    text_of(event["declaration"])
    number_of(event["actor"])
    if not is_timestamp(event["at"]):
        raise ValueError("the entry has no time")
    return event


def _findings(good: int, bad: int, size: int) -> tuple[Finding, ...]:
    if bad:
        return (broken(Check.LOG_INCLUSION, f"{bad} of {good + bad} entries do not stand in the log."),)
    return (
        proven(Check.LOG_FORMAT, "The log proofs are complete and in their canonical form."),
        limited(
            Check.LOG_INCLUSION,
            f"{good} entries stand in a log of {size} whose root is part of this file. The proofs do not "
            "show that the log is the only one: compare the root with the published one.",
        ),
    )


def check_logged(evidence: BundleCheck, log: LogCheck) -> list[Finding]:
    """Does the log name each sign-off of this declaration with its evidence (`evidence.sign_off_digest`), and
    does it name each passkey (`EvidenceKind.registration`)? The digests may be any of an event's facts."""
    events = [read_entry(entry) for entry in log.entries]
    given = _logged([e for e in events if e["declaration"] == evidence.slug], Tag.SIGN_OFF_GIVE)
    registered = _logged(events, Tag.PASSKEY_REGISTER)
    findings = []
    rows = zip(evidence.sign_offs, evidence.digests, evidence.registrations, strict=True)
    for line, digest, registration in rows:
        findings.append(_given(digest in given, line.municipality))
        if registration:
            findings.append(_registered(registration in registered, line.municipality))
    return findings


def _given(is_logged: bool, subject: str) -> Finding:
    if is_logged:
        return proven(Check.LOG_SIGN_OFF, "The log holds this sign-off and its evidence.", subject)
    return broken(Check.LOG_SIGN_OFF, "The log does not hold this sign-off.", subject)


def _registered(is_logged: bool, subject: str) -> Finding:
    if is_logged:
        return proven(Check.LOG_REGISTRATION, "The log holds the registration of this passkey.", subject)
    return limited(
        Check.LOG_REGISTRATION,
        "The proofs do not show when this passkey was registered, nor that it was before the sign-off.",
        subject,
    )


def _logged(events: Iterable[Mapping[str, Any]], tag: Tag) -> set[str]:
    """The texts among the facts of all events of one kind."""
    facts = [event["facts"] for event in events if event["tag"] == tag]
    return {value for fact in facts for value in fact.values() if isinstance(value, str)}
