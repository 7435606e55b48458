"""Command line, server page and browser say of every test vector what the table of forgery classes says."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from server.cli import verify as command
from server.cli.main import main
from server.domain.release.verification import HELD_VERDICTS, Verdict, VerificationReport
from server.dossier.apart.checks_apart import ChecksApart
from server.web.release.verification import KINDS
from tests.browser_check.examples import examples
from tests.vectors.checked import WHOLE, Checked, checking
from tests.vectors.in_the_browser import PAGES, ask_browser, broken_but_for_pages, comparable
from tests.vectors.on_the_page import headings, trusting
from tests.vectors.package import Vector, vectors_of, write_package
from tests.world import World

EVERY = 1 if WHOLE else 3
"""Of each class the first row and each third: more than 150 files."""
CLASSES = {
    "honest", "evidence", "log", "attachments", "own seal", "bytes", "later revision", "pages", "annex",
    "addendum", "time stamps", "copies", "copies for newsrooms", "stranger",
}  # fmt: skip
HELD = {verdict for verdict, _ in HELD_VERDICTS}
MAX_CPU = 2.0
GERMAN = {
    Verdict.GENUINE: "Echt und unverändert",
    Verdict.ISSUER_UNCHECKED: "Unverändert, Aussteller nicht geprüft",
    Verdict.TRIAL: "Nur eine Probe",
    Verdict.NOT_GENUINE: "Nicht echt",
    Verdict.FOREIGN: "Kein Dokument aus Kraftakt",
    Verdict.UNREADABLE: "Die Datei ließ sich nicht lesen",
}
COPY = "Vorab- oder Probeexemplar, nicht das Dokument"
"""The headline of a foreign file that says so of itself."""

pytestmark = pytest.mark.timeout(1800)


@dataclass(frozen=True)
class Package:
    folder: Path
    vectors: list[Vector]
    checked: Checked

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = json.loads((self.folder / "vectors.json").read_text("utf-8"))["vectors"]
        return rows

    def without_roots(self) -> list[VerificationReport]:
        return self.checked.ask_all([v.question._replace(roots=None) for v in self.vectors])

    @property
    def few(self) -> list[Vector]:
        """For what takes a process each: one of each verdict, or of each class."""
        return list({v.example.kind if WHOLE else v.example.verdict: v for v in self.vectors}.values())


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Package]:
    """Of documents that were sealed just now: what `make vectors` writes."""
    logging.disable()
    folder = tmp_path_factory.mktemp("vectors")
    with checking() as checked:
        vectors = vectors_of(examples(tmp_path_factory.mktemp("made"), EVERY))
        write_package(folder, vectors, checked)
        yield Package(folder, vectors, checked)
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def browser(package: Package) -> Mapping[str, Mapping[str, Any]]:
    """What the browser's verifier says, by file."""
    return ask_browser(package.folder)


def test_every_class_has_cases_and_there_are_enough(package: Package) -> None:
    count = Counter(vector.example.kind for vector in package.vectors)
    assert set(count) == CLASSES
    refused = [v for v in package.vectors if v.example.verdict not in HELD]
    assert len(refused) >= (450 if WHOLE else 150)
    assert {v.example.verdict for v in package.vectors} == set(Verdict) - {Verdict.ISSUER_UNCHECKED}
    assert {v.example.without_roots for v in package.vectors} == set(Verdict) - {Verdict.GENUINE}


def test_nothing_forged_is_called_genuine_by_the_table_itself(package: Package) -> None:
    honest = {"honest", "time stamps: renewed", "time stamps: renewed beyond the spare fields"}
    held = [v.example for v in package.vectors if v.example.verdict in HELD]
    assert {e.name for e in held if not {e.kind, e.name} & honest} == set()


def test_the_package_says_what_its_files_are(package: Package) -> None:
    for row in package.rows:
        assert hashlib.sha256((package.folder / row["file"]).read_bytes()).hexdigest() == row["sha256"]
        assert bool(row["failed"]) is (row["verdict"] not in HELD), row
        assert row["trusted"] is None or (package.folder / row["trusted"]).exists()


def test_what_only_trust_decides_is_the_only_difference_without_roots(package: Package) -> None:
    about_issuers = {"seal.unknown_issuer", "seal.archive_time"}
    for row in package.rows:
        if row["verdict"] != row["verdict_without_roots"]:
            assert row["verdict"] == "genuine" or set(row["failed"]) <= about_issuers, row["what"]


def say(arguments: list[str]) -> tuple[int, dict[str, Any]]:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = main(["verify", *arguments, "--json"])
    return code, json.loads(out.getvalue())


