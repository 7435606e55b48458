"""Honest files to begin with, and the way to seal a changed one as only a thief of the key could."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pikepdf

from server.actions.release.final_facts import load_facts, load_log
from server.documents.model import Mark
from server.documents.parts.seal_box import seal_lines
from server.domain.canonical import canonical_bytes
from server.domain.release.accessions import SealedText
from server.domain.release.addenda import (
    Addendum,
    AddendumKind,
    Correction,
    Draft,
    SealedFile,
    parse_addendum,
)
from server.dossier.addendum import AddendumSource
from server.dossier.annex import render_unsealed_annex
from server.dossier.assembly import head_of, render_unsealed
from server.dossier.facts import FinalFacts, LogExcerpt
from server.dossier.imprint import Imprint
from server.signing.evidence.tree_head import stamp_tree_head
from server.signing.seal.seal import Sealer
from server.storage.declarations.declarations import load_declaration
from tests.dossier.test_annex_of_accessions import joined
from tests.signing.authenticator import EDDSA, RS256
from tests.signing.pki import trust_service
from tests.signing.seals import local_sealer
from tests.waiting import HANG
from tests.world import SLUG, World

Change = Callable[[Any], None]
AUTHORITY_KEYS: Final = "tsa.p12"


@dataclass(frozen=True)
class Unsealed:
    """A file before the seal; `seal` makes the real one, `forge` one with other attachments."""

    pdf: bytes
    sealer: Sealer

    def seal(self, lines: Sequence[str] | None = None, at: datetime | None = None) -> bytes:
        """With the words that a seal of the service has; `lines` are others for its picture."""
        at = at or datetime.now(UTC)
        words = seal_lines(self.sealer.subject, at, is_test=self.sealer.is_test) if lines is None else lines
        return self.sealer.seal(self.pdf, reason=self._reason, location=self._place, lines=words, at=at)

    @property
    def _place(self) -> str:
        with pikepdf.open(io.BytesIO(self.pdf)) as pdf:
            imprint = _specifications(pdf).get("dokument.json")
            given = (
                re.search(rb'"place":"([^"]+)"', imprint.EF.F.read_bytes()) if imprint is not None else None
            )
            return given[1].decode() if given else str(pdf.trailer.Info.Author)

    @property
    def _reason(self) -> str:
        with pikepdf.open(io.BytesIO(self.pdf)) as pdf:
            files = _specifications(pdf)
            if "mitteilung.json" in files:
                addendum = parse_addendum(files["mitteilung.json"].EF.F.read_bytes())
                return AddendumSource(Imprint("", ""), addendum).seal_reason
            package = json.loads(files["nachweise.json"].EF.F.read_bytes())
            joins = "Beitritt: " if "beitritt.json" in files else ""
        return f"{joins}{package['declaration']['title']}, Fassung {package['revision']['number']}"

    def attachment(self, name: str) -> bytes:
        with pikepdf.open(io.BytesIO(self.pdf)) as pdf:
            return _specifications(pdf)[name].EF.F.read_bytes()

    def forge(self, attachments: Mapping[str, bytes | None]) -> bytes:
        """With these contents instead; None takes the file out. The seal has no picture: that takes long."""
        changed = self.with_attachments(attachments)
        return self.sealer.seal(changed.pdf, reason="Erklärung", location="Offenburg", lines=())

    def with_attachments(self, attachments: Mapping[str, bytes | None]) -> Unsealed:
        with pikepdf.open(io.BytesIO(self.pdf)) as pdf:
            files = _specifications(pdf)
            for name, data in attachments.items():
                if data is None:
                    del files[name]
                else:
                    files[name].EF.F.write(data)
                    files[name].EF.F.Params.Size = len(data)
            names = [item for name in sorted(files) for item in (pikepdf.String(name), files[name])]
            pdf.Root.Names.EmbeddedFiles = pikepdf.Dictionary(Names=pikepdf.Array(names))
            out = io.BytesIO()
            pdf.save(out, min_version="1.7", deterministic_id=True, fix_metadata_version=False)
        return replace(self, pdf=out.getvalue())

    def forge_json(self, name: str, change: Change) -> bytes:
        value = json.loads(self.attachment(name))
        change(value)
        return self.forge({name: canonical_bytes(value)})


def _specifications(pdf: pikepdf.Pdf) -> dict[str, Any]:
    items = list(pdf.Root.Names.EmbeddedFiles.Names)
    return {str(name): specification for name, specification in zip(items[::2], items[1::2], strict=True)}


def with_a_passkey_and_a_code(folder: Path) -> Unsealed:
    with a_world(folder) as world:
        _sign(world)
        return unsealed(world)


def with_other_algorithms(folder: Path) -> Unsealed:
    with a_world(folder) as world:
        world.freeze()
        for name, algorithm in (("doris", EDDSA), ("gustav", RS256)):
            world.authenticator(name, algorithm)
            world.sign_with_passkey(name)
        return unsealed(world)


def an_annex(folder: Path) -> Unsealed:
    with a_world(folder) as world:
        world.freeze()
        world.sign_with_passkey("doris")
        world.wait(days=30)
        world.sign_with_passkey("gustav")
        return Unsealed(render_unsealed_annex(world.services, *joined(world)), world.services.sealer)


def an_addendum(folder: Path) -> Unsealed:
    """An erratum with one correction."""
    folder.mkdir()
    sealer = local_sealer(folder)
    at = datetime(2027, 6, 17, 16, 0, tzinfo=UTC)
    text = SealedText("digitaltag", "Erklärung zum Digitaltag", 3, "a" * 64, at, "7Q4K-9M2P-C3DX", at)
    draft = Draft(
        AddendumKind.ERRATUM,
        "Die Zahl war falsch.",
        (Correction("Ziffer 4", "im Jahr 2026", "im Jahr 2027"),),
    )
    addendum = Addendum(1, at + timedelta(days=18), SealedFile(text, 412_345, "b" * 64), draft)
    imprint = Imprint("Städte und Gemeinden", "http://localhost:8000", frozenset({Mark.TEST}))
    return Unsealed(AddendumSource(imprint, addendum).render(), sealer)


@contextmanager
def archived(folder: Path) -> Iterator[tuple[Sealer, Unsealed]]:
    """With time stamps on the head of the log and, once sealed, on the seal (PAdES B-LTA); and the sealer
    that can renew it while the block lasts."""
    folder.mkdir()
    with trust_service(folder) as service, a_world(folder / "world") as world:
        (folder / AUTHORITY_KEYS).write_bytes(service.packed("tsa"))
        font, authority = world.services.sealer.font, service.authority()
        sealer = Sealer(service.key(), font, [authority], [service.root()], timeout=HANG)
        _sign(world)
        services = replace(world.services, sealer=sealer)
        facts, log = facts_of(world)
        token = stamp_tree_head(head_of(world.services, log), [authority], 3)
        yield sealer, Unsealed(render_unsealed(services, facts, log, token), sealer)


def signed(world: World, sealer: Sealer) -> Unsealed:
    """By a passkey and a code, without a time stamp on the head of the log."""
    _sign(world)
    services = replace(world.services, sealer=sealer)
    return Unsealed(render_unsealed(services, *facts_of(world)), sealer)


@contextmanager
def a_world(folder: Path) -> Iterator[World]:
    folder.mkdir()
    world = World(folder)
    try:
        yield world
    finally:
        world.close()


def _sign(world: World) -> None:
    world.freeze()
    world.sign_with_passkey("doris")
    challenge_id, code = world.send_code("gustav")
    world.confirm("gustav", challenge_id, code)


def unsealed(world: World) -> Unsealed:
    return Unsealed(render_unsealed(world.services, *facts_of(world)), world.services.sealer)


def facts_of(world: World) -> tuple[FinalFacts, LogExcerpt]:
    async def load() -> tuple[FinalFacts, LogExcerpt]:
        async with world.services.database.read() as db:
            facts = await load_facts(db, await load_declaration(db, SLUG))
            return facts, await load_log(db, facts)

    return world.run(load())
