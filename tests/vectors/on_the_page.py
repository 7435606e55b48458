"""The report pages of the server, asked for many files."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Final

import httpx
from starlette.applications import Starlette

from server.app import create_app
from server.dossier.apart.checks_apart import ChecksApart
from tests.vectors.checked import Checked
from tests.world import World

TOKEN: Final = re.compile(r'<meta name="csrf-token" content="([0-9a-f]{64})">')
HEADING: Final = re.compile(r"<h1>([^<]*)</h1>")


HOLDER: Final = "Siegel Regionalbüro, Regionalbüro Ortenau"
"""Of the seals under a trust service, in `tests/signing/pki.py`."""


def trusting(
    world: World, checks: Checked | ChecksApart, roots: tuple[bytes, ...], holder: str = HOLDER
) -> Starlette:
    """The service, if its own seal stood under these roots."""
    key = SimpleNamespace(roots=(), is_test=False, subject=holder)
    sealer = replace(world.services.sealer, key=key, trust_roots=roots)
    return create_app(world.settings, replace(world.services, checks=checks, sealer=sealer))


async def headings(app: Starlette, pdfs: Sequence[bytes]) -> list[str]:
    """Each address may ask for 60 reports."""
    found = []
    for start in range(0, len(pdfs), 50):
        transport = httpx.ASGITransport(app, client=(f"10.0.0.{start // 50 + 1}", 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
            client.headers["Accept-Language"] = "de"
            token = TOKEN.findall((await client.get("/verify")).text)[0]
            for pdf in pdfs[start : start + 50]:
                files = {"pdf": ("e.pdf", pdf, "application/pdf")}
                page = (await client.post("/verify", data={"csrf": token}, files=files)).text
                found.append(html.unescape(HEADING.findall(page)[0]))
    return found
