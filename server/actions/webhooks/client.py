"""One message to one address: bounded in time and size, and never led elsewhere.

The name is resolved once, every address it has is checked, and the connection goes to the one that was
checked. So neither a redirect nor a name that is answered differently the second time (DNS rebinding) leads
into a private network.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

import httpx

from server.domain.webhooks.addresses import (
    BadWebhookAddress,
    BadWebhookPort,
    PrivateWebhookAddress,
    is_reachable,
    parse_target,
)

TIMEOUT: Final = 15.0
"""Seconds for one exchange, from the name server's question to the answer."""
MAX_ANSWER: Final = 16 * 1024
"""Bytes of an answer that are read; nobody needs them, but a connection should end well."""
Resolve = Callable[[str, int], Awaitable[list[str]]]


@dataclass(frozen=True, slots=True)
class Answered:
    """`status` is 0 where there was none; `failure` then says why, in a word for the log."""

    status: int
    failure: str = ""

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300

    @property
    def is_redirect(self) -> bool:
        return 300 <= self.status < 400

    @property
    def is_gone(self) -> bool:
        """The receiver wants no more (Standard Webhooks: 410)."""
        return self.status == httpx.codes.GONE


async def resolve_name(host: str, port: int) -> list[str]:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(each[4][0]) for each in found]


class WebhookClient:
    """`allow_private`: the operator's setting. `resolve` and `transport` are the system's, but in tests."""

    def __init__(
        self,
        *,
        allow_private: bool = False,
        resolve: Resolve = resolve_name,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.allow_private = allow_private
        self._resolve = resolve
        self._transport = transport

    async def ensure_reachable(self, address: str) -> None:
        """Raises BadWebhookAddress, BadWebhookPort, PrivateWebhookAddress."""
        await self._checked(address)

    async def send(self, address: str, headers: Mapping[str, str], body: bytes) -> Answered:
        """Never raises for what a receiver or a network does."""
        try:
            async with asyncio.timeout(TIMEOUT):
                ip = await self._checked(address)
                return await self._post(address, ip, headers, body)
        except (PrivateWebhookAddress, BadWebhookAddress, BadWebhookPort):
            return Answered(0, "private")
        except TimeoutError:
            return Answered(0, "timeout")
        except (httpx.ConnectError, ssl.SSLError):
            return Answered(0, "connection")
        except (httpx.HTTPError, httpx.InvalidURL, OSError):
            return Answered(0, "network")

    async def _checked(self, address: str) -> str:
        """An IP address of the host, of which all may be reached."""
        target = parse_target(address, allow_private=self.allow_private)
        try:
            async with asyncio.timeout(TIMEOUT):
                found = await self._resolve(target.host, target.port)
            is_good = bool(found) and all(
                is_reachable(each, allow_private=self.allow_private) for each in found
            )
        except (OSError, ValueError, TimeoutError) as error:
            raise PrivateWebhookAddress() from error
        if not is_good:
            raise PrivateWebhookAddress()
        return found[0].partition("%")[0]

    async def _post(self, address: str, ip: str, headers: Mapping[str, str], body: bytes) -> Answered:
        url = httpx.URL(address)
        name = {"Host": url.netloc.decode("ascii"), "Accept-Encoding": "identity"}
        async with (
            httpx.AsyncClient(
                transport=self._transport, trust_env=False, timeout=TIMEOUT, follow_redirects=False
            ) as client,
            client.stream(
                "POST",
                url.copy_with(host=ip),
                content=body,
                headers={**headers, **name},
                extensions={"sni_hostname": url.host},
            ) as answer,
        ):
            size = 0
            async for piece in answer.aiter_raw():
                size += len(piece)
                if size > MAX_ANSWER:
                    break
            return Answered(answer.status_code, "redirect" if 300 <= answer.status_code < 400 else "")
