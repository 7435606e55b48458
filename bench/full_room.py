"""A text as it is in the last week: 300 paragraphs, 200 open suggestions, 100 threads with an answer each."""

from __future__ import annotations

import io
from typing import Final

from server.actions.declarations.start import Invitee
from server.actions.services import Services
from server.actions.text import importing
from server.actions.text.importing import Way
from server.documents.word.docx.writer import write_docx
from server.domain.people.roles import Role
from server.domain.text.files.manuscript import Manuscript, Remark, Reply, by_file
from server.domain.text.live_text import LiveBlock, LiveRun, Value
from server.storage.people import persons

COORDINATOR: Final = Invitee("clara@region.example", "Clara Clematis", Role.COORDINATOR)
SENTENCE: Final = "Die Gemeinden im Kreis fördern digitale Dienste für alle Menschen im ganzen Land. "
AT: Final = 1_750_000_000


def full_manuscript(blocks: int) -> Manuscript:
    """Two of three paragraphs have a suggestion, every third a thread; no two are alike."""
    made, remarks = [], []
    for number in range(blocks):
        marks: dict[str, Value] = {f"comment:{number}": True} if number % 3 == 0 else {}
        runs = [LiveRun(f"{number}. {SENTENCE}", marks), LiveRun(SENTENCE * 4, {})]
        if number % 3:
            by = by_file(f"Rosa Rose {number % 7}", AT + number)
            runs.insert(1, LiveRun("schnell " * 3, {f"{'ins' if number % 2 else 'del'}:{number}": by}))
        else:
            answer = (Reply("Bert Birne", AT + 60, "So wie im ersten Entwurf."),)
            remarks.append(Remark(str(number), "Tim Thymian", AT, "Wie ist das gemeint?", answer))
        made.append(LiveBlock("paragraph", 0, tuple(runs), {}))
    return Manuscript(tuple(made), tuple(remarks))


async def fill(services: Services, slug: str, blocks: int) -> None:
    """By way of a file, as a coordination would bring it."""
    async with services.database.read() as db:
        clara = await persons.find_by_email(db, COORDINATOR.email)
    if clara is None:
        raise LookupError(COORDINATOR.email)
    data = io.BytesIO(write_docx(full_manuscript(blocks), "Entwurf"))
    await importing.bring_file(services, actor=clara, slug=slug, file=data, name="entwurf.docx")
    preview = await importing.look_through(services, actor=clara, slug=slug)
    if preview is None:
        raise LookupError("nothing was brought")
    stamp = preview.brought.stamp
    await importing.take_over(services, actor=clara, slug=slug, stamp=stamp, way=Way.REPLACE)
