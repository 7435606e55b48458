"""Prints the SHA-256 of the document before the seal: `rendering_process DATA`."""

from __future__ import annotations

import asyncio
import hashlib
import sys

from server.actions.release.final_facts import load_facts, load_log
from server.actions.services import Services
from server.app import build_services
from server.dossier.assembly import render_unsealed
from server.settings import read_settings
from server.storage.declarations.declarations import load_declaration
from tests.world import SLUG


async def unsealed(services: Services) -> bytes:
    async with services.database.read() as db:
        facts = await load_facts(db, await load_declaration(db, SLUG))
        log = await load_log(db, facts)
    return render_unsealed(services, facts, log)


async def main(data: str) -> None:
    services = build_services(read_settings({"KRAFTAKT_DATA": data}))
    sys.stdout.write(hashlib.sha256(await unsealed(services)).hexdigest())
    await services.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
