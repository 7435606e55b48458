"""`check`: everything that a seal needs, one line each; and what `serve` looks at before it serves."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import threading
from collections.abc import Iterable
from datetime import UTC, datetime

from server.actions.operation.readiness import Result, Verdict, check_authorities, check_here
from server.actions.release.renewal import list_due
from server.app import open_sealer, open_services
from server.settings import BadSettings, Settings, read_settings
from server.signing.seal.seal import Sealer

_log = logging.getLogger(__name__)


def check(_: argparse.Namespace) -> int:
    """0 when documents can be sealed, 1 when not."""
    settings = read_settings()
    try:
        sealer = open_sealer(settings)
    except BadSettings as error:
        return _print([Result("key", Verdict.FAULT, str(error))])
    now = datetime.now(UTC)
    code = _print(check_here(sealer, now)) | _print(check_authorities(sealer, now))
    return code | _print(asyncio.run(_check_archive(settings)))


async def _check_archive(settings: Settings) -> list[Result]:
    """Which archive time stamps end soon."""
    try:
        async with open_services(settings) as services:
            due = await list_due(services)
    except Exception as error:  # no database, or one that was never migrated: drivers raise what they like
        sentence = f"The database cannot be read ({type(error).__name__}); `migrate` prepares one."
        return [Result("archive", Verdict.WARNING, sentence)]
    return [_ending(slug, until) for slug, until in due] or [
        Result("archive", Verdict.GOOD, "No archive time stamp ends soon.")
    ]


def _ending(slug: str, until: datetime) -> Result:
    sentence = f"The archive time stamp of {slug} ends on {until:%Y-%m-%d}: `renew {slug}`."
    return Result("archive", Verdict.WARNING, sentence)


def ensure_ready(sealer: Sealer) -> None:
    """Raises BadSettings with the first fault; warnings go to the log. The authorities are asked in the
    background: the service is of use without them until somebody seals."""
    print("Checking fonts, key and certificate …", end=" ", file=sys.stderr, flush=True)
    now = datetime.now(UTC)
    results = check_here(sealer, now)
    faults = [result for result in results if result.verdict is Verdict.FAULT]
    print("failed." if faults else "good.", file=sys.stderr, flush=True)
    _warn(results)
    if faults:
        raise BadSettings(" ".join(fault.sentence for fault in faults))
    if sealer.authorities:
        threading.Thread(target=lambda: _warn(check_authorities(sealer, now)), daemon=True).start()


def _warn(results: Iterable[Result]) -> None:
    for result in results:
        if result.verdict is Verdict.WARNING:
            _log.warning("%s: %s", result.what, result.sentence)


def _print(results: Iterable[Result]) -> int:
    found = list(results)
    for result in found:
        print(f"{result.verdict:8} {result.what:12} {result.sentence}", flush=True)
    return int(any(result.verdict is Verdict.FAULT for result in found))
