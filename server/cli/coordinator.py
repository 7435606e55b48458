"""`coordinator add EMAIL NAME`: somebody who may create declarations, and how they sign in first."""

from __future__ import annotations

import argparse
import asyncio
import sys

from server.actions.people.accounts import issue_login_link
from server.actions.people.creators import allow_creating
from server.app import open_services
from server.cli.migrate import Schema, schema_of, upgrade
from server.domain.errors import InvalidInput
from server.domain.text.errors import UnprintableText
from server.settings import Settings, read_settings


def add_coordinator(options: argparse.Namespace) -> int:
    settings = read_settings()
    match schema_of(settings.database):
        case Schema.NONE:
            print("Preparing the database …", file=sys.stderr, flush=True)
            upgrade(settings.database)
        case Schema.OLDER:
            print(
                "The database is of an earlier release. Please stop the server, make a copy, and run "
                "`python -m server migrate` first.",
                file=sys.stderr,
            )
            return 1
        case Schema.CURRENT:
            pass
    try:
        print(asyncio.run(_add(settings, options.email, options.name)))
    except InvalidInput:
        print(f"{options.email!r} is no e-mail address, or the name is empty.", file=sys.stderr)
        return 2
    except UnprintableText as error:
        print(f"No document can show this name: {error.facts['characters']}.", file=sys.stderr)
        return 2
    return 0


async def _add(settings: Settings, email: str, name: str) -> str:
    async with open_services(settings) as services:
        await allow_creating(services, email=email, name=name)
        return await issue_login_link(services, email=email, next_path="/declarations/new")
