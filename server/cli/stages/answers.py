"""Answers of the demo, given through the real actions."""

from __future__ import annotations

import struct
import sys
import zlib
from datetime import timedelta
from pathlib import Path
from typing import Final

from server.actions.declarations.start import Invitee
from server.actions.services import Services
from server.actions.sign_offs import by_code
from server.actions.sign_offs.paper.recording import record_paper
from server.actions.sign_offs.paper.settling import confirm_paper
from server.actions.sign_offs.request import Reply, SignOffRequest
from server.actions.text.freezing import freeze_text, reopen_text
from server.actions.text.proposing import change_words
from server.catalogues import load_catalogues
from server.cli.demo_people import LAHR, OFFENBURG
from server.domain.declarations import Declaration, Revision
from server.domain.people.mandates import Mandate, MandateKind
from server.domain.people.persons import Person
from server.domain.people.roles import Role
from server.domain.sign_offs.answers import WORDINGS, Answer
from server.domain.terms.local_time import day_of
from server.domain.text.what_changed import Nature, WhatChanged
from server.storage.declarations import declarations
from server.storage.notices.mails import list_waiting
from server.storage.people import municipalities, persons
from server.storage.sign_offs import sign_offs
from server.web.http.pages.templating import say
from server.web.sentences.messages import Message
from server.web.sentences.words import FOR_MUNICIPALITY

LOCALE: Final = Path(__file__).parents[2] / "locale"
OPEN: Final = frozenset({OFFENBURG, LAHR})
"""While the others sign, these two are still to answer: whoever tries the demo can do it for them. Lahr has
answered the revision before, Offenburg none."""
KEHL: Final = "08317057"
OBERKIRCH: Final = "08317089"
STANDING_IN: Final = (
    Invitee(
        "primel@oberkirch.example", "Paula Primel", Role.SIGNATORY, OBERKIRCH, "Erste Bürgermeisterin",
        MandateKind.DEPUTY,
    ),
    Invitee(
        "salbei@kehl.example", "Silke Salbei", Role.SIGNATORY, KEHL, "Hauptamtsleiterin", MandateKind.JOINT
    ),
    Invitee("thymian@kehl.example", "Till Thymian", Role.SIGNATORY, KEHL, "Kämmerer", MandateKind.JOINT),
)  # fmt: skip
"""In whose place these sign: the mayors of their towns leave it to them."""
ON_PAPER: Final = "08317031"
CHANGED: Final = ("jährlich zum Digitaltag", "jedes Jahr zum Digitaltag")
WHY: Final = WhatChanged(Nature.EDITORIAL, "Ein Satz zum Bericht ist verständlicher gefasst.")
COUNCIL_IN: Final = timedelta(days=14)
_KINDS: Final = (
    *[Answer.SIGNS] * 6,
    Answer.SIGNS_WITH_STATEMENT,
    Answer.SIGNS,
    Answer.SUBJECT_TO_COUNCIL,
    Answer.SIGNS,
    Answer.SIGNS,
    Answer.DECLINES,
)
"""In turns, over the municipalities in the document's order."""
_TEXTS: Final = {
    Answer.SIGNS: "",
    Answer.SIGNS_WITH_STATEMENT: "Kleine Verwaltungen brauchen bei der Umsetzung Unterstützung.",
    Answer.SUBJECT_TO_COUNCIL: "",
    Answer.DECLINES: "Der Haushalt lässt weitere Zusagen in diesem Jahr nicht zu.",
}


async def load_person(services: Services, email: str) -> Person:
    async with services.database.read() as db:
        person = await persons.find_by_email(db, email)
    if person is None:
        raise LookupError(f"the demo has nobody with the address {email}")
    return person


async def sign_all(services: Services, clara: Person, slug: str) -> None:
    """Everybody who may."""
    revision = await freeze_text(services, actor=clara, slug=slug, proven_at=services.now())
    declaration, asked = await load_asked(services, slug)
    for place, (mandate, person) in enumerate(asked):
        await answer_by_code(services, declaration, revision, mandate, person, _KINDS[place % len(_KINDS)])
        _count(place + 1, len(asked))


