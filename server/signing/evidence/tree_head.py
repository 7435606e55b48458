"""The head of the log, and an authority's time stamp on it (RFC 3161).

Attachment `protokoll-kopf.json`, format `kraftakt-tree-head/1`, canonical JSON:

    {"format": "kraftakt-tree-head/1", "log": "kraftakt.example", "size": 120, "root": "<64 hex>"}

Attachment `protokoll-kopf.tst`: the token (a CMS value, DER) over exactly these bytes. Who keeps a head
can hold a later, longer log against it (RFC 9162, section 2.1.4).
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from asn1crypto import cms
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko.sign.validation.status import TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext

from server.domain.canonical import canonical_bytes, parse_canonical
from server.domain.errors import SealFailed
from server.domain.release.verification import Finding
from server.domain.sign_offs.statements import timestamp
from server.signing.checks import Check, broken, limited, proven
from server.signing.evidence.log_proof import LogCheck
from server.signing.seal.authority import Authority
from server.signing.seal.certificates import holder, load_der
from server.signing.seal.check.seal_structure import ensure_few_certificates

FORMAT: Final = "kraftakt-tree-head/1"
_log: Final = logging.getLogger(__name__)


def tree_head(log: str, size: int, root: str) -> bytes:
    """`log` names the log: the host of the service. `root` in hexadecimal."""
    return canonical_bytes({"format": FORMAT, "log": log, "size": size, "root": root})


def stamp_tree_head(head: bytes, authorities: Sequence[Authority], timeout: float) -> bytes | None:
    """The token of the first authority that answers; None where none is configured.

    Blocks on the network for at most `timeout` seconds an authority. Raises SealFailed if all fail.
    """
    failure: Exception | None = None
    for authority in authorities:
        try:
            return asyncio.run(_stamp(head, authority, timeout))
        except Exception as error:  # network or protocol: the next may do
            _log.warning("time stamp by %r failed: %s", authority, type(error).__name__)
            failure = error
    if failure is not None:
        raise SealFailed(reason=type(failure).__name__) from failure
    return None


async def _stamp(head: bytes, authority: Authority, seconds: float) -> bytes:
    async with asyncio.timeout(seconds):
        digest = hashlib.sha256(head).digest()
        token: bytes = (await authority.client(seconds).async_timestamp(digest, "sha256")).dump()
        return token


def check_tree_head(
    head: bytes,
    token: bytes | None,
    log: LogCheck,
    trust_roots: Sequence[bytes] | None,
    service: str = "",
) -> list[Finding]:
    """Is the head that of the proofs, and since when has it been there? `service` is the relying party of the
    evidence, whose log it has to be; empty where that cannot be read. `trust_roots` are DER; with None
    nobody is trusted and the authority's word is LIMITED. Never raises. Blocks; run it in a thread."""
    try:
        log_id = _ensure_head(head, log, service)
    except Exception as error:  # a stranger's bytes: every fault means the same
        return [broken(Check.LOG_HEAD, f"The head does not belong to the proofs ({type(error).__name__}).")]
    found = proven(Check.LOG_HEAD, f"The proofs lead to the attached head of the log of {log_id}.")
    if token is None:
        return [
            found,
            limited(Check.LOG_HEAD_TIME, "No authority confirms when the log had this head; the seal does."),
        ]
    return [found, _check_token(head, token, trust_roots)]


def _ensure_head(head: bytes, log: LogCheck, service: str) -> str:
    """The log's name."""
    value = parse_canonical(head)
    if not isinstance(value, dict) or not isinstance(name := value["log"], str):
        raise TypeError("a head that names no log")
    if not log.root or head != tree_head(name, log.size, log.root):
        raise ValueError("another head")
    if service and name != service:
        raise ValueError("the head of another service's log")
    return name


def _check_token(head: bytes, token: bytes, trust_roots: Sequence[bytes] | None) -> Finding:
    try:
        stamp = asyncio.run(_judge(head, token, trust_roots))
        who = holder(load_der([stamp.signing_cert.dump()])[0])
    except Exception as error:  # a stranger's bytes: the parsers below raise whatever they like
        return broken(Check.LOG_HEAD_TIME, f"The time stamp cannot be read ({type(error).__name__}).")
    if not (stamp.intact and stamp.valid):
        return broken(Check.LOG_HEAD_TIME, "The time stamp does not belong to this head.", who)
    when = timestamp(stamp.timestamp)
    if stamp.trusted:
        return proven(Check.LOG_HEAD_TIME, f"The log had this head at {when}, as {who} confirms.", who)
    return limited(
        Check.LOG_HEAD_TIME,
        f"The log had this head at {when} according to {who}, whose trust was not established.",
        who,
    )


async def _judge(head: bytes, token: bytes, trust_roots: Sequence[bytes] | None) -> TimestampSignatureStatus:
    """At the token's own time: later on the seal's time stamps answer for it, as for all attachments."""
    signed = cms.ContentInfo.load(token, strict=True)["content"]
    ensure_few_certificates(signed)
    moment: datetime = signed["encap_content_info"]["content"].parsed["gen_time"].native
    context = ValidationContext(
        trust_roots=[c for der in trust_roots or () for c in load_certs_from_pemder_data(der)],
        moment=moment,
        revocation_mode="soft-fail",
        allow_fetching=False,
    )
    facts = await validate_tst_signed_data(signed, context, lambda name: hashlib.new(name, head).digest())
    return TimestampSignatureStatus(**facts)
