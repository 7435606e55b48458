"""`renew SLUG`: another archive time stamp for a sealed document, when it is due."""

from __future__ import annotations

import argparse
import asyncio

from server.actions.release.renewal import Renewal, renew_document
from server.app import open_services
from server.settings import Settings, read_settings


def renew(options: argparse.Namespace) -> int:
    """0 when the time stamp holds for long enough afterwards."""
    done = asyncio.run(_renew(read_settings(), options.slug, options.at_once))
    until = done.document.archived_until
    end = f"{until:%Y-%m-%d}" if until else "nobody knows when"
    said = (
        "Renewed: the archive time stamp holds"
        if done.was_due
        else "Nothing to renew: the archive time stamp holds"
    )
    print(f"{said} until {end}.")
    return 0


async def _renew(settings: Settings, slug: str, at_once: bool) -> Renewal:
    async with open_services(settings) as services:
        return await renew_document(services, slug=slug, at_once=at_once)
