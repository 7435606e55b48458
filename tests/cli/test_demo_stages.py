"""The demo at each stage of its life: played through the real actions, once."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from server.actions.services import Services
from server.app import build_services, create_app
from server.cli.demo import SLUG, demo_start
from server.cli.demo_people import LAHR
from server.cli.migrate import upgrade
from server.cli.stages.afterwards import REPORTING
from server.cli.stages.play import SECOND, Stage, play
from server.domain.declarations import Declaration, Phase
from server.domain.people.mandates import MandateKind
from server.domain.release.accessions import AccessionState
from server.domain.sign_offs.answers import Answer
from server.domain.sign_offs.statements import Level, SignOff, counting
from server.domain.text.live_text import open_suggestions
from server.settings import read_settings
from server.storage.declarations import declarations
from server.storage.people import municipalities
from server.storage.release import final_documents
from server.storage.release.accessions import read_requests
from server.storage.sign_offs import sign_offs
from server.storage.text import update_log
from server.sync.projection import read_text
from server.web.release.public import serving
from server.web.release.public.state import gather


class Played:
    def __init__(self, folder: Path, stage: Stage) -> None:
        settings = read_settings({"KRAFTAKT_DATA": str(folder), "KRAFTAKT_DEMO": "1"})
        upgrade(settings.database)
        self.runner = asyncio.Runner()
        self.services: Services = build_services(settings)
        self.stage = stage

    def play(self) -> bool:
        return self.runner.run(play(self.services, demo_start(self.services.now()), self.stage))

    def read(self, function, *arguments):  # type: ignore[no-untyped-def]
        async def look():  # type: ignore[no-untyped-def]
            async with self.services.database.read() as db:
                return await function(db, *arguments)

        return self.runner.run(look())

    def declaration(self, slug: str) -> Declaration:
        found: Declaration = self.read(declarations.load_declaration, slug)
        return found

    def proposals(self, slug: str) -> int:
        updates = self.read(update_log.load_updates, self.declaration(slug).text_id)
        return len(open_suggestions(read_text(updates)))

    def close(self) -> None:
        self.runner.run(self.services.close())
        self.runner.close()


@pytest.fixture
def played(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Played]:
    demo = Played(tmp_path, request.param)
    yield demo
    demo.close()


at = pytest.mark.parametrize


@at("played", [Stage.DRAFTING], indirect=True)
def test_while_drafting_both_texts_hold_proposals_and_a_second_start_keeps_them(played: Played) -> None:
    assert played.play()
    assert (played.proposals(SLUG), played.proposals(SECOND)) == (2, 2)
    invited = played.read(municipalities.list_invited, 1, played.services.now())
    assert len(invited) == 51
    assert not played.play()
    assert played.proposals(SLUG) == 2
    declaration = played.declaration(SLUG)
    assert declaration.place, "the document says where and when it was given"
    assert declaration.day


@at("played", [Stage.SIGNING], indirect=True)
def test_while_signing_answers_of_every_kind_are_in_and_some_are_open(played: Played) -> None:
    played.play()
    assert played.declaration(SLUG).phase is Phase.SIGNING
    stored: list[SignOff] = played.read(sign_offs.list_sign_offs, 1)
    given = [s for s in stored if s.statement.revision == 2]
    assert {s.answer for s in given} == set(Answer)
    assert {s.level for s in given} == {Level.EMAIL_CODE, Level.PAPER}
    assert Counter(s.capacity for s in given) == {
        MandateKind.MAYOR: 30,
        MandateKind.DEPUTY: 1,
        MandateKind.JOINT: 2,
    }
    assert len({s.ags for s in counting(stored, given[0].statement.revision_digest)}) == 32
    assert [(s.ags, s.statement.revision) for s in stored if s not in given] == [(LAHR, 1)]
    assert all(
        s.statement.council_date > f"{s.statement.at:%F}" for s in given if s.answer.facts.needs_council
    )
    assert played.declaration(SECOND).phase is Phase.DRAFTING


@at("played", [Stage.SEALED], indirect=True)
def test_at_the_end_the_document_is_sealed(played: Played) -> None:
    played.play()
    declaration = played.declaration(SLUG)
    assert declaration.phase is Phase.SEALED
    assert len(played.read(sign_offs.list_sign_offs, declaration.id)) == 51
    assert played.read(final_documents.find_final, declaration.id).pdf.startswith(b"%PDF")


@at("played", [Stage.PUBLISHED], indirect=True)
def test_after_the_publication_everything_that_may_follow_is_there(
    played: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    played.play()
    declaration = played.declaration(SLUG)
    assert declaration.phase is Phase.PUBLISHED
    page = played.read(lambda db: db.run_sync(gather, declaration, played.services.now()))
    (french,) = page.translations
    assert french.language.tag == "fr"
    assert french.standing(page.content).is_current
    assert french.content.title.startswith("Déclaration")
    assert len(page.annexes) == 1
    assert len(page.errata) == 1
    assert len(page.editions[0].towns) == REPORTING
    (waiting,) = [
        each
        for each in played.read(lambda db: db.run_sync(read_requests, declaration.id))
        if each.state is AccessionState.ASKED
    ]
    assert waiting.ags not in page.by_key

    others = [town for town in page.asked if town.ags not in page.by_key]
    all_sign = replace(page, rows=(*page.rows, *(replace(page.rows[-1], town=town) for town in others)))
    assert (len(page.rows), len(all_sign.rows)) == (48, 51)
    monkeypatch.setattr(serving, "gather", lambda *_: all_sign)
    app = create_app(read_settings({"KRAFTAKT_DEMO": "1"}), played.services)
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost:8000")

    def load(address: str) -> httpx.Response:
        return played.runner.run(client.get(address, headers={"Accept-Encoding": "identity"}))

    shown = load(f"/e/{SLUG}")
    (sheet,) = re.findall(r'rel="stylesheet" href="([^"]+)"', shown.text)
    assert shown.text.count('<tr id="k-') == 51
    assert len(shown.content) + len(load(sheet).content) < 60 * 1024, "page and style, not packed, with all"
