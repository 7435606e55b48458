"""Honest files to begin with, and the way to seal a changed one as only a thief of the key could."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pikepdf

from server.actions import passkeys
from server.domain.canonical import canonical_bytes
from server.signing.seal import Sealer
from tests.actions.rendering_process import unsealed
from tests.actions.world import World, challenge_of
from tests.signing.authenticator import EDDSA, RS256, Authenticator
from tests.signing.pki import trust_service

Change = Callable[[Any], None]
LINES = ("Elektronisch gesichert (Test)",)


@dataclass(frozen=True)
class Unsealed:
    """A file before the seal; `seal` makes the real one, `forge` one with other attachments."""

    pdf: bytes
    sealer: Sealer

    def seal(self, lines: Sequence[str] = LINES) -> bytes:
        return self.sealer.seal(self.pdf, reason="Erklärung", location="Offenburg", lines=lines)

    def attachment(self, name: str) -> bytes:
        with pikepdf.open(io.BytesIO(self.pdf)) as pdf:
            return _specifications(pdf)[name].EF.F.read_bytes()

    def forge(self, attachments: Mapping[str, bytes | None]) -> bytes:
        """With these contents instead; None takes the file out. The seal has no picture: that takes long."""
        with pikepdf.open(io.BytesIO(self.pdf)) as pdf:
            files = _specifications(pdf)
            for name, data in attachments.items():
                if data is None:
                    del files[name]
                else:
                    files[name].EF.F.write(data)
            names = [item for name in sorted(files) for item in (pikepdf.String(name), files[name])]
            pdf.Root.Names.EmbeddedFiles = pikepdf.Dictionary(Names=pikepdf.Array(names))
            out = io.BytesIO()
            pdf.save(out)
        return replace(self, pdf=out.getvalue()).seal(lines=())

    def forge_json(self, name: str, change: Change) -> bytes:
        value = json.loads(self.attachment(name))
        change(value)
        return self.forge({name: canonical_bytes(value)})


def _specifications(pdf: pikepdf.Pdf) -> dict[str, Any]:
    items = list(pdf.Root.Names.EmbeddedFiles.Names)
    return {str(name): specification for name, specification in zip(items[::2], items[1::2], strict=True)}


def with_a_passkey_and_a_code(folder: Path) -> Unsealed:
    with _world(folder) as world:
        world.freeze()
        world.sign_with_passkey("doris")
        challenge_id, code = world.send_code("gustav")
        world.confirm("gustav", challenge_id, code)
        return _unsealed(world)


def with_other_algorithms(folder: Path) -> Unsealed:
    with _world(folder) as world:
        world.freeze()
        for name, algorithm in (("doris", EDDSA), ("gustav", RS256)):
            _register(world, name, algorithm)
            world.sign_with_passkey(name)
        return _unsealed(world)


@contextmanager
def archived(folder: Path, unsealed: Unsealed) -> Iterator[tuple[Sealer, bytes]]:
    """Sealed with time stamps (PAdES B-LTA), and the sealer that can renew it while the block lasts."""
    with trust_service(folder) as service:
        sealer = Sealer(
            service.key(), unsealed.sealer.font, [service.authority()], [service.root()], timeout=3
        )
        yield sealer, replace(unsealed, sealer=sealer).seal()


@contextmanager
def _world(folder: Path) -> Iterator[World]:
    folder.mkdir()
    world = World(folder)
    try:
        yield world
    finally:
        world.close()


def _unsealed(world: World) -> Unsealed:
    return Unsealed(world.run(unsealed(world.services)), world.services.sealer)


def _register(world: World, name: str, algorithm: int) -> None:
    person = world.person(name)
    key = Authenticator(world.services.relying_party.id, world.services.base_url, algorithm)
    challenge_id, options = world.run(passkeys.begin_registration(world.services, actor=person))
    response = key.create(challenge_of(options))
    world.run(
        passkeys.finish_registration(
            world.services, actor=person, challenge_id=challenge_id, response=response
        )
    )
    world._keys[person.id] = key