async def sign_in_every_way(services: Services, clara: Person, slug: str) -> None:
    """Two thirds of the municipalities answer the second revision: by their mayors, a deputy, two employees
    jointly, one on paper. One answered the first. The rooms must have been started."""
    first = await freeze_text(services, actor=clara, slug=slug, proven_at=services.now())
    declaration, asked = await load_asked(services, slug)
    before = next(pair for pair in asked if pair[0].municipality.ags == LAHR)
    await answer_by_code(services, declaration, first, *before, Answer.SIGNS)
    await reopen_text(services, actor=clara, slug=slug)
    await change_words(services, actor=clara, slug=slug, passage=CHANGED[0], words=CHANGED[1])
    now = services.now()
    second = await freeze_text(services, actor=clara, slug=slug, proven_at=now, changed=WHY)
    towns = dict.fromkeys(mandate.municipality.ags for mandate, _ in asked)
    answering = [ags for ags in towns if ags not in OPEN]
    chosen = answering[: len(answering) * 2 // 3]
    signing = [pair for pair in asked if pair[0].municipality.ags in chosen and _signs(pair[0])]
    for place, (mandate, person) in enumerate(signing):
        if mandate.municipality.ags == ON_PAPER:
            await _answer_on_paper(services, clara, declaration, second, mandate, person)
        else:
            plain = mandate.kind is not MandateKind.MAYOR
            answer = Answer.SIGNS if plain else _KINDS[place % len(_KINDS)]
            await answer_by_code(services, declaration, second, mandate, person, answer)
        _count(place + 1, len(signing))


def _signs(mandate: Mandate) -> bool:
    """Where somebody stands in, the mayor leaves it to them."""
    return mandate.kind is not MandateKind.MAYOR or mandate.municipality.ags not in (KEHL, OBERKIRCH)


def _count(done: int, total: int) -> None:
    print(f"\r{done} of {total} answers", end="\n" if done == total else "", file=sys.stderr, flush=True)


async def load_asked(services: Services, slug: str) -> tuple[Declaration, list[tuple[Mandate, Person]]]:
    async with services.database.read() as db:
        declaration = await declarations.load_declaration(db, slug)
        return declaration, await municipalities.list_invited(db, declaration.id, services.now())


async def _answer_on_paper(
    services: Services,
    clara: Person,
    declaration: Declaration,
    revision: Revision,
    mandate: Mandate,
    person: Person,
) -> None:
    """Clara records it, the signatory confirms that the entry says what the paper says."""
    request = SignOffRequest(
        revision.digest, mandate.id, _wording(declaration, revision, mandate, Answer.SIGNS)
    )
    record = await record_paper(
        services,
        actor=clara,
        slug=declaration.slug,
        request=request,
        decided_on=day_of(services.now()).isoformat(),
        scan=_scan(),
    )
    await confirm_paper(services, actor=person, slug=declaration.slug, record_id=record)


def _scan(width: int = 620, height: int = 877) -> bytes:
    """A page with grey lines for words and a signature, as PNG."""
    white, line = bytes([0] + [255] * width), bytes([0] + [255] * 80 + [170] * (width - 160) + [255] * 80)
    rows = [line if (120 < y < 620 and y % 24 < 4) or 720 < y < 724 else white for y in range(height)]
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"".join(rows))),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


async def answer_by_code(
    services: Services,
    declaration: Declaration,
    revision: Revision,
    mandate: Mandate,
    person: Person,
    answer: Answer,
) -> None:
    """With the code from the person's mail."""
    ags = mandate.municipality.ags
    async with services.database.read() as db:
        acts = await sign_offs.list_acts(db, declaration.id, ags, revision.digest)
    meets = day_of(services.now() + COUNCIL_IN).isoformat()
    day = meets if answer.facts.needs_council else ""
    request = SignOffRequest(
        revision.digest,
        mandate.id,
        _wording(declaration, revision, mandate, answer),
        Reply(answer, _TEXTS[answer], day),
        acts[-1].id if acts else None,
    )
    slug = declaration.slug
    challenge_id = await by_code.send_code(services, actor=person, slug=slug, request=request)
    async with services.database.read() as db:
        waiting = [mail for mail in await list_waiting(db, 1000) if mail.recipient == person.email]
    code = str(next(mail.payload["code"] for mail in reversed(waiting) if "code" in mail.payload))
    await by_code.confirm_code(services, actor=person, slug=slug, challenge_id=challenge_id, code=code)


def _wording(declaration: Declaration, revision: Revision, mandate: Mandate, answer: Answer) -> str:
    """As the page for signing says it."""
    catalogue, town = load_catalogues(LOCALE)["de"], mandate.municipality
    place = say(catalogue, Message(FOR_MUNICIPALITY[town.kind], {"name": town.name}), "de")
    facts = {"title": declaration.title, "number": revision.number, "place": place}
    return say(catalogue, Message(WORDINGS[answer, mandate.kind], facts), "de")
