"""The mails of a demo, which leave nowhere: to be read by whoever sits in front of it.

A service that is no demo has none of these pages. The demo serves its own computer only, and signs anybody
in.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.domain.errors import NotFound
from server.mail.folder import find_mail, list_mails
from server.mail.transport import FolderTransport
from server.web.http.context import services_of
from server.web.http.pages.rendering import render

ADDRESS: Final = "/mails"
SHOWN: Final = 100
_URL: Final = re.compile(r"https?://[^\s<>]+[^\s<>.,;:)]")


async def show_all(request: Request) -> Response:
    folder, recipient = _folder(request), request.query_params.get("to", "")[:254]
    mails = await asyncio.to_thread(list_mails, folder, SHOWN, recipient)
    return render(request, "notices/demo_mails.html", mails=mails, recipient=recipient, shown=SHOWN)


async def show_one(request: Request) -> Response:
    mail = await asyncio.to_thread(find_mail, _folder(request), int(request.path_params["number"]))
    if mail is None:
        raise NotFound(what="mail")
    paragraphs = [list(_pieces(text, services_of(request).base_url)) for text in mail.text.split("\n\n")]
    return render(request, "notices/demo_mail.html", mail=mail, paragraphs=paragraphs)


def _folder(request: Request) -> Path:
    """Raises NotFound where this is no demo, or where its mails leave."""
    services = services_of(request)
    if not services.demo or not isinstance(services.transport, FolderTransport):
        raise NotFound(what="page")
    return services.transport.folder


def _pieces(text: str, base_url: str) -> Iterator[tuple[str, bool]]:
    """The words, and whether they are an address of this service."""
    end = 0
    for found in _URL.finditer(text):
        if found[0].startswith(f"{base_url}/"):
            yield text[end : found.start()], False
            yield found[0], True
            end = found.end()
    yield text[end:], False


ROUTES = [Route(ADDRESS, show_all), Route(f"{ADDRESS}/{{number:int}}", show_one)]
