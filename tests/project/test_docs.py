"""Nothing can be called from outside that the pages do not name, and they name nothing else."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest
from starlette.routing import Route

from server.app import create_app
from server.cli.main import create_parser
from server.domain.audit import Tag
from server.settings import read_settings
from server.sync.presence.awareness import MAX_STATE
from server.sync.room.limits import Limits
from server.sync.wire.close_codes import CloseCode
from server.sync.wire.messages import MAX_FRAME
from server.web.live.polling import MAX_FRAMES
from tests.project.pages import ROOT, code_words, read, rows, section
from tests.world import World

REFERENCE, PROTOCOL, ARCHITECTURE, GLOSSARY = (
    read(f"{name}.md") for name in ("REFERENCE", "PROTOCOL", "ARCHITECTURE", "GLOSSARY")
)
PAGES = (
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "GLOSSARY.md",
    "PROTOCOL.md",
    "EVIDENCE.md",
    "REFERENCE.md",
    "SECURITY.md",
    "bench/README.md",
    "bench/DIARY.md",
    "client/README.md",
    "client/src/editor/README.md",
    "server/documents/README.md",
    "server/storage/engine/README.md",
    "server/web/live/README.md",
    "server/signing/README.md",
    "server/sync/README.md",
    *(path.relative_to(ROOT).as_posix() for path in (ROOT / "server" / "decisions").glob("*.md")),
)
PLACE = re.compile(r"`((?:server|client|tests|bench|templates)/[\w/.-]+)`")


def test_every_command_stands_in_the_reference() -> None:
    listed = [code_words(row[0])[0].split()[0] for row in rows(section(REFERENCE, "Commands"))]
    assert sorted(listed) == sorted(create_parser()[1])


def test_every_option_stands_beside_its_command() -> None:
    listed = {row[0].strip("`").split()[0]: row[0] for row in rows(section(REFERENCE, "Commands"))}
    for name, parser in create_parser()[1].items():
        options = re.findall(r"--[a-z-]+", parser.format_usage())
        assert [option for option in options if option not in listed[name]] == [], name


def test_every_address_stands_in_the_reference_with_its_methods(world: World, tmp_path: Path) -> None:
    app = create_app(read_settings({"KRAFTAKT_DATA": str(tmp_path)}), world.services)
    there = {
        (route.path, method)  # type: ignore[attr-defined]
        for route in app.routes
        for method in (
            sorted((route.methods or set()) - {"HEAD"}) if isinstance(route, Route) else ["WebSocket"]
        )
    }
    listed = {
        (path, method)
        for row in rows(section(REFERENCE, "Addresses"))
        for path in code_words(row[0])
        for method in row[1].split(", ")
    }
    assert listed == there


def test_every_tag_of_the_log_stands_in_the_reference() -> None:
    assert [code_words(row[0])[0] for row in rows(section(REFERENCE, "The log"))] == [
        tag.value for tag in Tag
    ]


def test_every_close_code_stands_in_the_protocol() -> None:
    listed = {row[1]: int(row[0]) for row in rows(section(PROTOCOL, "Close codes"))}
    assert listed == {code.name: code.value for code in CloseCode}
    client = dict(re.findall(r"^  ([A-Z_]+): (\d+),$", read("client/src/sync/close-codes.ts"), re.MULTILINE))
    assert listed == {name: int(code) for name, code in client.items()}


def test_every_frame_stands_in_the_protocol() -> None:
    listed = {int(row[0]) for row in rows(section(PROTOCOL, "Frames"))}
    source = read("server/sync/wire/messages.py")
    sent = {int(byte, 16) for byte in re.findall(r'return b"\\x([0-9a-f]{2})', source)}
    taken = {0, 1, 2, 3}  # `_kind`
    assert listed == sent | taken
    client = re.findall(r"^const (\w+) = (\d+)$", read("client/src/sync/protocol.ts"), re.MULTILINE)
    assert {int(number) for _, number in client} <= listed
    assert {int(number) for name, number in client if int(number) >= 100} == {n for n in listed if n >= 100}


def test_every_limit_stands_in_the_protocol() -> None:
    limits = Limits()
    assert [float(row[1]) for row in rows(section(PROTOCOL, "Limits"))] == [
        MAX_FRAME,
        limits.message_rate,
        limits.message_burst,
        limits.byte_rate,
        limits.byte_burst,
        limits.outgoing,
        limits.uncommitted,
        limits.connections_per_person,
        MAX_STATE,
        MAX_FRAMES,
    ]


def test_the_layers_are_those_that_import_linter_holds() -> None:
    contracts = tomllib.loads(read("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    drawn = section(ARCHITECTURE, "Layers").split("```")[1].strip().splitlines()
    names = [re.split(r"\s{2,}", line.strip())[0] for line in drawn]
    assert names == [layer.replace("server.", "") for layer in layers]


def test_the_nouns_are_the_folders_inside_the_layers() -> None:
    nouns = set(re.findall(r"`(\w+)`", section(ARCHITECTURE, "Nouns").split("In `web`")[0])) - {
        "templates",
        "tests",
    }
    folders: set[str] = set()
    for layer in ("web", "actions", "storage"):
        inside = {path.parent.name for path in (ROOT / "server" / layer).glob("*/__init__.py")}
        assert inside - nouns <= {"http", "live", "sentences", "engine", "tables"}, layer
        folders |= inside
    assert nouns <= folders


def test_the_architecture_stays_a_page() -> None:
    assert len(ARCHITECTURE.splitlines()) <= 100


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_points_to_is_there(page: str) -> None:
    text = read(page)
    links = [(ROOT / page).parent / link for link in re.findall(r"\]\(([\w/.-]+\.md)\)", text)]
    real = [place for place in PLACE.findall(text) if not re.search(r"/\.|NOUN|NAME|NNNN", place)]
    places = [ROOT / place for place in real]
    assert [str(place) for place in [*links, *places] if not place.exists()] == []


def words_of_the_code() -> set[str]:
    """Names that Python defines or uses, and every word of the client's sources."""
    words: set[str] = set()
    for path in (ROOT / "server").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            for name in ("id", "attr", "name", "arg"):
                if isinstance(word := getattr(node, name, None), str):
                    words.update(word.split("."))
            if isinstance(node, ast.ImportFrom) and node.module:
                words.update(node.module.split("."))
    for path in (ROOT / "client" / "src").rglob("*.ts"):
        words.update(re.findall(r"\w+", path.read_text("utf-8")))
    return words


def test_the_words_of_the_glossary_are_those_of_the_code() -> None:
    code = words_of_the_code()
    for row in rows(GLOSSARY):
        words = [word for word in code_words(row[1]) if re.fullmatch(r"\w+", word)]
        planned = "planned" in row[1]
        assert [word for word in words if (word in code) is planned] == [], row[0]


@pytest.mark.parametrize(
    "path", sorted((ROOT / "server" / "decisions").glob("*.md")), ids=lambda path: path.stem
)
def test_decisions_have_one_form_and_are_short(path: Path) -> None:
    text = path.read_text("utf-8")
    assert re.match(rf"# {path.stem[:4]} \S", text)
    parts = re.findall(r"^\*\*(\w[\w ]+)\.\*\*", text, re.MULTILINE)
    assert [part for part in parts if part in ("Decided", "Why", "Consequences")] == [
        "Decided",
        "Why",
        "Consequences",
    ]
    assert len(text) <= 4_500
