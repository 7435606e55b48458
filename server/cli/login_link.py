"""`login-link EMAIL`: a one-time login URL, for the operator."""

from __future__ import annotations

import argparse
import asyncio
import sys

from server.actions.people.accounts import issue_login_link
from server.app import open_services
from server.domain.errors import NotFound
from server.settings import Settings, read_settings


def print_login_link(options: argparse.Namespace) -> int:
    try:
        print(asyncio.run(_issue(read_settings(), options.email)))
    except NotFound:
        summary = f"Nobody with the address {options.email} has been invited. Please check the spelling."
        print(summary, file=sys.stderr)
        return 1
    return 0


async def _issue(settings: Settings, email: str) -> str:
    async with open_services(settings) as services:
        return await issue_login_link(services, email=email)
