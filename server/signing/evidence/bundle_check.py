"""The proof package checked offline: no database, no network, nothing but the two attachments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from server.domain.canonical import digest
from server.domain.release.verification import Finding, Outcome, SignOffLine
from server.domain.sign_offs.statements import Statement, timestamp
from server.signing.checks import Check, broken, limited, missing, proven
from server.signing.evidence.bundle_reader import Bundle, Item, parse_bundle, parse_item, reason
from server.signing.evidence.kind import Copies, Surroundings
from server.signing.evidence.kinds.table import KINDS
from server.signing.passkeys.relying_party import RelyingParty
from server.signing.seal.check.seal_trust import Trust


@dataclass(frozen=True, slots=True)
class BundleCheck:
    """`sign_offs` are those whose evidence holds, in the bundle's order; those by e-mail code or on paper
    are among them, with their level. `digests` are theirs for `log_proof.check_logged`, `registrations`
    those of their passkeys (empty text without one), `service` the id of the relying party, `slug` the
    declaration's, by which the log calls it."""

    findings: tuple[Finding, ...]
    title: str = ""
    revision: int = 0
    digest: str = ""
    sign_offs: tuple[SignOffLine, ...] = ()
    digests: tuple[str, ...] = ()
    registrations: tuple[str, ...] = ()
    service: str = ""
    slug: str = ""


def verify_bundle(
    data: bytes,
    content: bytes,
    *,
    expected: RelyingParty | None = None,
    copies: Copies | None = None,
    trust: Trust | None = None,
) -> BundleCheck:
    """Checks `nachweise.json` against the canonical text. `expected` is the service that should have
    asked; without it the bundle's own word is taken, for which then only the seal answers. `copies` are
    those that were signed with personal certificates, `trust` says whom to believe about these; by default
    there are no copies, and nobody is trusted.

    Never raises: whatever cannot be read is a BROKEN finding. Blocks; run it in a thread.
    """
    try:
        parsed = parse_bundle(data)
    except Exception as error:  # a stranger's bytes: every fault means the same
        return BundleCheck(
            (broken(Check.EVIDENCE_FORMAT, f"The evidence cannot be read ({reason(error)})."),)
        )
    findings = [
        proven(Check.EVIDENCE_FORMAT, "The evidence is complete and in its canonical form."),
        _check_text(parsed, content),
        _check_relying_party(parsed, expected),
    ]
    read = [_read_item(item, place, parsed) for place, item in enumerate(parsed.items, 1)]
    items = [item for item in read if isinstance(item, Item)]
    around = Surroundings(parsed.rp, copies or Copies(), trust or Trust(None, datetime.now(UTC)))
    results = [(item, KINDS[item.level].check(item, around)) for item in items]
    findings += [item for item in read if isinstance(item, Finding)]
    findings += [_check_unique(items), *(finding for _, finding in results)]
    if not parsed.items:
        findings.append(missing(Check.SIGN_OFF_STATEMENT, "The evidence names nobody who signed."))
    there = {item.level for item in items}
    findings += [kind.limits for level, kind in KINDS.items() if level in there and kind.limits]
    good = [item for item, finding in results if finding.outcome in (Outcome.PROVEN, Outcome.LIMITED)]
    return BundleCheck(
        tuple(findings),
        parsed.title,
        parsed.number,
        parsed.digest,
        tuple(_line(item) for item in good),
        tuple(item.digest for item in good),
        tuple(KINDS[item.level].registration(item.evidence) for item in good),
        parsed.rp.id,
        parsed.slug,
    )


def _check_text(parsed: Bundle, content: bytes) -> Finding:
    if digest(content) == parsed.digest:
        return proven(
            Check.TEXT_DIGEST, "The attached text is, byte for byte, the revision that the evidence names."
        )
    return broken(Check.TEXT_DIGEST, "The attached text is not the revision that was signed off.")


def _check_relying_party(parsed: Bundle, expected: RelyingParty | None) -> Finding:
    if expected is None:
        return limited(
            Check.EVIDENCE_RELYING_PARTY,
            f"The passkeys answered the service {parsed.rp.id}. That this is the right service is stated by "
            "the document itself and answered for by its seal.",
        )
    if parsed.rp.id == expected.id and set(parsed.rp.origins) <= set(expected.origins):
        return proven(Check.EVIDENCE_RELYING_PARTY, f"The passkeys answered the service {expected.id}.")
    return broken(Check.EVIDENCE_RELYING_PARTY, f"The passkeys answered another service: {parsed.rp.id}.")


def _read_item(value: Mapping[str, object], place: int, parsed: Bundle) -> Item | Finding:
    try:
        return parse_item(value, parsed)
    except Exception as error:  # a stranger's bytes: every fault means the same
        return broken(Check.SIGN_OFF_STATEMENT, f"Sign-off {place}: {reason(error)}", str(place))


def _check_unique(items: list[Item]) -> Finding:
    proofs = Counter(
        (item.level, str(item.evidence.get(field)))
        for item in items
        if (field := KINDS[item.level].unique) is not None
    )
    towns: dict[str, list[Statement]] = {}
    for item in items:
        towns.setdefault(item.statement.ags, []).append(item.statement)
    twice = sorted(ags for ags, given in towns.items() if not _is_one_answer(given))
    if twice or any(count > 1 for count in proofs.values()):
        return broken(
            Check.EVIDENCE_UNIQUE,
            "A municipality or a signature appears more than once, or a joint answer is not complete.",
            ", ".join(twice),
        )
    return proven(Check.EVIDENCE_UNIQUE, "Each municipality appears once.")


def _is_one_answer(given: Sequence[Statement]) -> bool:
    """One sign-off, or the same said by two employees jointly."""
    if len(given) == 1:
        return not given[0].capacity.facts.is_joint
    if len(given) > 2:  # § 54 GemO: two
        return False
    one, other = given
    are_two = one.signatory != other.signatory and all(s.capacity.facts.is_joint for s in given)
    return are_two and _said(one) == _said(other)


def _said(statement: Statement) -> tuple[object, ...]:
    return (statement.answer, statement.text, *statement.council)


def _line(item: Item) -> SignOffLine:
    s = item.statement
    return SignOffLine(
        s.municipality, s.signatory, s.title, s.answer.value, item.level.value, timestamp(s.at)
    )
