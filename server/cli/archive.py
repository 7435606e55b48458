"""`archive SLUG OUT`: everything that was sealed and published, as a package for the E-Akte."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from server.actions.release.archiving import Wanted, write_archive
from server.app import open_services
from server.domain.release.archive import MAX_READER, MessageKind
from server.settings import Settings, read_settings


def archive(options: argparse.Namespace) -> int:
    """1 when the folder cannot be written or holds something."""
    folder = Path(options.out)
    wanted = Wanted(MessageKind(options.message), " ".join(options.reader.split())[:MAX_READER])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            print(f"{folder} is not empty. Please name a new folder.", file=sys.stderr)
            return 1
        asyncio.run(_write(read_settings(), options.slug, folder, wanted))
    except OSError as error:
        print(f"{folder} cannot be written: {error.strerror}.", file=sys.stderr)
        return 1
    for path in sorted(folder.iterdir()):
        print(path)
    return 0


async def _write(settings: Settings, slug: str, folder: Path, wanted: Wanted) -> None:
    async with open_services(settings) as services:
        await write_archive(services, slug=slug, folder=folder, wanted=wanted)
