"""Documents with signed copies, good and bad."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from pyhanko.sign.fields import SigSeedSubFilter

from server.domain.canonical import canonical_bytes, digest
from server.signing.evidence.copy_signer import CopySigner
from tests.browser_check.sealed_files import Unsealed, a_world, unsealed
from tests.signing.copies import homemade, sign_copy, sign_with_openssl
from tests.signing.forged_copies import (
    FORGED,
    FORGED_EVIDENCE,
    Handed,
    as_an_editor_does,
    evidence_for,
    handed,
    signer_of,
)
from tests.signing.pki import trust_service
from tests.world import World

EVIDENCE = "nachweise.json"
LAHR, OFFENBURG = 0, 1
"""Places of the sign-offs."""
NAMES = ("unterschrift-08317065.pdf", "unterschrift-08317096.pdf")


@dataclass(frozen=True)
class Signed:
    """A document with two signed copies, and what Doris of Offenburg got and gave back."""

    file: Unsealed
    doris: Handed

    def forge(self, base: bytes, copy: bytes, signer: CopySigner | None = None) -> bytes:
        """With another copy of Doris's, and evidence that fits it; `signer` where it is not Doris."""
        package = json.loads(self.file.attachment(EVIDENCE))
        item = package["sign_offs"][OFFENBURG]
        about = digest(item["statement"].encode())
        named = signer or signer_of(*self.doris.copy)
        item["evidence"] = evidence_for("08317096", base, copy, about, named)
        return self.file.forge({EVIDENCE: canonical_bytes(package), NAMES[OFFENBURG]: copy})

    def forge_evidence(self, change: Callable[[Any], object]) -> bytes:
        return self.file.forge_json(
            EVIDENCE, lambda package: change(package["sign_offs"][OFFENBURG]["evidence"])
        )


def with_signed_copies(folder: Path) -> Signed:
    with a_world(folder) as world:
        world.freeze()
        older = world.hand_out("doris")[1]
        world.reopen()
        world.write("Wir ")
        world.freeze()
        signer, other = homemade("Doris Beispiel"), world.hand_out("doris", wording="Ich zeichne.")[1]
        challenge_id, base = world.hand_out("doris")
        doris = handed(signer, base, other, older, _gustavs(world))
        world.hand_in("doris", challenge_id, doris.signed)
        return Signed(unsealed(world), doris)


def _gustavs(world: World) -> bytes:
    challenge_id, base = world.hand_out("gustav")
    world.hand_in("gustav", challenge_id, sign_copy(base, homemade("Gustav Beispiel")))
    return base


Named = tuple[str, Callable[[], bytes]]
"""What it is, and what makes it."""


def bad_copies(honest: Signed) -> Iterator[Named]:
    for name, forge in FORGED.items():
        yield name, partial(_forge, honest, forge)
    for name, change in FORGED_EVIDENCE.items():
        yield f"evidence with {name}", partial(honest.forge_evidence, change)
    one, other = (honest.file.attachment(name) for name in NAMES)
    swaps: Mapping[str, dict[str, bytes | None]] = {
        "missing": {NAMES[OFFENBURG]: None},
        "swapped": {NAMES[LAHR]: other, NAMES[OFFENBURG]: one},
        "the same for both": {NAMES[LAHR]: other},
        "no PDF": {NAMES[OFFENBURG]: b"Guten Tag"},
        "a bit in the pages, evidence as it was": {NAMES[OFFENBURG]: _flipped(other)},
    }
    for name, attachments in swaps.items():
        yield name, partial(honest.file.forge, attachments)
    yield "swapped with their evidence", partial(honest.file.forge_json, EVIDENCE, _swap_evidence)


def _forge(honest: Signed, forge: Callable[[Handed], tuple[bytes, bytes]]) -> bytes:
    return honest.forge(*forge(honest.doris))


def _flipped(pdf: bytes) -> bytes:
    return pdf[:2000] + bytes([pdf[2000] ^ 1]) + pdf[2001:]


def _swap_evidence(package: Any) -> None:
    one, other = package["sign_offs"]
    one["evidence"], other["evidence"] = other["evidence"], one["evidence"]


def odd_copies(honest: Signed) -> Iterator[Named]:
    """What holds, though it is not as usual."""
    base, signer = honest.doris.base, honest.doris.signer
    older = SigSeedSubFilter.ADOBE_PKCS7_DETACHED
    odd: Mapping[str, Callable[[], bytes]] = {
        "by somebody else": lambda: sign_copy(base, homemade("Frank Fremd")),
        "in the older form of signature": lambda: sign_copy(base, signer, subfilter=older),
        "with an RSA key": lambda: sign_copy(base, homemade("Doris Beispiel", rsa=True)),
        "with SHA-512": lambda: sign_copy(base, signer, md_algorithm="sha512"),
        "with a place and a reason": lambda: sign_copy(
            base, signer, location="Offenburg", reason="Mitzeichnung"
        ),
        "by openssl": lambda: sign_with_openssl(base, "Doris Beispiel"),
        "by an editor of forms": lambda: sign_copy(base, signer, change=as_an_editor_does),
        "in small letters": lambda: _in_small_letters(honest.doris.signed),
    }
    for name, make in odd.items():
        yield name, partial(_with_copy, honest, make)


def issued_copies(honest: Signed, folder: Path) -> Iterator[Named]:
    """With certificates of a trust service, whom neither verifier knows here."""
    folder.mkdir()
    base = honest.doris.base
    with trust_service(folder) as service:
        signer, root = service.signer("doris"), service.certificate("root")
        issued: Mapping[str, Callable[[], bytes]] = {
            "with a qualified certificate": lambda: sign_copy(base, signer),
            "with validation data": lambda: sign_copy(base, signer, revocation_root=root),
            "with a time stamp": lambda: sign_copy(base, signer, authority=service.authority()),
        }
        for name, make in issued.items():
            yield name, partial(_with_copy, honest, make)


def _with_copy(honest: Signed, make: Callable[[], bytes]) -> bytes:
    copy = make()
    return honest.forge(honest.doris.base, copy, signer_of(honest.doris.base, copy))


def _in_small_letters(pdf: bytes) -> bytes:
    start = pdf.index(b"/Contents <") + 11
    end = pdf.index(b">", start)
    return pdf[:start] + pdf[start:end].lower() + pdf[end:]
