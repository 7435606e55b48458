"""Who joins after the seal: an annex with evidence of its own, sealed and verified."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pikepdf
import pytest

from server.actions.release.final_facts import load_facts, load_log
from server.documents.reading.attachments import read_attachments
from server.domain.release.accessions import Annex, SealedText, accede
from server.dossier.annex import annex_facts, build_annex, render_unsealed_annex
from server.dossier.check.document import verify_document
from server.dossier.facts import FinalFacts, LogExcerpt
from server.storage.declarations.declarations import load_declaration
from tests.dossier.test_checking_by_hand import by_hand
from tests.signing.copies import homemade, sign_copy
from tests.world import LAHR, OFFENBURG, SLUG, World


def joined(world: World) -> tuple[Annex, FinalFacts, LogExcerpt]:
    """Doris's sign-off is in the sealed document, Gustav's came a month later."""

    facts = world.read(load_facts, world.read(load_declaration, SLUG))
    revision, late = facts.revision, [s for s in facts.sign_offs if s.statement.ags == LAHR]
    sealed_at: datetime = revision.fixed_at
    sealed = SealedText(
        SLUG, facts.declaration.title, 1, revision.digest, revision.fixed_at, "7Q4K-9M2P-C3DX", sealed_at
    )
    accessions = [accede(sealed, {OFFENBURG}, sign_off) for sign_off in late]
    copies = {ags: pdf for ags, pdf in facts.copies.items() if ags == LAHR}
    annex, own = annex_facts(facts.declaration, revision, sealed, 1, accessions, copies)
    return annex, own, world.read(load_log, own)


@pytest.fixture
def ready(world: World) -> World:
    world.freeze()
    world.sign_with_passkey("doris")
    world.wait(days=30)
    world.sign_with_passkey("gustav")
    return world


def test_a_sealed_annex_is_genuine_and_names_who_joined(ready: World) -> None:
    annex, facts, log = joined(ready)
    pdf = build_annex(ready.services, annex, facts, log, ready.time)
    report = verify_document(pdf)
    assert report.holds, [f for f in report.findings if f.outcome not in ("proven", "limited")]
    assert [s.municipality for s in report.sign_offs] == ["Lahr/Schwarzwald"]
    proven = {f.check: f.outcome.value for f in report.findings}
    assert proven["annex.declaration"] == proven["document.text"] == proven["log.sign_off"] == "proven"


def test_who_joins_may_sign_a_copy_too(world: World, tmp_path: Path) -> None:
    world.freeze()
    world.sign_copy("doris", lambda copy: sign_copy(copy, homemade("Doris Beispiel")))
    world.wait(days=30)
    world.sign_copy("gustav", lambda copy: sign_copy(copy, homemade("Gustav Beispiel")))
    annex, facts, log = joined(world)
    pdf = build_annex(world.services, annex, facts, log, world.time)
    report = verify_document(pdf)
    assert report.holds, [f for f in report.findings if f.outcome not in ("proven", "limited")]
    assert [name for name in read_attachments(pdf) if name.startswith("unter")] == [
        "unterschrift-08317065.pdf"
    ]
    assert {step.returncode for step in by_hand(pdf, tmp_path)} == {0}


def test_an_annex_can_be_checked_by_hand(ready: World, tmp_path: Path) -> None:
    annex, facts, log = joined(ready)
    steps = by_hand(build_annex(ready.services, annex, facts, log, ready.time), tmp_path)
    assert [(s.returncode, s.stderr) for s in steps if s.returncode] == []
    assert "beitritt.json" in (tmp_path / "anlagen" / "LIESMICH.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("field", ["short_code", "title", "digest"])
def test_an_annex_with_other_facts_than_its_pages_is_found_out(ready: World, field: str) -> None:
    annex, facts, log = joined(ready)
    pdf = render_unsealed_annex(ready.services, annex, facts, log)
    changed = replace(annex, sealed=replace(annex.sealed, **{field: "7Q4K-9M2P-C3DY"}))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.attachments["beitritt.json"] = changed.canonical()
        out = io.BytesIO()
        opened.save(out)
    assert read_attachments(out.getvalue())["beitritt.json"] == changed.canonical()
    broken = {f.check for f in verify_document(out.getvalue()).findings if f.outcome == "broken"}
    assert broken & {"document.text", "annex.declaration"}
    assert not verify_document(out.getvalue()).holds


def test_the_sign_offs_of_an_annex_are_later_than_the_seal(ready: World) -> None:
    annex, facts, log = joined(ready)
    backdated = replace(annex, sealed=replace(annex.sealed, sealed_at=ready.time))
    pdf = build_annex(ready.services, backdated, facts, log, ready.time)
    outcome = {f.check: f.outcome.value for f in verify_document(pdf).findings}
    assert outcome["annex.declaration"] == "broken"
