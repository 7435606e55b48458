"""The real routes and middleware over a real world, and two more: one raises, one echoes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from server.domain.errors import KraftaktError
from server.web.http.bodies.bodies import Takes
from server.web.http.context import Folders, create_web
from server.web.http.errors import exception_handlers
from server.web.http.forms import Form, form_route
from server.web.http.middleware import create_middleware
from server.web.routes import create_routes
from tests.world import World

ROOT = Path(__file__).parents[2]
BASE_URL = "https://kraftakt.example"


@dataclass
class House:
    """`run` brings a request to its end: in the world's own event loop, where there is a world."""

    app: Starlette
    base_url: str
    run: Callable[[Coroutine[Any, Any, httpx.Response]], httpx.Response] = asyncio.run

    def get(
        self, path: str, *, headers: Mapping[str, str] | None = None, cookies: Mapping[str, str] | None = None
    ) -> httpx.Response:
        return self.ask("GET", path, headers=headers, cookies=cookies)

    def post(
        self,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        cookies: Mapping[str, str] | None = None,
        data: Mapping[str, str] | None = None,
        json: object = None,
        content: bytes | None = None,
    ) -> httpx.Response:
        return self.ask("POST", path, headers=headers, cookies=cookies, data=data, json=json, content=content)

    def ask(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        cookies: Mapping[str, str] | None = None,
        data: Mapping[str, str] | None = None,
        json: object = None,
        content: bytes | None = None,
    ) -> httpx.Response:
        async def run() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(
                transport=transport, base_url=self.base_url, cookies=dict(cookies or {})
            ) as client:
                return await client.request(
                    method, path, headers=dict(headers or {}), data=data, json=json, content=content
                )

        return self.run(run())


def build_house(
    world: World,
    tmp_path: Path,
    errors: Mapping[str, Callable[[], Exception]] | None = None,
    base_url: str = BASE_URL,
) -> House:
    """`errors`: paths below /raise/ whose handler raises what the callable makes."""
    (tmp_path / "main.css").write_text("body { color: black }\n" * 40)
    folders = Folders(ROOT / "templates", ROOT / "server" / "locale", tmp_path, tmp_path / "strings.json")
    services = replace(world.services, base_url=base_url)

    async def check() -> Mapping[str, object]:
        return {"status": "ok"}

    web = create_web(services, check, folders)
    routes = [*create_routes(), Route("/raise/{name}", _raising(errors or {})), form_route("/echo", _echo)]
    routes.append(form_route("/echo-json", _echo, Takes.JSON))
    return House(
        Starlette(routes=routes, middleware=create_middleware(web), exception_handlers=exception_handlers()),
        base_url,
        world.run,
    )


def _raising(errors: Mapping[str, Callable[[], Exception]]) -> Callable[[Request], object]:
    async def handler(request: Request) -> Response:
        raise errors[request.path_params["name"]]()

    return handler


async def _echo(_: Request, form: Form) -> Response:
    return PlainTextResponse(form.text("word"))


def every_error() -> list[type[KraftaktError]]:
    kinds = [KraftaktError]
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
    return kinds
