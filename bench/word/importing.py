"""How long a Word file of twenty pages takes, from the upload until it stands in the text, and back out.

    .venv/bin/python -m bench.word.importing [ROUNDS]

A real service over SQLite: the file is read in a process of its own, proposed to a text of the same length
that differs in every tenth paragraph, and stored. Wanted is less than 1.5 s for reading and taking over
together.
"""

from __future__ import annotations

import asyncio
import io
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable
from typing import Final, TypeVar

from server.actions.declarations.start import start_declaration
from server.actions.services import Services
from server.actions.text import importing
from server.actions.text.importing import Way
from server.app import open_services
from server.cli.demo import SLUG, demo_start
from server.cli.migrate import upgrade
from server.documents.word.docx.writer import write_docx
from server.domain.people.persons import Person
from server.domain.text.files.manuscript import Manuscript, Remark, by_file
from server.domain.text.live_text import LiveBlock, LiveRun, Value
from server.settings import Settings, read_settings
from server.storage.people import persons

T = TypeVar("T")
BLOCKS: Final = 300
WORDS: Final = "Die Städte und Gemeinden der Region bauen ihre Netze gemeinsam aus, "
"""Two hundred letters a block: sixty thousand in all are twenty pages."""
COORDINATOR: Final = "clara@region.example"


def manuscript(changed: str) -> Manuscript:
    """Every third block has a proposal, every tenth is `changed`, a hundred carry a remark."""
    blocks, remarks = [], []
    for number in range(BLOCKS):
        marks: dict[str, Value] = {"comment:" + str(number): True} if number % 3 == 0 else {}
        runs = [LiveRun(f"{number}. {WORDS * 2}", marks), LiveRun(f"und zwar Punkt {number}.", {})]
        if number % 3 == 0:
            runs.insert(
                1, LiveRun("schnell ", {f"ins:{number}": by_file("Rosa Rose", 1_750_000_000 + number)})
            )
            remarks.append(Remark(str(number), "Tim Thymian", 1_750_000_000, "Wie ist das gemeint?"))
        if number % 10 == 0:
            runs.append(LiveRun(changed, {}))
        kind = ("clause", 1) if number % 2 else ("paragraph", 0)
        blocks.append(LiveBlock(*kind, tuple(runs), {}))
    return Manuscript(tuple(blocks), tuple(remarks))


async def measure(settings: Settings, rounds: int) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = {}
    async with open_services(settings) as services:
        services.rooms.start()
        await start_declaration(services, start=demo_start(services.now()))
        async with services.database.read() as db:
            clara = await persons.find_by_email(db, COORDINATOR)
        if clara is None:
            raise LookupError(COORDINATOR)
        for number in range(rounds):
            first = await _clocked(taken, "write", asyncio.to_thread(write_docx, manuscript("Heute."), "T"))
            await _bring(services, clara, first, Way.REPLACE, {})
            data = write_docx(manuscript(f"Morgen {number}."), "T")
            await _bring(services, clara, data, Way.PROPOSE, taken)
        await services.rooms.close()
    return taken


async def _bring(
    services: Services, clara: Person, data: bytes, way: Way, taken: dict[str, list[float]]
) -> None:
    file = io.BytesIO(data)
    reading = importing.bring_file(services, actor=clara, slug=SLUG, file=file, name="entwurf.docx")
    await _clocked(taken, "read", reading)
    preview = await importing.look_through(services, actor=clara, slug=SLUG)
    if preview is None:
        raise LookupError("nothing was brought")
    over = importing.take_over(services, actor=clara, slug=SLUG, stamp=preview.brought.stamp, way=way)
    await _clocked(taken, "take over", over)


async def _clocked(taken: dict[str, list[float]], name: str, work: Awaitable[T]) -> T:
    began = time.perf_counter()
    result = await work
    taken.setdefault(name, []).append(time.perf_counter() - began)
    return result


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings({"KRAFTAKT_DATA": folder, "KRAFTAKT_DEMO": "1"})
        upgrade(settings.database)
        taken = asyncio.run(measure(settings, rounds))
    for name, seconds in taken.items():
        print(f"{name:10} median {statistics.median(seconds):.2f} s, slowest {max(seconds):.2f} s")
    both = [a + b for a, b in zip(taken["read"], taken["take over"], strict=True)]
    print(f"read and take over: median {statistics.median(both):.2f} s, wanted under 1.5 s")


if __name__ == "__main__":
    main()
