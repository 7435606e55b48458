"""Is everything there that a seal needs? Checked at the start, so that nothing breaks on the day itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from server.documents.typeset.letters.faces import load_faces
from server.signing.seal.certificates import holder
from server.signing.seal.seal import Sealer

EXPIRY_NOTICE: Final = timedelta(days=60)


class Verdict(StrEnum):
    GOOD = "good"
    WARNING = "warning"
    """Works today; somebody should look at it."""
    FAULT = "FAULT"
    """No document can be sealed."""


@dataclass(frozen=True, slots=True)
class Result:
    """One line: what was looked at, and a sentence in English."""

    what: str
    verdict: Verdict
    sentence: str


def check_here(sealer: Sealer, now: datetime) -> list[Result]:
    """Fonts, key and certificates: nothing beyond this machine. Blocks for about a second."""
    return [_check_fonts(), *_check_key(sealer, now), *_check_expiry(sealer, now)]


def check_authorities(sealer: Sealer, now: datetime) -> list[Result]:
    """Asks every time-stamp authority; blocks for `sealer.timeout` seconds each at the most."""
    if not sealer.authorities:
        sentence = "No time-stamp authority is configured: seals are made at level PAdES B-B."
        return [Result("authority", Verdict.WARNING, sentence)]
    known = set(_problems(sealer, now))
    results = []
    for authority in sealer.authorities:
        found = set(replace(sealer, authorities=(authority,)).check(now)) - known
        if found:
            results += [Result("authority", Verdict.WARNING, sentence) for sentence in sorted(found)]
        else:
            results.append(Result("authority", Verdict.GOOD, f"{authority.url} answers and is trusted."))
    return results


def _check_fonts() -> Result:
    try:
        faces = load_faces()
    except Exception as error:  # missing, damaged, no font at all: the parsers raise what they like
        sentence = f"The document's fonts cannot be read ({type(error).__name__}: {error})."
        return Result("fonts", Verdict.FAULT, sentence)
    return Result("fonts", Verdict.GOOD, f"All {len(faces.by_style)} faces can be read.")


def _problems(sealer: Sealer, now: datetime) -> list[str]:
    """Without the authorities."""
    return replace(sealer, authorities=()).check(now)


def _check_key(sealer: Sealer, now: datetime) -> list[Result]:
    if found := _problems(sealer, now):
        return [Result("key", Verdict.FAULT, sentence) for sentence in found]
    trial = " It is a test certificate: documents say „Test“." if sealer.is_test else ""
    return [Result("key", Verdict.GOOD, f"{sealer.subject} can seal.{trial}")]


def _check_expiry(sealer: Sealer, now: datetime) -> Iterator[Result]:
    for certificate in (sealer.key.certificate, *sealer.key.others):
        end = certificate.not_valid_after_utc
        if now <= end < now + EXPIRY_NOTICE:
            sentence = f"{holder(certificate)} expires on {end:%Y-%m-%d}."
            yield Result("certificate", Verdict.WARNING, sentence)
