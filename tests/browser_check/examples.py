"""The one table of forgery classes: files good and bad, made anew, each with the verdict that it must get."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from server.domain.release.verification import Verdict
from tests.browser_check import copies, damages, forgeries, later_revisions
from tests.browser_check.later_revisions import stamped as stamped_later
from tests.browser_check.sealed_files import (
    Unsealed,
    an_annex,
    archived,
    with_a_passkey_and_a_code,
    with_other_algorithms,
)
from tests.dossier import forged_pages
from tests.dossier.foreign_files import pdf_files, plain_files
from tests.signing.seals import local_key

TEXT, PLAIN, EVIDENCE = "erklaerung.json", "erklaerung.txt", "nachweise.json"
LOG, HEAD, STAMP, ANNEX = "protokoll.json", "protokoll-kopf.json", "protokoll-kopf.tst", "beitritt.json"


NOT_GENUINE, TRIAL, GENUINE = Verdict.NOT_GENUINE, Verdict.TRIAL, Verdict.GENUINE
ISSUER_UNCHECKED, FOREIGN, UNREADABLE = Verdict.ISSUER_UNCHECKED, Verdict.FOREIGN, Verdict.UNREADABLE


@dataclass(frozen=True)
class Example:
    """One row of the table of forgery classes, and of what is like them and no forgery.

    `kind`: its class. `verdict`: of whoever trusts `roots` (DER) and makes the pages again. `unrooted`: of
    whoever trusts nobody, where that is another. `original`: the file that was sealed instead, where only the
    pages are forged, so that a reader of the structure alone finds nothing. `alike`: both verifiers give the
    same findings, not only the same verdict.
    """

    kind: str
    name: str
    pdf: bytes
    verdict: Verdict
    roots: tuple[bytes, ...] = ()
    unrooted: Verdict | None = None
    original: bytes | None = None
    alike: bool = True

    @property
    def without_roots(self) -> Verdict:
        return self.unrooted or self.verdict


@dataclass(frozen=True)
class Table:
    """Rows about files of one sealer. Most are refused by everybody."""

    kind: str
    roots: tuple[bytes, ...]
    prefix: str = ""

    def row(self, name: str, pdf: bytes, verdict: Verdict = NOT_GENUINE, **more: Any) -> Example:
        whole = f"{self.prefix}: {name}" if self.prefix else name
        return Example(self.kind, whole, pdf, verdict, self.roots, **more)


def examples(folder: Path) -> Iterator[Example]:
    """Every row, from documents that are sealed anew."""
    honest = with_a_passkey_and_a_code(folder / "honest")
    sealed, roots = honest.seal(), tuple(honest.sealer.roots)
    yield from good(folder, honest, sealed)
    yield from forged(honest, sealed)
    yield from own_seals(honest, folder)
    yield from damaged(sealed, roots)
    yield from later(sealed, roots)
    yield from painted(honest, sealed)
    yield from annexes(folder)
    yield from stamped(folder)
    yield from signed_copies(folder)
    yield from strangers(honest, folder / "stranger")


def good(folder: Path, honest: Unsealed, sealed: bytes) -> Iterator[Example]:
    table = Table("honest", tuple(honest.sealer.roots))
    yield Example("honest", "demo", demo(folder / "demo.pdf"), TRIAL)
    other = with_other_algorithms(folder / "algorithms")
    yield Example("honest", "other algorithms", other.seal(), TRIAL, tuple(other.sealer.roots))
    yield table.row("honest", sealed, TRIAL)


def demo(path: Path) -> bytes:
    command = [sys.executable, "-m", "server", "demo-pdf", str(path)]
    subprocess.run(command, check=True, capture_output=True)
    return path.read_bytes()


def forged(honest: Unsealed, sealed: bytes) -> Iterator[Example]:
    """By somebody with the key, who changes what lies in the file and seals it anew."""
    roots = tuple(honest.sealer.roots)
    evidence, log = Table("evidence", roots, "evidence"), Table("log", roots, "log")
    head, other = Table("log", roots, "head"), Table("attachments", roots)
    for name, change in forgeries.EVIDENCE.items():
        yield evidence.row(name, honest.forge_json(EVIDENCE, change))
    for name, change in forgeries.LOG.items():
        yield log.row(name, honest.forge_json(LOG, change))
    for name, change in forgeries.HEAD.items():
        yield head.row(name, honest.forge_json(HEAD, change))
    yield log.row("without sign-offs", honest.forge_json(LOG, forgeries.without("declaration:sign_off:give")))
    # its absence is a limit, so only the pages, whose seal has no picture, show that nobody of ours sealed it
    bare = honest.forge_json(LOG, forgeries.without("account:passkey:register"))
    yield log.row("without registrations", bare, original=sealed)
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
        yield other.row(name, honest.forge(attachments))


def own_seals(honest: Unsealed, folder: Path) -> Iterator[Example]:
    """By a certificate that anybody can make. Whoever trusts nobody cannot tell it from any other."""
    (folder / "thief").mkdir()
    thief = replace(honest.sealer, key=local_key(folder / "thief"))
    stolen = Table("own seal", tuple(honest.sealer.roots))
    yield stolen.row("sealed by somebody else", replace(honest, sealer=thief).seal(), unrooted=TRIAL)
    made_up = with_a_passkey_and_a_code(folder / "made-up")
    yield stolen.row("made up altogether", made_up.seal(), unrooted=TRIAL)


def damaged(sealed: bytes, roots: tuple[bytes, ...]) -> Iterator[Example]:
    table = Table("bytes", roots, "damage")
    for name, damage in damages.WHOLE.items():
        yield table.row(name, damage(sealed))
    for name, damage in damages.RAW.items():
        data = damage(sealed)
        # half a file names no table of objects, so nothing in it can be read
        verdict = {"half": UNREADABLE, "an encryption in its trailer": UNREADABLE}.get(name, NOT_GENUINE)
        yield table.row(name, data, verdict, alike=False)
    for name, pdf in damages.flips(sealed):
        yield table.row(name, pdf, alike=False)


def later(sealed: bytes, roots: tuple[bytes, ...]) -> Iterator[Example]:
    """By somebody without any key, whose time stamp covers the whole file."""
    table = Table("later revision", roots, "later")
    yield table.row(
        "a time stamp in its place", stamped_later(sealed, later_revisions.nothing), unrooted=TRIAL
    )
    for year in (1999, 2049):
        at = datetime(year, 6, 18, tzinfo=UTC)
        yield table.row(f"a time stamp of {year}", stamped_later(sealed, later_revisions.nothing, at=at))
    for name, (change, field) in later_revisions.FORGED.items():
        stumbles = name == "a spare field with Kids"  # each reader in its own words
        verdict = UNREADABLE if stumbles else NOT_GENUINE
        yield table.row(name, stamped_later(sealed, change, field), verdict, alike=not stumbles)


def painted(honest: Unsealed, sealed: bytes) -> Iterator[Example]:
    """By somebody with the key: the attachments are honest, the pages or what is said beside them are not."""
    table = Table("pages", tuple(honest.sealer.roots), "pages")
    for name, change in {**forged_pages.PAINTED, **forged_pages.PRINTED, **forged_pages.SAID}.items():
        yield table.row(name, forged_pages.forge(honest, change), original=sealed)


def annexes(folder: Path) -> Iterator[Example]:
    honest = an_annex(folder / "annex")
    table = Table("annex", tuple(honest.sealer.roots), "annex")
    yield Example("honest", "annex", honest.seal(), TRIAL, table.roots)
    for name, change in forgeries.ANNEX.items():
        yield table.row(name, honest.forge_json(ANNEX, change))


def stamped(folder: Path) -> Iterator[Example]:
    """Under a trust service with an authority for time stamps."""
    with archived(folder / "pki") as (sealer, unsealed):
        table = Table("time stamps", tuple(sealer.roots), "time stamps")
        sealed = unsealed.seal()
        renewed = sealer.renew(sealed)
        token = bytearray(unsealed.attachment(STAMP))
        token[-9] ^= 1
        nothing_said = unsealed.forge({STAMP: None})
        yield table.row("none on the head", nothing_said, unrooted=NOT_GENUINE, original=sealed)
        yield table.row("no token", unsealed.forge({STAMP: b"x"}))
        yield table.row("a wrong token", unsealed.forge({STAMP: bytes(token)}))
        good = {"verdict": GENUINE, "unrooted": ISSUER_UNCHECKED}
        yield Example("honest", "time stamps", sealed, roots=table.roots, **good)
        yield table.row("renewed", renewed, **good)
        yield table.row("renewed beyond the spare fields", sealer.renew(sealer.renew(renewed)), **good)
        stripped = stamped_later(damages.to_the_seal(renewed), later_revisions.nothing)
        yield table.row("a foreign one on the bare seal", stripped, unrooted=ISSUER_UNCHECKED)
        for name, damage in damages.WHOLE.items():
            if name not in damages.OF_THE_VALUE:
                yield table.row(name, damage(renewed))


def signed_copies(folder: Path) -> Iterator[Example]:
    honest = copies.with_signed_copies(folder / "copies")
    table = Table("copies", tuple(honest.file.sealer.roots), "copies")
    yield Example("honest", "copies", honest.file.seal(), TRIAL, table.roots)
    for name, pdf in copies.bad_copies(honest):
        yield table.row(name, pdf)
    for name, pdf in (*copies.odd_copies(honest), *copies.issued_copies(honest, folder / "issuer")):
        yield table.row(name, pdf)


def strangers(honest: Unsealed, folder: Path) -> Iterator[Example]:
    table = Table("stranger", tuple(honest.sealer.roots))
    yield table.row("not sealed yet", honest.pdf)
    for name, data in {"nothing": b"", "a letter": b"Guten Tag", "a head": b"%PDF-1.7\n"}.items():
        yield table.row(f"no PDF: {name}", data, UNREADABLE)
    folder.mkdir()
    for name, (data, verdict) in {**plain_files(), **pdf_files(folder)}.items():
        yield table.row(f"stranger: {name}", data, verdict)
