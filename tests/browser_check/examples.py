"""Files good and bad, and what the server's verifier says of each."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from tests.browser_check import copies, damages, forgeries, later_revisions
from tests.browser_check.later_revisions import stamped as stamped_later
from tests.browser_check.sealed_files import (
    Unsealed,
    an_annex,
    archived,
    with_a_passkey_and_a_code,
    with_other_algorithms,
)
from tests.dossier.foreign_files import pdf_files, plain_files
from tests.signing.seals import local_key, local_sealer, seal

TEXT, PLAIN, EVIDENCE = "erklaerung.json", "erklaerung.txt", "nachweise.json"
LOG, HEAD, STAMP, ANNEX = "protokoll.json", "protokoll-kopf.json", "protokoll-kopf.tst", "beitritt.json"


@dataclass(frozen=True)
class Example:
    """`alike`: both verifiers give the same findings, not only the same verdict."""

    name: str
    pdf: bytes
    alike: bool = True


def examples(folder: Path) -> Iterator[Example]:
    yield Example("demo", demo(folder / "demo.pdf"))
    yield Example("other algorithms", with_other_algorithms(folder / "algorithms").seal())
    honest = with_a_passkey_and_a_code(folder / "honest")
    sealed = honest.seal()
    yield Example("honest", sealed)
    yield from forged(honest, folder)
    yield from damaged(sealed)
    yield from later(folder / "later")
    yield from annexes(folder)
    yield from stamped(folder)
    yield from signed_copies(folder)
    yield from strangers(honest, folder / "stranger")


def demo(path: Path) -> bytes:
    command = [sys.executable, "-m", "server", "demo-pdf", str(path)]
    subprocess.run(command, check=True, capture_output=True)
    return path.read_bytes()


def forged(honest: Unsealed, folder: Path) -> Iterator[Example]:
    for name, change in forgeries.EVIDENCE.items():
        yield Example(f"evidence: {name}", honest.forge_json(EVIDENCE, change))
    for name, change in forgeries.LOG.items():
        yield Example(f"log: {name}", honest.forge_json(LOG, change))
    for name, change in forgeries.HEAD.items():
        yield Example(f"head: {name}", honest.forge_json(HEAD, change))
    for tag in ("declaration:sign_off:give", "account:passkey:register"):
        yield Example(f"log: without {tag}", honest.forge_json(LOG, forgeries.without(tag)))
    text = honest.attachment(TEXT)
    contents: dict[str, dict[str, bytes | None]] = {
        "another text": {TEXT: text.replace(b"Netze", b"Mauern")},
        "another plain text": {PLAIN: b"Wir handeln allein.\n"},
        "a text that is none": {TEXT: b"[]"},
        "no text": {TEXT: None},
        "no head": {HEAD: None},
        "no evidence and no log": {EVIDENCE: None, LOG: None},
        "evidence with white space": {EVIDENCE: b" " + honest.attachment(EVIDENCE)},
        "evidence that is no JSON": {EVIDENCE: b"\xff"},
        "evidence with half a character": {EVIDENCE: b'{"format":"\\ud800"}'},
        "a log of brackets": {LOG: b"[" * 100_000},
        "a log with a fraction": {LOG: b'{"size":1.5}'},
    }
    for name, attachments in contents.items():
        yield Example(name, honest.forge(attachments))
    (folder / "thief").mkdir()
    thief = replace(honest.sealer, key=local_key(folder / "thief"))
    yield Example("sealed by somebody else", replace(honest, sealer=thief).seal())


def damaged(sealed: bytes) -> Iterator[Example]:
    for name, damage in damages.WHOLE.items():
        yield Example(f"damage: {name}", damage(sealed))
    for name, damage in damages.RAW.items():
        yield Example(f"damage: {name}", damage(sealed), alike=False)
    for name, pdf in damages.flips(sealed):
        yield Example(f"damage: {name}", pdf, alike=False)


def later(folder: Path) -> Iterator[Example]:
    """Of a small sealed file: what its later revisions do is the same in a large one."""
    folder.mkdir()
    sealed = seal(local_sealer(folder), lines=())
    yield Example("later: a time stamp in its place", stamped_later(sealed, later_revisions.nothing))
    for year in (1999, 2049):
        at = datetime(year, 6, 18, tzinfo=UTC)
        yield Example(f"later: a time stamp of {year}", stamped_later(sealed, later_revisions.nothing, at=at))
    for name, (change, field) in later_revisions.FORGED.items():
        alike = name != "a spare field with Kids"  # each reader stumbles in its own words
        yield Example(f"later: {name}", stamped_later(sealed, change, field), alike)


def annexes(folder: Path) -> Iterator[Example]:
    honest = an_annex(folder / "annex")
    yield Example("annex", honest.seal())
    for name, change in forgeries.ANNEX.items():
        yield Example(f"annex: {name}", honest.forge_json(ANNEX, change))


def stamped(folder: Path) -> Iterator[Example]:
    with archived(folder / "pki") as (sealer, unsealed):
        sealed = unsealed.seal()
        renewed = sealer.renew(sealed)
        token = bytearray(unsealed.attachment(STAMP))
        yield Example("time stamps: none on the head", unsealed.forge({STAMP: None}))
        yield Example("time stamps: no token", unsealed.forge({STAMP: b"x"}))
        token[-9] ^= 1
        yield Example("time stamps: a wrong token", unsealed.forge({STAMP: bytes(token)}))
        yield Example("time stamps", sealed)
        yield Example("time stamps: renewed", renewed)
        yield Example("time stamps: renewed beyond the spare fields", sealer.renew(sealer.renew(renewed)))
        for name, damage in damages.WHOLE.items():
            if name not in ("in small letters", "hidden behind the value"):
                yield Example(f"time stamps: {name}", damage(renewed))
        yield Example("time stamps: one taken off", renewed[: len(sealed)])
        yield Example("time stamps: cut short", renewed[:-1], alike=False)


def signed_copies(folder: Path) -> Iterator[Example]:
    honest = copies.with_signed_copies(folder / "copies")
    yield Example("copies", honest.file.seal())
    made = (
        *copies.bad_copies(honest),
        *copies.odd_copies(honest),
        *copies.issued_copies(honest, folder / "issuer"),
    )
    for name, pdf in made:
        yield Example(f"copies: {name}", pdf)


def strangers(honest: Unsealed, folder: Path) -> Iterator[Example]:
    yield Example("not sealed yet", honest.pdf)
    for name, data in {"nothing": b"", "a letter": b"Guten Tag", "a head": b"%PDF-1.7\n"}.items():
        yield Example(f"no PDF: {name}", data)
    folder.mkdir()
    for name, (data, _) in {**plain_files(), **pdf_files(folder)}.items():
        yield Example(f"stranger: {name}", data)
