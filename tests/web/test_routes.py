"""Each module of pages names the addresses of its own pages, at its end; nothing else makes one."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path
from types import ModuleType

import pytest
from starlette.routing import Route

from server.web.routes import create_routes
from tests.web.catalogue import ROOT

SERVER = ROOT / "server"
NOUNS = {"declarations", "text", "people", "sign_offs", "release", "notices", "record", "operation", "help"}
MODULES = sorted(
    path for path in (SERVER / "web").rglob("*.py") if path.relative_to(SERVER / "web").parts[0] in NOUNS
)
MAKERS = {"Route", "WebSocketRoute", "Mount", "form_route", "stop_route", "file_route"}
ELSEWHERE = {
    "server/app.py",
    "server/web/live/http.py",
    "server/web/http/forms.py",
    "server/web/http/files.py",
}
"""The rooms' sockets and their fallback, which `app` wires; and the makers themselves."""


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def load(path: Path) -> ModuleType:
    return importlib.import_module(name_of(path).removesuffix(".py").replace("/", "."))


def handlers(path: Path) -> list[str]:
    """Public functions that answer a request with a response."""
    return [
        node.name
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.AsyncFunctionDef) and node.returns and not node.name.startswith("_")
        if ast.unparse(node.returns) == "Response" and ast.unparse(node.args.args[0]).endswith(": Request")
    ]


PAGES = [path for path in MODULES if handlers(path)]


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_handler_has_its_route_at_the_end_of_its_module(path: Path) -> None:
    last = ast.parse(path.read_text("utf-8")).body[-1]
    assert isinstance(last, ast.Assign)
    assert ast.unparse(last.targets[0]) == "ROUTES"
    assert {route.name for route in load(path).ROUTES} == set(handlers(path))


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_the_service_has_every_module_s_routes(path: Path) -> None:
    addresses = {(route.path, route.name) for route in create_routes() if isinstance(route, Route)}
    assert {(route.path, route.name) for route in load(path).ROUTES} <= addresses


def test_all_modules_of_pages_are_looked_at() -> None:
    assert len(PAGES) > 12
    assert sum(len(load(path).ROUTES) for path in PAGES) == len(create_routes())


def test_no_address_is_made_elsewhere() -> None:
    elsewhere = {
        name_of(path)
        for path in SERVER.rglob("*.py")
        if path not in PAGES and any(f"{maker}(" in path.read_text("utf-8") for maker in MAKERS)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in MAKERS
    }
    assert elsewhere == ELSEWHERE


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_module_makes_addresses_in_its_routes_only(path: Path) -> None:
    *rest, _ = ast.parse(path.read_text("utf-8")).body
    made = [node for part in rest for node in ast.walk(part) if isinstance(node, ast.Call)]
    assert not [ast.unparse(node) for node in made if ast.unparse(node.func) in MAKERS]
