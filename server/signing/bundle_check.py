"""The proof package checked offline: no database, no network, nothing but the two attachments."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from server.domain.canonical import canonical_bytes, digest
from server.domain.sign_offs import Level, Statement, parse_statement, timestamp
from server.domain.verification import Finding, Outcome, SignOffLine
from server.signing.assertion_check import BrokenEvidence, ensure, ensure_assertion, registration_digest
from server.signing.checks import Check, broken, limited, missing, proven
from server.signing.relying_party import RelyingParty

FORMAT: Final = "kraftakt-evidence/1"


@dataclass(frozen=True, slots=True)
class BundleCheck:
    """`sign_offs` are those whose evidence holds, in the bundle's order; those by e-mail code or on paper
    are among them, with their level. `digests` are theirs for `server.signing.log_proof.check_logged`,
    `registrations` those of their passkeys (empty text without one)."""

    findings: tuple[Finding, ...]
    title: str = ""
    revision: int = 0
    digest: str = ""
    sign_offs: tuple[SignOffLine, ...] = ()
    digests: tuple[str, ...] = ()
    registrations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Bundle:
    slug: str
    title: str
    number: int
    digest: str
    rp: RelyingParty
    items: tuple[Mapping[str, object], ...]


@dataclass(frozen=True, slots=True)
class _Item:
    """A sign-off as it stands in the bundle; `subject` names its municipality in findings."""

    statement: Statement
    statement_bytes: bytes
    level: Level
    evidence: Mapping[str, object]
    digest: str

    @property
    def subject(self) -> str:
        return self.statement.municipality


def verify_bundle(data: bytes, content: bytes, *, expected: RelyingParty | None = None) -> BundleCheck:
    """Checks `nachweise.json` against the canonical text. `expected` is the service that should have
    asked; without it the bundle's own word is taken, for which then only the seal answers.

    Never raises: whatever cannot be read is a BROKEN finding.
    """
    try:
        parsed = _parse(data)
    except Exception as error:  # a stranger's bytes: every fault means the same
        return BundleCheck(
            (broken(Check.EVIDENCE_FORMAT, f"The evidence cannot be read ({_reason(error)})."),)
        )
    findings = [
        proven(Check.EVIDENCE_FORMAT, "The evidence is complete and in its canonical form."),
        _check_text(parsed, content),
        _check_relying_party(parsed, expected),
    ]
    read = [_read_item(item, place, parsed) for place, item in enumerate(parsed.items, 1)]
    items = [item for item in read if isinstance(item, _Item)]
    results = [(item, _check_item(item, parsed.rp)) for item in items]
    findings += [item for item in read if isinstance(item, Finding)]
    findings += [_check_unique(items), *(finding for _, finding in results)]
    if not parsed.items:
        findings.append(missing(Check.SIGN_OFF_STATEMENT, "The evidence names nobody who signed."))
    if any(item.level is Level.PASSKEY for item in items):
        findings.append(_PASSKEY_LIMITS)
    good = [item for item, finding in results if finding.outcome in (Outcome.PROVEN, Outcome.LIMITED)]
    return BundleCheck(
        tuple(findings),
        parsed.title,
        parsed.number,
        parsed.digest,
        tuple(_line(item) for item in good),
        tuple(item.digest for item in good),
        tuple(_registration(item) for item in good),
    )


_PASSKEY_LIMITS: Final = limited(
    Check.PASSKEY_LIMITS,
    "A passkey proves that its holder, verified by PIN or biometrics, confirmed exactly this statement. "
    "It does not prove what the screen showed, nor who holds the passkey: the municipalities were told "
    "apart at registration, which the log records. It is not a qualified electronic signature.",
)


def _parse(data: bytes) -> _Bundle:
    value = json.loads(data)
    ensure(canonical_bytes(value) == data, "not in canonical form")
    keys = {"format", "declaration", "revision", "relying_party", "sign_offs"}
    ensure(isinstance(value, dict) and set(value) == keys and value["format"] == FORMAT, "unknown format")
    declaration, revision, rp = value["declaration"], value["revision"], value["relying_party"]
    ensure(set(declaration) == {"slug", "title"} and set(revision) == {"number", "sha256"}, "unknown format")
    ensure(set(rp) == {"id", "origins"} and isinstance(value["sign_offs"], list), "unknown format")
    texts = (*declaration.values(), revision["sha256"], rp["id"], *rp["origins"])
    ensure(all(isinstance(text, str) for text in texts) and type(revision["number"]) is int, "unknown format")
    return _Bundle(
        slug=declaration["slug"],
        title=declaration["title"],
        number=revision["number"],
        digest=revision["sha256"],
        rp=RelyingParty(rp["id"], rp["id"], tuple(rp["origins"])),
        items=tuple(value["sign_offs"]),
    )


def _check_text(parsed: _Bundle, content: bytes) -> Finding:
    if digest(content) == parsed.digest:
        return proven(
            Check.TEXT_DIGEST, "The attached text is, byte for byte, the revision that the evidence names."
        )
    return broken(Check.TEXT_DIGEST, "The attached text is not the revision that was signed off.")


def _check_relying_party(parsed: _Bundle, expected: RelyingParty | None) -> Finding:
    if expected is None:
        return limited(
            Check.EVIDENCE_RELYING_PARTY,
            f"The passkeys answered the service {parsed.rp.id}. That this is the right service is stated by "
            "the document itself and answered for by its seal.",
        )
    if parsed.rp.id == expected.id and set(parsed.rp.origins) <= set(expected.origins):
        return proven(Check.EVIDENCE_RELYING_PARTY, f"The passkeys answered the service {expected.id}.")
    return broken(Check.EVIDENCE_RELYING_PARTY, f"The passkeys answered another service: {parsed.rp.id}.")


def _read_item(value: Mapping[str, object], place: int, parsed: _Bundle) -> _Item | Finding:
    try:
        return _item(value, parsed)
    except Exception as error:  # a stranger's bytes: every fault means the same
        return broken(Check.SIGN_OFF_STATEMENT, f"Sign-off {place}: {_reason(error)}", str(place))


def _item(value: Mapping[str, object], parsed: _Bundle) -> _Item:
    ensure(set(value) == {"statement", "level", "evidence"}, "The sign-off has missing or surplus fields.")
    text, evidence = value["statement"], value["evidence"]
    if not isinstance(text, str) or not isinstance(evidence, dict):
        raise BrokenEvidence("The sign-off is malformed.")
    statement = parse_statement(json.loads(text))
    ensure(statement.canonical() == text.encode(), "The statement is not in canonical form.")
    about = (
        statement.declaration,
        statement.declaration_title,
        statement.revision,
        statement.revision_digest,
    )
    named = (parsed.slug, parsed.title, parsed.number, parsed.digest)
    ensure(about == named, "The statement is about another text.")
    return _Item(
        statement, text.encode(), Level(str(value["level"])), evidence, digest(canonical_bytes(value))
    )


def _check_unique(items: list[_Item]) -> Finding:
    counts = Counter(item.statement.ags for item in items)
    signatures = Counter(str(item.evidence.get("signature")) for item in items if item.level is Level.PASSKEY)
    twice = sorted(ags for ags, count in counts.items() if count > 1)
    if twice or any(count > 1 for count in signatures.values()):
        return broken(
            Check.EVIDENCE_UNIQUE, "A municipality or a signature appears more than once.", ", ".join(twice)
        )
    return proven(Check.EVIDENCE_UNIQUE, "Each municipality appears once.")


def _check_item(item: _Item, rp: RelyingParty) -> Finding:
    match item.level:
        case Level.PASSKEY:
            return _check_passkey(item, rp)
        case Level.EMAIL_CODE:
            return _check_recorded(item, Check.SIGN_OFF_EMAIL_CODE, _EMAIL_FIELDS, _EMAIL_DETAIL)
        case Level.PAPER:
            return _check_recorded(item, Check.SIGN_OFF_PAPER, _PAPER_FIELDS, _PAPER_DETAIL)
        case Level.PDF_SIGNATURE:
            return missing(
                Check.SIGN_OFF_PDF_SIGNATURE,
                "The sign-off refers to a signed copy that is not part of this file.",
                item.subject,
            )


_EMAIL_FIELDS: Final = frozenset(
    {"kind", "sent_at", "confirmed_at", "address_hash", "code_hash", "statement_sha256"}
)
_EMAIL_DETAIL: Final = (
    "Confirmed with a one-time code sent to the signatory's personal address. The record of it is the "
    "service's own: there is no signature of the signatory that others could check."
)
_PAPER_FIELDS: Final = frozenset({"kind", "recorded_at", "scan_sha256", "statement_sha256"})
_PAPER_DETAIL: Final = (
    "Decided on paper and recorded by the coordination, which keeps the scan. The record is the service's "
    "own: only the paper itself proves the decision."
)


def _check_passkey(item: _Item, rp: RelyingParty) -> Finding:
    try:
        ensure(item.evidence.get("kind") == item.level, "The evidence is of another kind.")
        ensure_assertion(item.evidence, item.statement_bytes, rp)
    except Exception as error:  # a stranger's bytes: every fault means the same
        return broken(Check.SIGN_OFF_PASSKEY, _reason(error), item.subject)
    return proven(
        Check.SIGN_OFF_PASSKEY, "The registered passkey signed this statement about this text.", item.subject
    )


def _registration(item: _Item) -> str:
    registration = item.evidence.get("registration")
    return registration_digest(registration) if isinstance(registration, dict) else ""


def _check_recorded(item: _Item, check: Check, fields: frozenset[str], detail: str) -> Finding:
    evidence = item.evidence
    if set(evidence) != fields or evidence["kind"] != item.level:
        return broken(check, "The evidence has missing or surplus fields.", item.subject)
    if evidence["statement_sha256"] != digest(item.statement_bytes):
        return broken(check, "The record belongs to another statement.", item.subject)
    return limited(check, detail, item.subject)


def _line(item: _Item) -> SignOffLine:
    s = item.statement
    return SignOffLine(
        s.municipality, s.signatory, s.title, s.answer.value, item.level.value, timestamp(s.at)
    )


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, BrokenEvidence) else f"it cannot be read: {type(error).__name__}"
