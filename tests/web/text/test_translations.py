"""Translations: begun with a revision, written together while the mayors sign, fixed of a German digest,
marked, and no longer up to date block by block once the German text has moved on."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import timedelta

import pytest
from pycrdt import Doc, Text

from server.app import create_app
from server.domain.declarations import Phase
from server.domain.text.content import Block, Content, Run
from server.domain.text.texts import WRITTEN_IN, TextKind
from server.domain.text.translations.correspondence import correspond, standing
from server.domain.text.translations.languages import LANGUAGES, MARK, OUTDATED
from server.storage.declarations.declarations import load_declaration
from server.storage.engine import sqlite_append
from server.storage.record import audit
from server.storage.text import translations, update_log
from server.storage.text.decisions import read_decisions
from server.sync.projection import load_doc
from server.sync.wire import messages
from server.sync.wire.close_codes import CloseCode
from server.web.http.kept import feeds
from tests.web.release.test_release_gate import HOUR, set_hour
from tests.web.rights.sockets import SAVED, TAKEN, Line
from tests.web.site import HOME, Site
from tests.world import SLUG, World

FR = f"{HOME}/translations/fr"
ROOM = "/translations/fr"
NETWORKS = "Nous développons les réseaux."


def begin(site: Site, tag: str = "fr") -> None:
    clara = site.visitor("clara")
    clara.open(f"{HOME}/translations")
    assert clara.send(f"{HOME}/translations", language=tag).status == 303


def fix(site: Site, revision: int = 1, tag: str = "fr") -> int:
    clara = site.visitor("clara")
    clara.open(f"{HOME}/translations/{tag}")
    return clara.send(f"{HOME}/translations/{tag}/fix", revision=str(revision)).status


def text_id(world: World, tag: str = "fr") -> int:
    declaration = world.read(load_declaration, SLUG)
    return int(world.ask(translations.read_translation, declaration.id, tag).text_id)


def change(world: World, number: int, old: str, new: str, marks: dict[str, str] | None = None) -> bytes:
    """What an editor sends who puts `new` in the place of `old`, with these marks."""
    stored: Doc[Text] = load_doc(world.read(update_log.load_updates, number))
    doc: Doc[Text] = Doc()
    doc.apply_update(stored.get_update())
    text, before = doc.get("text", type=Text), doc.get_state()
    at = len(str(text)[: str(text).find(old)].encode())
    text.insert(at, new, marks or {})
    if old:
        del text[at + len(new.encode()) : at + len(new.encode()) + len(old.encode())]
    return doc.get_update(before)


def test_a_translation_begins_with_a_revision_and_once_in_each_language(site: Site) -> None:
    clara = site.visitor("clara")
    clara.open(f"{HOME}/translations")
    refused = clara.send(f"{HOME}/translations", language="fr")
    assert refused.status == 409
    assert "Legen Sie den Text zuerst als Fassung fest" in refused.text
    site.world.freeze()
    assert clara.send(f"{HOME}/translations", language="xx").status == 404
    begin(site)
    assert clara.send(f"{HOME}/translations", language="fr").status == 409
    page = clara.open(f"{HOME}/translations")
    assert "Begonnen mit Fassung 1" in page.text
    assert 'lang="fr"' in page.source
    editor = site.visitor("anna").open(f"{FR}/edit")
    config = editor.embedded("editor-config")
    assert (config["socketPath"], config["language"]) == (f"/ws/declarations/{SLUG}/translations/fr", "fr")
    assert config["rights"] == {"edit": True, "suggest": True, "comment": True}
    assert config["comments"]["base"] == f"{FR}/comments"
    assert config["decisions"] == f"{FR}/decisions"
    assert (config["sections"], config["batches"]) == ("", ""), "those are of the original"
    looking_on = site.visitor("ben").open(f"{FR}/edit").embedded("editor-config")
    assert looking_on["rights"] == {"edit": False, "suggest": True, "comment": True}
    assert config["text"].partition(".")[0] == str(text_id(site.world))
    assert MARK in editor.text
    assert "Wir bauen Netze aus." in editor.text


def test_it_is_written_in_a_room_of_its_own_while_the_mayors_sign(site: Site) -> None:
    world = site.world
    world.freeze()
    begin(site)
    number = text_id(world)

    async def scenario() -> dict[str, int]:
        services = world.services
        services.rooms.start()
        app = create_app(world.settings, services)
        found = {}
        comers = ("anna", ROOM), ("anna", ""), ("doris", ROOM), ("frank", ROOM), ("anna", "/translations/it")
        for name, below in comers:
            line = Line(app, tokens[name], SLUG, below)
            line.send(messages.update_frame(updates[below]))
            found[f"{name}{below}"] = await line.outcome(SAVED)
            await line.end()
        await services.rooms.close()
        return found

    tokens = {name: site.sign_in(name) for name in ("anna", "doris", "frank")}
    updates = {
        ROOM: change(world, number, "Wir bauen Netze aus.", NETWORKS),
        "": change(world, world.text_id, "Netze", "Wege"),
        "/translations/it": b"",
    }
    found = world.run(scenario())
    assert found[f"anna{ROOM}"] == TAKEN
    assert found["anna"] != TAKEN, "what is being signed does not change"
    assert {found[f"doris{ROOM}"], found[f"frank{ROOM}"], found["anna/translations/it"]} == {
        int(CloseCode.NOT_ALLOWED)
    }
    assert NETWORKS in str(load_doc(world.read(update_log.load_updates, number)).get("text", type=Text))
    assert fix(site) == 303
    declaration = world.read(load_declaration, SLUG)
    (fixed,) = world.ask(translations.read_fixed, declaration.id)
    assert fixed.source_digest == world.revision.digest
    assert fixed.content.blocks[2].text == NETWORKS
    event = world.read(audit.list_events, SLUG)[-1]
    assert event.facts["translates_sha256"] == world.revision.digest
    assert event.facts["sha256"] == fixed.digest


def test_proposals_and_comments_are_those_of_the_original_while_the_mayors_sign(site: Site) -> None:
    world = site.world
    world.freeze()
    begin(site)
    number, ben = text_id(world), world.person("ben")
    tokens = {name: site.sign_in(name) for name in ("ben", "doris")}
    mark = {"ins:b-1": f"{ben.id}|Lahr/Schwarzwald|1781690400"}
    proposed = change(world, number, "", "Ensemble: ", mark)
    tried = ("ben", proposed), ("ben", change(world, number, "Netze", "Wege")), ("doris", proposed)

    async def scenario() -> list[int]:
        world.services.rooms.start()
        app, found = create_app(world.settings, world.services), []
        for name, update in tried:
            line = Line(app, tokens[name], SLUG, ROOM)
            line.send(messages.update_frame(update))
            found.append(await line.outcome(SAVED))
            await line.end()
        await world.services.rooms.close()
        return found

    taken, own_words, mayor = world.run(scenario())
    assert taken == TAKEN
    assert own_words == mayor == int(CloseCode.NOT_ALLOWED), "he may only propose, and she only reads"
    assert fix(site) == 409, "a proposal is open"

    said = site.visitor("ben")
    said.open(HOME)
    anna = world.person("anna")
    asked = said.post_json(f"{FR}/comments", body="Bien?", quote="Ensemble", persons=[anna.id])
    assert asked.status == 200
    key = asked.data["key"]
    assert said.post_json(f"{HOME}/comments", body="Gut?", quote="Wir").status == 409, "it is being signed"
    assert site.visitor("clara").open(f"{HOME}/comments").data["threads"] == []
    assert site.visitor("clara").open(f"{FR}/comments").data["threads"][0]["key"] == key
    [told] = [letter for letter in world.letters if f"{FR}/edit#comment-{key}" in letter.body]
    assert told.recipient == "anna@example.org"
    assert said.open(f"{HOME}/translations/it/comments").status == 404
    answering = site.visitor("anna")
    answering.open(HOME)
    assert answering.post_json(f"{FR}/comments/{key}", body="Oui.").status == 200
    assert answering.post_json(f"{HOME}/comments/{key}", body="Ja.").status == 404
    assert answering.post_json(f"{FR}/comments/{key}/resolve").data["resolvedBy"] == "Anna"

    decision = {"suggestion": "b-1", "verdict": "accepted", "person": ben.id, "words": "Ensemble"}
    assert said.post_json(f"{FR}/decisions", decisions=[decision]).status == 403
    assert answering.post_json(f"{FR}/decisions", decisions=[decision]).status == 204
    assert [kept.decision.suggestion for kept in world.ask(read_decisions, number, 9)] == ["b-1"]
    assert world.ask(read_decisions, world.text_id, 9) == []
    accepted = change(world, number, "Ensemble: ", "Ensemble: ")
    world.run(append_update(world, number, accepted))
    assert fix(site) == 303
    declaration = world.read(load_declaration, SLUG)
    (fixed,) = world.ask(translations.read_fixed, declaration.id)
    assert fixed.content.plain_text.startswith("Ensemble: ")


async def append_update(world: World, number: int, update: bytes) -> None:
    async with world.services.database.write() as db:
        await update_log.append_service_update(db, number, update)


def test_the_fast_way_to_the_disk_knows_the_same_phases() -> None:
    for kind in TextKind:
        assert Phase.DRAFTING in WRITTEN_IN[kind]
    others = WRITTEN_IN[TextKind.TRANSLATION] - {Phase.DRAFTING}
    assert all(WRITTEN_IN[kind] == {Phase.DRAFTING} for kind in TextKind if kind != TextKind.TRANSLATION)
    listed = sqlite_append._INSERT.partition("IN (")[2].partition(")")[0]
    assert {word.strip(" '") for word in listed.split(",")} == {phase.value for phase in others}


def blocks(*words: str) -> Content:
    return Content(tuple(Block("paragraph", 0, (Run(each),)) for each in words))


def test_what_has_changed_is_known_block_by_block_also_where_one_became_three() -> None:
    german = blocks("Eins.", "Zwei.", "Drei.")
    assert correspond(german, blocks("Un.", "Deux.", "Trois.")) == ((0, 1), (1, 2), (2, 3))
    title, clause = Block("heading", 1, (Run("Titel"),)), Block("clause", 1, (Run("Vier"),), "1.")
    heading = Content((title, *german.blocks, clause))
    simple = Content((heading.blocks[0], *blocks("a", "b", "c", "d", "e").blocks, heading.blocks[-1]))
    stretches = correspond(heading, simple)
    assert stretches[0] == (0, 1)
    assert stretches[-1] == (4, 5)
    assert all(begin < end for begin, end in stretches)
    now = blocks("Eins.", "Zwei, und anders.", "Drei.", "Vier.")
    found = standing(correspond(german, blocks("Un.", "Deux.", "Trois.")), german, now)
    assert (found.outdated, found.missing, found.is_current) == ((False, True, False), 1, False)
    assert standing(stretches, heading, heading).is_current


def test_a_changed_german_text_makes_it_out_of_date_until_it_is_fixed_of_the_new_revision(site: Site) -> None:
    world = site.world
    world.freeze()
    begin(site)
    assert fix(site) == 303
    page = site.visitor("anna").open(FR)
    assert MARK in page.text
    assert OUTDATED not in page.text
    world.reopen()
    world.write("Neu. ")
    world.freeze()
    page = site.visitor("anna").open(FR)
    assert OUTDATED in page.text
    assert page.source.count("nicht mehr aktuell</span>") == 1, "one block, and no other"
    assert "nicht mehr aktuell" in site.visitor("doris").open(f"{HOME}/translations").text
    assert fix(site, 2) == 303
    assert OUTDATED not in site.visitor("anna").open(FR).text
    assert fix(site, 7) == 404


def test_everybody_reads_it_from_the_hour_on_and_nobody_before(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "FRESH", 0.0)  # nobody waits until the page is looked up again
    world, e = site.world, f"/e/{SLUG}"
    world.freeze()
    begin(site)
    begin(site, "ar")
    fix(site)
    world.sign_with_passkey("doris")
    world.sign_with_passkey("gustav")
    set_hour(world, HOUR)
    pdf = world.seal().pdf
    stranger = site.visitor()
    paths = (f"{e}/fr", f"{e}/fr/text.txt", f"{e}/fr/text.json")
    assert {stranger.open(path).status for path in paths} == {404}
    world.time = HOUR + timedelta(minutes=1)
    page = stranger.open(f"{e}/fr")
    assert page.status == 200
    assert page.headers["content-language"] == "fr"
    assert MARK in page.text
    assert LANGUAGES[0].mark in page.text
    assert '<article class="p-decl" id="text" lang="fr" dir="ltr"' in page.source
    assert f'hreflang="de" href="http://localhost:8000{e}"' in page.source
    german = stranger.open(e)
    assert f'<link rel="alternate" hreflang="fr" href="http://localhost:8000{e}/fr">' in german.source
    assert "Français" in german.text
    assert stranger.open(f"{e}/ar").status == 404, "begun, not fixed"
    assert stranger.open(f"{e}/fr/text.txt").source.startswith(f"{MARK}\n{LANGUAGES[0].mark}\n")
    said = json.loads(stranger.open(f"{e}/fr/text.json").source)
    assert said["translates"] == {"revision": 1, "sha256": world.revision.digest}
    (told,) = stranger.open(f"/api/v1/declarations/{SLUG}").data["translations"]
    assert (told["language"], told["is_current"]) == ("fr", True)
    assert site.visitor("clara").open(f"{FR}/edit").status == 200, "written on after the day"
    kept = site.visitor("clara").fetch(f"{HOME}/archive.zip")
    with zipfile.ZipFile(io.BytesIO(kept)) as archive:
        assert json.loads(archive.read(f"{SLUG}-bag/data/uebersetzungen/fr-1.json")) == said
    begin(site, "de-simple")
    assert fix(site, tag="de-simple") == 303
    assert "Leichte Sprache" in stranger.open(e).text
    assert hashlib.sha256(world.seal().pdf).digest() == hashlib.sha256(pdf).digest(), "the sealed file stays"
