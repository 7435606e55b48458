"""`erase EMAIL`: replaces name and address of a person by a pseudonym."""

from __future__ import annotations

import argparse
import asyncio

from server.actions.record.erasure import erase_by_operator
from server.app import open_services
from server.settings import Settings, read_settings


def erase(options: argparse.Namespace) -> int:
    number = asyncio.run(_erase(read_settings(), options.email))
    print(f"Erased: person {number}. What was signed or sealed stays, and the log.")
    return 0


async def _erase(settings: Settings, email: str) -> int:
    async with open_services(settings) as services:
        return await erase_by_operator(services, email=email)
