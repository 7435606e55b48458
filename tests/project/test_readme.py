"""The README says what the code does."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from starlette.routing import Route

from server.settings import SETTINGS
from server.web.routes import create_routes

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CODE = sorted({*re.findall(r"`([^`\n]+)`", README), *re.findall(r"^(make .*?)(?: +#.*)?$", README, re.M)})
SERVER = re.compile(r"(\S*python -m server [a-z-]+)")


def test_every_setting_is_listed_with_its_meaning() -> None:
    listed = dict(re.findall(r"^\| `(KRAFTAKT_\w+)` \| (.+) \|$", README, re.MULTILINE))
    assert listed == dict(SETTINGS)


def test_the_addresses_for_other_programs_are_those_that_there_are() -> None:
    """Of everything public below a declaration and of the API."""
    listed = set(re.findall(r"`(?:GET )?(/(?:e|api)/[^`]+)`", README))
    routes = {
        route.path.replace("{number:int}", "{n}").replace("{number}", "{n}").replace(":int}", "}")
        for route in create_routes()
        if isinstance(route, Route) and re.match(r"/(e|api)/", route.path) and "GET" in (route.methods or ())
    }
    assert listed == routes - {"/api/v1/{rest:path}"}


def test_the_code_reads_no_setting_that_is_not_listed() -> None:
    read = {
        name
        for path in [*(ROOT / "server").rglob("*.py"), ROOT / "Procfile"]
        for name in re.findall(r"KRAFTAKT_[A-Z_]+", path.read_text(encoding="utf-8"))
    }
    assert read == set(SETTINGS)


def test_it_stays_short_enough_to_be_read() -> None:
    assert len(README.splitlines()) <= 120


def test_what_it_points_to_is_there() -> None:
    pages = re.findall(r"\]\((\w+\.md)\)", README)
    places = re.findall(r"`((?:server|client|tests|bench|templates)/[\w/.-]*)`", README)
    images = re.findall(r"!\[.*?\]\((.+?)\)", README)
    assert [place for place in [*pages, *places, *images] if not (ROOT / place).exists()] == []


@pytest.mark.parametrize("command", [found[1] for code in CODE if (found := SERVER.match(code))])
def test_its_commands_run_as_they_are_written(command: str) -> None:
    """By a shell that knows nothing of the environment, from the folder of the README."""
    done = subprocess.run(
        f"{command} --help",
        shell=True,
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("command", [code for code in CODE if code.startswith("make ")])
def test_make_knows_what_it_is_asked_for(command: str) -> None:
    done = subprocess.run(
        ["make", "--dry-run", *command.split()[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_secret_keys_what_its_meaning_says() -> None:
    """The hashes of one-time codes, of addresses in the evidence and of who is limited, links to one's
    choices, the secrets of webhooks, nothing else."""
    places = [
        path for path in (ROOT / "server").rglob("*.py") if "services.secret" in path.read_text("utf-8")
    ]
    assert sorted(path.relative_to(ROOT).as_posix() for path in places) == [
        "server/actions/notices/choosing.py",
        "server/actions/people/account/codes.py",
        "server/actions/webhooks/delivery.py",
        "server/actions/webhooks/subscribing.py",
        "server/web/http/context.py",
    ]
