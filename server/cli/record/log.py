"""`log verify`: proves the log of acts from its first entry. `log export`: writes it out."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from pathlib import Path
from typing import TextIO

from server.actions.record.proving import Proof, prove_log
from server.app import open_services
from server.settings import Settings, read_settings
from server.storage.record.reading import iterate_entries


def log(options: argparse.Namespace) -> int:
    """0: it holds, or is written; 1: it does not hold."""
    settings = read_settings()
    if options.action == "export":
        return _export(settings, options.slug or "", options.out)
    proof = asyncio.run(_prove(settings))
    if (difference := proof.difference) is not None:
        print("The log does not hold.")
        print(f"First difference at position {difference.position}: {difference.what}.")
        return 1
    print(f"The log holds: {proof.size} entries, root {proof.root}.")
    print(f"Sealed documents whose head of the log agrees: {proof.heads}.")
    return 0


async def _prove(settings: Settings) -> Proof:
    async with open_services(settings) as services:
        return await prove_log(services)


def _export(settings: Settings, slug: str, path: str | None) -> int:
    if path is None:
        count = asyncio.run(_write(settings, slug, sys.stdout))
    else:
        try:
            with Path(path).open("w", encoding="utf-8") as file:
                count = asyncio.run(_write(settings, slug, file))
        except OSError as error:
            print(f"{path} cannot be written: {error.strerror}.", file=sys.stderr)
            return 1
    print(f"{count} entries.", file=sys.stderr)
    return 0


async def _write(settings: Settings, slug: str, file: TextIO) -> int:
    """An entry a line, as JSON: its canonical text stays as it is, so that its leaf can be made again."""
    count = 0
    async with open_services(settings) as services, services.database.read() as db:
        async for position, entry, leaf in iterate_entries(db, slug):
            line = {"position": position, "entry": entry.decode(), "leaf": leaf.hex()}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            count += 1
    return count
