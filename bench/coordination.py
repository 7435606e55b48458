"""What a coordination's afternoon costs the server: a table of 153 people, 500 rows of people, 51 reminders.

Everything goes through the pages, as a browser sends it, in a process without a network; each round begins
with an empty database. `bench.pages` calls this and writes its figures beside its own.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from server.storage.notices import mails
from tests.story import spreadsheet
from tests.web.site import HOME, Page, Site, Visitor
from tests.world import World

PEOPLE: Final = f"{HOME}/people"
IMPORT: Final = f"{PEOPLE}/import"
ROWS: Final = 500
GOALS: Final = {
    "153 people: table to preview": 1000.0,
    "153 people: table to preview and taken over": 1000.0,
    "153 people: invitations to the outbox": 1000.0,
    "people, 500 rows": 100.0,
    "51 reminders to the outbox": 1000.0,
}
"""Milliseconds of CPU."""
Runs = dict[str, list[float]]


def measure(rounds: int) -> Runs:
    runs: Runs = {name: [] for name in GOALS}
    for number in range(rounds):
        with tempfile.TemporaryDirectory(prefix="kraftakt-bench-") as folder:
            _round(Path(folder), runs)
        print(f"\rafternoon {number + 1} of {rounds}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return runs


def _round(folder: Path, runs: Runs) -> None:
    site = Site.with_guests(World(folder))
    try:
        clara = site.visitor("clara")
        preview, page = _timed(lambda: _bring(clara, spreadsheet.rows()))
        taken, _ = _timed(lambda: _take_over(clara, page))
        runs["153 people: table to preview"].append(preview)
        runs["153 people: table to preview and taken over"].append(preview + taken)
        clara.open(f"{PEOPLE}/send")
        sending, _ = _timed(lambda: clara.send(f"{PEOPLE}/send"))
        runs["153 people: invitations to the outbox"].append(sending)
        known = len(spreadsheet.rows())
        _take_over(clara, _bring(clara, _observers(ROWS - known)))
        clara.open(PEOPLE)  # what is made once is made
        shown, page = _timed(lambda: clara.open(PEOPLE))
        _ensure(page.source.count("<tr") > ROWS, "the page of people shows them all")
        runs["people, 500 rows"].append(shown)
        runs["51 reminders to the outbox"].append(_remind(site, clara))
    finally:
        site.close()


def _timed(work: Callable[[], Page]) -> tuple[float, Page]:
    begin = time.process_time()
    page = work()
    return (time.process_time() - begin) * 1000, page


def _bring(clara: Visitor, table: list[list[str]]) -> Page:
    clara.open(IMPORT)
    clara.send(IMPORT, table=spreadsheet.pasted(table))
    return clara.open(f"{IMPORT}/check")


def _take_over(clara: Visitor, page: Page) -> Page:
    done = clara.send(f"{IMPORT}/confirm", stamp=page.hidden_fields["stamp"])
    _ensure(done.location == f"{PEOPLE}/send", "the table was taken over")
    return done


def _observers(count: int) -> list[list[str]]:
    return [[f"Wanda Winde {n}", f"gast-{n}@presse.example", "Beobachtung", "", ""] for n in range(count)]


def _remind(site: Site, clara: Visitor) -> float:
    """To the mayors, and no deputy of theirs: one municipality, one reminder."""
    site.world.freeze()
    rows = spreadsheet.rows()
    mayors = {row[1] for row in rows if row[1].startswith("rathaus@")}
    page = clara.open(PEOPLE)
    boxes = _boxes(page, mayors)
    page = clara.send(f"{PEOPLE}/chosen", do="remind", **boxes)
    persons = dict.fromkeys(re.findall(r'name="(person-\d+)"', page.source), "1")
    _ensure(len(persons) == len(mayors) == 51, "51 mayors are chosen")
    fields = {"audience": "chosen", "text": "Bitte antworten Sie.", "expected": "51", **persons}
    before = len(site.world.read(mails.list_waiting, 10_000))
    cost, _ = _timed(lambda: clara.send(f"{HOME}/reminders/send", **fields))
    _ensure(len(site.world.read(mails.list_waiting, 10_000)) == before + 51, "all of them wait")
    return cost


def _boxes(page: Page, addresses: set[str]) -> dict[str, str]:
    """Names of the boxes in whose rows these addresses stand."""
    found = {}
    for row in page.source.split("<tr ")[1:]:
        if any(f">{address}<" in row or f">{address} " in row for address in addresses):
            found[row.split(' name="row-', 1)[1].split('"', 1)[0]] = "1"
    return {f"row-{key}": value for key, value in found.items()}


def _ensure(holds: bool, what: str) -> None:
    if not holds:
        raise RuntimeError(f"not so: {what}")
