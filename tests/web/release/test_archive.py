"""The package for the E-Akte: an xdomea message and a bag, the same each time, nothing sealed missing."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from contextlib import AbstractAsyncContextManager
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import bagit
import pytest
from lxml import etree

from server.actions.keyed_lock import KeyedLock
from server.actions.release.annexes import seal_annex
from server.actions.release.archiving import Wanted, hand_to_archive, write_archive
from server.documents.archive import package as packages
from server.documents.archive.bag import BrokenBag, ensure_valid
from server.domain.audit import Tag
from server.domain.errors import NotAllowed
from server.domain.release.archive import ArchiveTooLarge, MessageKind, XdomeaVersion
from server.domain.sign_offs.answers import Answer
from server.storage.declarations.declarations import load_declaration
from server.storage.record import audit
from server.storage.release.accessions import find_annex
from tests.documents.archive.xdomea_rules import faults
from tests.web.release.test_accession import admit, ask, public
from tests.web.release.test_release_gate import HOUR, set_hour
from tests.web.release.test_yearly_reports import fill, publish
from tests.web.site import HOME, Site
from tests.world import OFFENBURG, SLUG, World

__all__ = ["public"]

USUAL = Wanted()


def seal(world: World) -> bytes:
    world.freeze()
    for name in ("doris", "gustav"):
        world.sign_with_passkey(name)
    set_hour(world, HOUR)
    return world.seal().pdf


def take(world: World, wanted: Wanted = USUAL, actor: str = "clara") -> dict[str, bytes]:
    made = world.run(hand_to_archive(world.services, actor=world.person(actor), slug=SLUG, wanted=wanted))
    assert made.name == "erklaerung-e-akte.zip"
    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def unpack(files: dict[str, bytes], folder: Path) -> None:
    for name, data in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def message_of(files: dict[str, bytes]) -> tuple[str, Any, dict[str, bytes]]:
    """Name of the ZIP, root of the message, files beside it."""
    (name,) = [name for name in files if name.endswith(".zip")]
    with zipfile.ZipFile(io.BytesIO(files[name])) as archive:
        inner = {each: archive.read(each) for each in archive.namelist()}
    return name, etree.fromstring(inner.pop(name.replace(".zip", ".xml"))), inner


def texts(root: Any, name: str) -> list[str]:
    return [element.text for element in root.iter() if etree.QName(element).localname == name]


def test_the_bag_is_valid_for_the_library_and_a_changed_letter_is_found(world: World, tmp_path: Path) -> None:
    pdf = seal(world)
    unpack(take(world), tmp_path)
    bag = bagit.Bag(str(tmp_path / f"{SLUG}-bag"))
    assert bag.is_valid()
    assert bag.info["External-Identifier"].endswith(f"/e/{SLUG}")
    assert bag.info["Bagging-Date"] == "2026-06-17"
    assert (tmp_path / f"{SLUG}-bag/data/erklaerung/erklaerung.pdf").read_bytes() == pdf
    assert (tmp_path / f"{SLUG}-bag/data/nachweise/nachweise.json").exists()
    text = tmp_path / f"{SLUG}-bag/data/fassungen/fassung-1.txt"
    text.write_text(text.read_text("utf-8").replace("Netze", "Nester"), "utf-8")
    with pytest.raises(BrokenBag):
        ensure_valid(tmp_path / f"{SLUG}-bag")


def test_messages_keep_to_the_standard_and_name_every_file_with_its_digest(world: World) -> None:
    seal(world)
    for version in XdomeaVersion:
        world.services = replace(world.services, xdomea=version)
        for kind in MessageKind:
            name, root, beside = message_of(take(world, Wanted(kind, "Stadt Offenburg <E-Akte>")))
            assert faults(root, version) == []
            assert etree.QName(root).localname == f"{kind.called}.{kind}"
            process = texts(root, "ProzessID")[0]
            endings = {"4.0.0": f"_{kind}_1.zip", "3.0.0": f"_{kind.called}.{kind}.zip"}
            assert name == process + endings[version]
            assert sorted(texts(root, "Dateiname")) == sorted(beside)
            assert "Stadt Offenburg <E-Akte>" in texts(root, "Name")
            if version is XdomeaVersion.V4:
                digests = {hashlib.sha256(data).hexdigest() for data in beside.values()}
                assert set(texts(root, "Wert")) == digests
    assert {"Text als Fassung festgelegt", "Dokument gesiegelt"} <= set(texts(root, "Aktion"))
    assert set(texts(root, "Akteur")) == {"Koordination", "Kraftakt"}, "no person is named"


def test_the_rules_find_what_the_schema_forbids(world: World) -> None:
    """Each change is one that a schema of the standard refuses in that version."""
    seal(world)
    moment = "2026-06-17T10:00:00Z"
    for version in XdomeaVersion:
        world.services = replace(world.services, xdomea=version)
        _, root, _ = message_of(take(world))
        space = root.tag.partition("}")[0] + "}"

        def inserted(parent: str, name: str, text: str, root: Any = root, space: str = space) -> Any:
            changed = deepcopy(root)
            found = changed.find(f".//{space}{parent}")
            etree.SubElement(found, f"{space}{name}").text = text
            return changed

        def moved_to_the_end(path: str, root: Any = root) -> Any:
            changed = deepcopy(root)
            found = changed.find(f".//{path}")
            found.getparent().append(found)
            return changed

        def said_otherwise(path: str, name: str, value: str, root: Any = root) -> Any:
            changed = deepcopy(root)
            changed.find(f".//{path}").set(name, value)
            return changed

        bad = {
            "a second title": inserted("AllgemeineMetadaten", "Betreff", "x"),
            "an element of the other version": inserted(
                "Primaerdokument",
                "ZeitpunktLetzteAenderung" if version is XdomeaVersion.V3 else "DatumUhrzeit",
                moment,
            ),
            "metadata of the other version": inserted(
                "Vorgang",
                "Aussonderungsmetadaten" if version is XdomeaVersion.V3 else "ArchivspezifischeMetadaten",
                "x",
            ),
            "a date after the documents": moved_to_the_end("{*}Vorgang/{*}Laufzeit"),
            "an actor after the act": moved_to_the_end("{*}HistorienProtokollInformation/{*}Akteur"),
            "a mark before the title": moved_to_the_end("{*}AllgemeineMetadaten/{*}Betreff"),
            "another list": said_otherwise("{*}Medium", "listURI", "urn:xoev-de:xdomea:codeliste:media"),
            "another version of a list": said_otherwise("{*}Format/{*}Name", "listVersionID", "9"),
            "an attribute": said_otherwise("{*}Vorgang", "produkt", "Kraftakt"),
            "a date that is none": inserted("Laufzeit", "Ende", "gestern"),
            "a code without a list": said_otherwise("{*}Medium", "listVersionID", ""),
        }
        root_said = deepcopy(root)
        root_said.set("schemaVersion", "1")
        bad["an attribute of the root"] = root_said
        assert faults(root, version) == []
        assert [name for name, changed in bad.items() if not faults(changed, version)] == []


def test_the_same_state_gives_the_same_bytes_and_an_annex_another_message(site: Site) -> None:
    world = site.world
    seal(world)
    world.time = HOUR + timedelta(days=20)
    first = take(world)
    world.wait(days=400)
    assert take(world) == first
    ask(site)
    admit(site)
    world.answer("karl", Answer.SIGNS)
    clara = world.person("clara")
    world.run(seal_annex(world.services, actor=clara, slug=SLUG, proven_at=world.services.now()))
    second = take(world)
    annex = world.read(find_annex, world.read(load_declaration, SLUG).id, 1)
    assert second[f"{SLUG}-bag/data/nachtraege/nachtrag-1.pdf"] == annex.pdf
    (before, old, _), (after, new, beside) = message_of(first), message_of(second)
    assert before == after, "the process stays"
    assert texts(old, "nachrichtenUUID") != texts(new, "nachrichtenUUID")
    assert annex.pdf in beside.values()


def test_every_edition_of_a_yearly_report_is_in_it_to_read_and_for_machines(public: Site) -> None:
    world = public.world
    fill(public, "anna", OFFENBURG, "under_way", "Seit Mai <im Betrieb>.")
    assert publish(public) == 303
    world.wait(minutes=5)
    fill(public, "anna", OFFENBURG, "done")
    assert publish(public) == 303
    files = take(world)
    folder = f"{SLUG}-bag/data/berichte/"
    names = {name.removeprefix(folder) for name in files if name.startswith(folder)}
    assert names == {f"umsetzung-2026-{n}.{kind}" for n in (1, 2) for kind in ("txt", "json")}
    first, second = (files[f"{folder}umsetzung-2026-{n}.txt"].decode() for n in (1, 2))
    assert "Stadt Offenburg: in Umsetzung. Seit Mai <im Betrieb>." in first
    assert "Stadt Offenburg: umgesetzt" in second
    assert first.count("Dazu hat niemand berichtet.") == first.count("Ziffer") - 1
    kept = json.loads(files[f"{folder}umsetzung-2026-1.json"])
    assert kept["entries"][0]["note"] == "Seit Mai <im Betrieb>."
    _, root, beside = message_of(files)
    assert files[f"{folder}umsetzung-2026-2.json"] in beside.values()
    assert faults(root, "4.0.0") == []
    assert texts(root, "Aktion").count("Bericht zum Stand der Umsetzung veröffentlicht") == 2
    assert take(world) == files


def test_the_operator_waits_for_whoever_makes_the_package_of_the_same_declaration(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal(world)
    held: list[str] = []
    hold = KeyedLock.hold

    def noted(lock: KeyedLock, name: str) -> AbstractAsyncContextManager[None]:
        held.append(name)
        return hold(lock, name)

    monkeypatch.setattr(KeyedLock, "hold", noted)
    folder = tmp_path / "package"
    folder.mkdir()
    world.run(write_archive(world.services, slug=SLUG, folder=folder, wanted=USUAL))
    assert held == [SLUG]
    assert (folder / f"{SLUG}-bag/bagit.txt").exists()


def test_the_coordination_alone_takes_it_and_it_is_on_record(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = site.world
    seal(world)
    clara = site.visitor("clara")
    page = clara.open(f"{HOME}/release")
    assert "Für die E-Akte" in page.text
    assert "Für die E-Akte" not in site.visitor("emil").open(f"{HOME}/release").text
    for name in ("emil", "doris", "anna"):
        with pytest.raises(NotAllowed):
            take(world, actor=name)
    asked = f"{HOME}/archive.zip?message=0401&reader=Stadt+Lahr"
    answer = world.run(clara._client.get(asked))
    assert answer.headers["content-type"] == "application/zip"
    assert clara.open(f"{HOME}/archive.zip?message=0503").status == 422
    assert clara.open(f"{HOME}/archive.zip?reader={'x' * 201}").status == 422
    events = [e for e in world.read(audit.list_events, SLUG) if e.tag is Tag.DOCUMENT_ARCHIVE]
    assert [e.facts["message"] for e in events] == ["0401"]
    monkeypatch.setattr(packages, "MAX_BYTES", 1000)
    with pytest.raises(ArchiveTooLarge):
        take(world)