@pytest.fixture
def quick(package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line without a process of its own for each file."""
    monkeypatch.setattr(command, "ChecksApart", lambda: package.checked)


@pytest.mark.usefixtures("quick")
def test_the_command_line_says_the_verdict_of_the_table(package: Package) -> None:
    package.without_roots()
    wrong = []
    for row in package.rows:
        file = str(package.folder / row["file"])
        trust = ["--trust", str(package.folder / row["trusted"])] if row["trusted"] else []
        for arguments, wanted in (([file, *trust], "verdict"), ([file], "verdict_without_roots")):
            if not trust and wanted == "verdict":
                continue
            code, report = say(arguments)
            if (report["verdict"], code) != (row[wanted], command.EXIT_CODES[Verdict(row[wanted])]):
                wrong.append((row["what"], report["verdict"], row[wanted]))
    assert wrong == []


def test_in_its_own_process_it_says_the_same(package: Package) -> None:
    """The way it is called, with the limits of the child."""
    rows = {row["file"]: row for row in package.rows}
    for vector in package.few:
        row = rows[vector.file]
        trust = ["--trust", str(package.folder / row["trusted"])] if row["trusted"] else []
        wanted = row["verdict"] if trust else row["verdict_without_roots"]
        assert say([str(package.folder / vector.file), *trust])[1]["verdict"] == wanted, row


def test_no_vector_costs_much(package: Package) -> None:
    slow = {v.file: package.checked.seconds(v.question) for v in package.vectors}
    first = max(slow, key=lambda file: slow[file])
    assert slow[first] < MAX_CPU, first


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    world = World(tmp_path_factory.mktemp("world"))
    yield world
    world.close()


def by_roots(vectors: Iterable[Vector]) -> Mapping[tuple[bytes, ...], list[Vector]]:
    found: dict[tuple[bytes, ...], list[Vector]] = {}
    for vector in vectors:
        if vector.example.roots:
            found.setdefault(vector.example.roots, []).append(vector)
    return found


def test_the_server_s_page_says_the_verdict_of_the_table(package: Package, world: World) -> None:
    wrong = []
    for roots, vectors in by_roots(package.vectors).items():
        app = trusting(world, package.checked, roots)
        said = world.run(headings(app, [vector.example.pdf for vector in vectors]))
        for vector, heading in zip(vectors, said, strict=True):
            example = vector.example
            is_copy = any(kind in example.name for kind in ("advance copy", "rehearsal copy"))
            says_so = is_copy and example.verdict is Verdict.FOREIGN
            if heading != GERMAN[example.verdict] and not (says_so and heading == COPY):
                wrong.append((vector.example.name, heading, vector.example.verdict))
    assert wrong == []


def test_with_a_process_for_each_file_the_page_says_the_same(package: Package, world: World) -> None:
    for roots, vectors in by_roots(package.few if WHOLE else package.few[:2]).items():
        app = trusting(world, ChecksApart(), roots)
        said = world.run(headings(app, [vector.example.pdf for vector in vectors]))
        assert said == [GERMAN[vector.example.verdict] for vector in vectors]


def test_the_browser_says_the_same_as_who_trusts_nobody(
    package: Package, browser: Mapping[str, Mapping[str, Any]]
) -> None:
    wrong = []
    for row in package.rows:
        verdict, blind = browser[row["file"]]["report"]["verdict"], "published" in row
        if not blind and verdict != row["verdict_without_roots"]:
            wrong.append((row["what"], verdict, row["verdict_without_roots"]))
    assert wrong == []


def test_the_browser_finds_what_the_server_finds(
    package: Package, browser: Mapping[str, Mapping[str, Any]]
) -> None:
    for vector, report in zip(package.vectors, package.without_roots(), strict=True):
        found, wanted = browser[vector.file]["report"], report.to_json()
        if vector.example.alike:
            assert comparable(found) == comparable(wanted), vector.example.name
        assert broken_but_for_pages(found["findings"]) is broken_but_for_pages(wanted["findings"])


def test_where_only_the_pages_are_forged_the_published_digest_tells_the_browser(
    package: Package, browser: Mapping[str, Mapping[str, Any]]
) -> None:
    """Alone it says that it did not look at them; nothing else may be wrong with these files."""
    rows = [row for row in package.rows if "published" in row]
    assert len(rows) > 40 // EVERY
    for row in rows:
        found = browser[row["file"]]
        said = {f["check"]: f["outcome"] for f in found["report"]["findings"]}
        assert set(row["failed"]) <= PAGES, row
        assert said["document.pages"] == "limited" or found["report"]["verdict"] == "not_genuine", row
        assert found["compared"] == row["verdict"] == "not_genuine", row


def test_no_vector_costs_the_browser_much(browser: Mapping[str, Mapping[str, Any]]) -> None:
    assert max(found["seconds"] for found in browser.values()) < MAX_CPU


def test_every_verdict_has_its_look() -> None:
    assert set(KINDS) == set(GERMAN) == set(Verdict)
