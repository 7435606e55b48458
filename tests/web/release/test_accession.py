"""A municipality joins after the day: asked, checked, signed, annexed; the sealed file stays as it is."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest

from server.actions.release.annexes import seal_annex
from server.documents.reading.attachments import read_attachments
from server.domain.people.persons import Person
from server.domain.release.accessions import parse_annex
from server.domain.sign_offs.answers import Answer
from server.dossier.attachment_names import ANNEX_NAME
from server.dossier.check.document import verify_document
from server.storage.release.accessions import find_annex
from server.web.http.kept import feeds
from tests.web.release.test_release_gate import HOUR, set_hour
from tests.web.site import HOME, Site
from tests.world import LAHR, OFFENBURG, SLUG

E = f"/e/{SLUG}"
KEHL = "08317057"
KARL = {
    "municipality": KEHL,
    "name": "Karl",
    "title": "Oberbürgermeister",
    "email": "karl@example.org",
}


@pytest.fixture
def public(site: Site) -> Site:
    world = site.world
    world.freeze()
    for name in ("doris", "gustav"):
        world.sign_with_passkey(name)
    set_hour(world, HOUR)
    world.seal()
    world.time = HOUR + timedelta(days=20)
    return site


def ask(site: Site, **other: str) -> str:
    """The path of the page that says what became of it."""
    frank = site.visitor()
    frank.open(f"{E}/beitreten")
    asked = frank.send(f"{E}/beitreten", **(KARL | other))
    assert asked.status == 303, asked.text
    return asked.location


def admit(site: Site) -> None:
    clara = site.visitor("clara")
    number = re.findall(r"/accessions/(\d+)/admit", clara.open(f"{HOME}/accessions").source)[0]
    assert clara.send(f"{HOME}/accessions/{number}/admit").status == 303


def join(site: Site) -> None:
    world = site.world
    ask(site)
    admit(site)
    world.answer("karl", Answer.SIGNS)
    world.wait(minutes=1)
    clara: Person = world.person("clara")
    world.run(seal_annex(world.services, actor=clara, slug=SLUG, proven_at=world.services.now()))


def test_who_asks_sees_how_far_it_is(public: Site) -> None:
    path = ask(public)
    assert "Eingegangen am 8. Juli 2026" in public.visitor().open(path).text
    assert "wird geprüft" in public.visitor().open(path).text
    told = [letter for letter in public.mails if "beitreten" in letter.subject]
    assert [letter.recipient for letter in told] == ["clara@example.org"]
    admit(public)
    assert "Bestätigt" in public.visitor().open(path).text
    assert public.visitor().open("/beitritt/unbekannt").status == 404


def test_page_map_counter_feed_and_api_follow_the_annex(
    public: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "FRESH", 0.0)  # nobody waits until the page is looked up again
    before = public.visitor().open(E)
    assert f'id="k-{KEHL}"' not in before.source
    original = public.world.seal().pdf
    join(public)
    after = public.visitor().open(E)
    assert after.headers["etag"] != before.headers["etag"]
    assert f'id="k-{KEHL}"' in after.source
    assert f'href="#k-{KEHL}"' in after.source
    assert "beigetreten am 8. Juli 2026" in after.source
    assert "Mitgezeichnet von 3 Städten und Gemeinden" in after.source
    assert ">3</text>" in public.visitor().open(f"{E}/zaehler.svg").source
    assert "Kehl ist beigetreten" in public.visitor().open(f"{E}/feed.atom").source
    whole = public.visitor().open(f"/api/v1/declarations/{SLUG}").data
    assert (whole["municipalities"], whole["annexes"][0]["municipalities"]) == (3, [KEHL])
    assert public.world.seal().pdf == original


def test_the_annex_is_sealed_and_names_the_original(public: Site) -> None:
    join(public)
    annex = public.world.read(find_annex, 1, 1)
    final = public.world.seal()
    facts = parse_annex(read_attachments(annex.pdf)[ANNEX_NAME])
    assert facts.sealed.short_code == final.short_code
    assert facts.sealed.digest == public.world.revision.digest
    assert facts.municipalities == (KEHL,)
    report = verify_document(annex.pdf)
    assert not [finding for finding in report.findings if not finding.holds]
    assert [line.municipality for line in report.sign_offs] == ["Kehl"]
    assert public.visitor().open(f"{E}/nachtrag/1.pdf").status == 200
    assert public.visitor().open(f"{E}/nachtrag/2.pdf").status == 404
    assert "Dieser Code ist bekannt" in public.visitor().open(f"/v/{annex.short_code}").text


def test_before_the_annex_is_sealed_nothing_public_changes(public: Site) -> None:
    ask(public)
    admit(public)
    public.world.answer("karl", Answer.SIGNS)
    public.world.wait(minutes=1)
    assert "Karl" not in public.visitor().open(E).source
    assert "Karl" not in json.dumps(public.visitor().open(f"/api/v1/declarations/{SLUG}").data)


def test_who_has_joined_cannot_take_it_back_or_sign_again(public: Site) -> None:
    join(public)
    assert public.visitor("karl").open(f"{HOME}/sign?change=1").status == 200
    page = public.visitor("karl")
    page.open(f"{HOME}/sign")
    mandate = str(public.world.mandate("karl").id)
    given = str(public.world.answers_of(KEHL)[-1].id)
    assert page.send(f"{HOME}/sign/withdraw", mandate=mandate, sign_off=given).status == 409
    assert not public.world.answers_of(KEHL)[-1].withdrawn


@pytest.mark.parametrize("ags", [OFFENBURG, "99999999", "08317057x"])
def test_a_municipality_that_signed_or_that_nobody_knows_is_refused_with_a_sentence(
    public: Site, ags: str
) -> None:
    frank = public.visitor()
    frank.open(f"{E}/beitreten")
    refused = frank.send(f"{E}/beitreten", **(KARL | {"municipality": ags}))
    assert refused.status in (409, 422)
    assert "Karl" in refused.source  # what was typed stays
    assert "bereits gezeichnet" in refused.text or refused.status == 422


def test_who_declined_on_the_day_joins_with_the_same_address(site: Site) -> None:
    world = site.world
    world.freeze()
    world.sign_with_passkey("doris")
    world.answer("gustav", Answer.DECLINES, "Noch nicht.")
    set_hour(world, HOUR)
    original = world.seal().pdf
    world.time = HOUR + timedelta(days=20)
    ask(site, municipality=LAHR, name="Gustav", email="gustav@example.org")
    admit(site)
    assert "gustav@example.org" in [mail.recipient for mail in site.mails if HOME + "/sign" in mail.body]
    world.answer("gustav", Answer.SIGNS)
    world.wait(minutes=1)
    world.run(seal_annex(world.services, actor=world.person("clara"), slug=SLUG, proven_at=world.time))
    assert f'id="k-{LAHR}"' in site.visitor().open(E).source
    assert parse_annex(read_attachments(world.read(find_annex, 1, 1).pdf)[ANNEX_NAME]).municipalities == (
        LAHR,
    )
    assert world.seal().pdf == original


def test_who_takes_part_otherwise_is_not_asked_to_sign_for_another(public: Site) -> None:
    ask(public, name="Emil", email="emil@example.org")
    clara = public.visitor("clara")
    number = re.findall(r"/accessions/(\d+)/admit", clara.open(f"{HOME}/accessions").source)[0]
    assert clara.send(f"{HOME}/accessions/{number}/admit").status == 422


def test_nobody_asks_twice_for_the_same_municipality(public: Site) -> None:
    ask(public)
    frank = public.visitor()
    frank.open(f"{E}/beitreten")
    assert frank.send(f"{E}/beitreten", **KARL).status == 409


def test_those_of_the_day_cannot_change_their_answer(public: Site) -> None:
    doris = public.visitor("doris")
    doris.open(f"{HOME}/sign")
    assert doris.send(f"{HOME}/sign/withdraw", mandate="1", sign_off="1").status in (403, 409)


def test_nobody_may_ask_before_the_hour(public: Site) -> None:
    public.world.time = HOUR - timedelta(seconds=1)
    assert public.visitor().open(f"{E}/beitreten").status == 404
