"""The one table of forgery classes: files good and bad, made anew, each with the verdict that it must get."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import Any

from server.domain.canonical import canonical_bytes
from server.domain.release.verification import Verdict
from server.signing.seal.seal import Sealer
from tests.browser_check import (
    advance_copies,
    copies,
    damages,
    forged_logs,
    forgeries,
    fuller_values,
    kept,
    later_revisions,
    odd_files,
    raw_revisions,
    strange_revisions,
)
from tests.browser_check.later_revisions import stamped as stamped_later
from tests.browser_check.openssl_authority import openssl_authority
from tests.browser_check.sealed_files import (
    AUTHORITY_KEYS,
    Unsealed,
    an_addendum,
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
ADDENDUM, IMPRINT = "mitteilung.json", "dokument.json"


NOT_GENUINE, TRIAL, GENUINE = Verdict.NOT_GENUINE, Verdict.TRIAL, Verdict.GENUINE
ISSUER_UNCHECKED, FOREIGN, UNREADABLE = Verdict.ISSUER_UNCHECKED, Verdict.FOREIGN, Verdict.UNREADABLE
DEMO = "demo"


@dataclass(frozen=True)
class Example:
    """One row of the table of forgery classes, and of what is like them and no forgery.

    `kind`: its class. `make`: gives the file; where an authority stamps it, only while that runs.
    `verdict`: of whoever trusts `roots` (DER) and makes the pages again. `unrooted`: of whoever trusts
    nobody, where that is another. `original`: the file that was sealed instead, where only the pages are
    forged, so that a reader of the structure alone finds nothing. `alike`: both verifiers give the same
    findings, not only the same verdict.
    """

    kind: str
    name: str
    make: Callable[[], bytes]
    verdict: Verdict
    roots: tuple[bytes, ...] = ()
    unrooted: Verdict | None = None
    original: bytes | None = None
    alike: bool = True

    @cached_property
    def pdf(self) -> bytes:
        return self.make()

    def made(self) -> Example:
        """With its file."""
        return replace(self, make=partial(bytes, self.pdf))

    @property
    def without_roots(self) -> Verdict:
        return self.unrooted or self.verdict


@dataclass(frozen=True)
class Table:
    """Rows about files of one sealer. Most are refused by everybody."""

    kind: str
    roots: tuple[bytes, ...]
    prefix: str = ""

    def row(
        self, name: str, make: Callable[[], bytes], verdict: Verdict = NOT_GENUINE, **more: Any
    ) -> Example:
        whole = f"{self.prefix}: {name}" if self.prefix else name
        return Example(self.kind, whole, make, verdict, self.roots, **more)


def examples(folder: Path, every: int = 1) -> Iterator[Example]:
    """The table, from documents that are sealed anew; of each class the first row and each `every`th behind.

    All that is honest is there, but for the demo, which is large and belongs to the whole table."""
    seen: Counter[str] = Counter()
    for example in rows(folder):
        wanted = seen[example.kind] % every == 0 or example.kind == "honest"
        seen[example.kind] += 1
        if every == 1 or (wanted and example.name != DEMO):
            yield example.made()


def rows(folder: Path) -> Iterator[Example]:
    """Every row. A file is to be made before the next row is asked for."""
    honest = with_a_passkey_and_a_code(folder / "honest")
    sealed, roots = honest.seal(), tuple(honest.sealer.roots)
    yield from good(folder, honest, sealed)
    yield from forged(honest, sealed)
    yield from own_seals(honest, folder)
    yield from damaged(sealed, roots)
    yield from later(sealed, roots)
    yield from painted(honest, sealed)
    yield from annexes(folder)
    yield from addenda(folder)
    yield from stamped(folder)
    yield from signed_copies(folder)
    yield from copies_for_newsrooms(honest, sealed)
    yield from strangers(honest, folder / "stranger")


def good(folder: Path, honest: Unsealed, sealed: bytes) -> Iterator[Example]:
    table = Table("honest", tuple(honest.sealer.roots))
    yield Example("honest", DEMO, partial(demo, folder / "demo.pdf"), TRIAL)
    other = with_other_algorithms(folder / "algorithms")
    yield Example("honest", "other algorithms", other.seal, TRIAL, tuple(other.sealer.roots))
    yield table.row("honest", partial(bytes, sealed), TRIAL)


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
        yield evidence.row(name, partial(honest.forge_json, EVIDENCE, change))
    for name, change in forgeries.LOG.items():
        yield log.row(name, partial(honest.forge_json, LOG, change))
    for name, change in forgeries.HEAD.items():
        yield head.row(name, partial(honest.forge_json, HEAD, change))
    for name, rewrite in forged_logs.ENTRIES.items():
        yield log.row(name, partial(forged_logs.retold, honest, rewrite))
    for name, change in forged_logs.PROOFS.items():
        yield log.row(name, partial(forged_logs.retold, honest, canonical_bytes, change))
    yield log.row("a size that is true", partial(forged_logs.of_one_entry, honest, 1, size=True))
    yield log.row("more entries than may be", partial(forged_logs.of_one_entry, honest, 10_001))
    elsewhere = partial(forged_logs.of_another_declaration, honest)
    yield log.row("the sign-offs of another declaration", elsewhere)
    unlogged = partial(honest.forge_json, LOG, forgeries.without("declaration:sign_off:give"))
    yield log.row("without sign-offs", unlogged)
    # its absence is a limit, so only the pages, whose seal has no picture, show that nobody of ours sealed it
    bare = partial(honest.forge_json, LOG, forgeries.without("account:passkey:register"))
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
        yield other.row(name, partial(honest.forge, attachments))


def own_seals(honest: Unsealed, folder: Path) -> Iterator[Example]:
    """By a certificate that anybody can make. Whoever trusts nobody cannot tell it from any other."""
    (folder / "thief").mkdir()
    thief = replace(honest.sealer, key=local_key(folder / "thief"))
    stolen = Table("own seal", tuple(honest.sealer.roots))
    yield stolen.row("sealed by somebody else", replace(honest, sealer=thief).seal, unrooted=TRIAL)
    yield stolen.row("made up altogether", partial(made_up, folder / "made-up", thief), unrooted=TRIAL)


def made_up(folder: Path, thief: Sealer) -> bytes:
    return replace(with_a_passkey_and_a_code(folder), sealer=thief).seal()


def damaged(sealed: bytes, roots: tuple[bytes, ...]) -> Iterator[Example]:
    table = Table("bytes", roots, "damage")
    for name, damage in damages.WHOLE.items():
        yield table.row(name, partial(damage, sealed))
    for name, damage in damages.RAW.items():
        # half a file names no table of objects, so nothing in it can be read
        unread = ("half", "a line before", "an encryption in its trailer")
        verdict = UNREADABLE if name in unread else NOT_GENUINE
        yield table.row(name, partial(damage, sealed), verdict)
    for name, pdf in damages.flips(sealed):
        yield table.row(name, partial(bytes, pdf), alike=False)


def later(sealed: bytes, roots: tuple[bytes, ...]) -> Iterator[Example]:
    """By somebody without any key, whose time stamp covers the whole file."""
    table = Table("later revision", roots, "later")
    nothing = later_revisions.nothing
    yield table.row("a time stamp in its place", partial(stamped_later, sealed, nothing), unrooted=TRIAL)
    for year in (1999, 2049):
        at = datetime(year, 6, 18, tzinfo=UTC)
        yield table.row(f"a time stamp of {year}", partial(stamped_later, sealed, nothing, at=at))
    for name, (change, field) in later_revisions.FORGED.items():
        # its Kids are none, and no reader walks through such a form
        verdict = UNREADABLE if name == "a spare field with Kids" else NOT_GENUINE
        yield table.row(name, partial(stamped_later, sealed, change, field), verdict)
    for as_stream in (False, True):
        by_hand = partial(raw_revisions.plain, sealed, as_stream=as_stream)
        yield table.row(f"a time stamp by hand, {as_stream=}", by_hand, unrooted=TRIAL)
    for name, write in raw_revisions.revisions(sealed).items():
        yield table.row(name, write, UNREADABLE if name in raw_revisions.UNREAD else NOT_GENUINE)
    yield from strange(table, sealed)


UNREAD = {
    "attachments named in another order",
    "a field twice in the form",
    "more validation data than may be",
}
"""What no reader walks through."""
IN_OTHER_WORDS = {"validation data that are a page's", "another seal"}
"""The server's reader stumbles over what the browser only compares, or the other way round."""


def strange(table: Table, sealed: bytes) -> Iterator[Example]:
    for name, (change, field) in strange_revisions.strange().items():
        verdict = UNREADABLE if name in UNREAD else NOT_GENUINE
        make = partial(stamped_later, sealed, change, field)
        yield table.row(name, make, verdict, alike=name not in IN_OTHER_WORDS)
    for name, write in strange_revisions.by_hand(sealed).items():
        yield table.row(name, write, alike=name not in IN_OTHER_WORDS)


def painted(honest: Unsealed, sealed: bytes) -> Iterator[Example]:
    """By somebody with the key: the attachments are honest, the pages or what is said beside them are not."""
    table = Table("pages", tuple(honest.sealer.roots), "pages")
    for name, change in {**forged_pages.PAINTED, **forged_pages.PRINTED, **forged_pages.SAID}.items():
        yield table.row(name, partial(forged_pages.forge, honest, change), original=sealed)
    for name, hide in forged_pages.HIDDEN.items():
        # only the first one is written as a document of ours may be
        known = sealed if hide is forged_pages.hidden_behind_the_objects else None
        yield table.row(name, replace(honest, pdf=hide(honest.pdf)).seal, original=known)
    yield from odd(table, honest, sealed)


def odd(table: Table, honest: Unsealed, sealed: bytes) -> Iterator[Example]:
    for name, change in {**odd_files.SAID, **odd_files.NAMED}.items():
        yield table.row(name, partial(forged_pages.forge, honest, change), original=sealed)
    nameless = partial(forged_pages.forge, honest, odd_files.NAMELESS)
    yield table.row("a name with nothing behind it", nameless)
    for name, write in odd_files.WRITTEN.items():
        yield table.row(name, replace(honest, pdf=write(honest.pdf)).seal)


def annexes(folder: Path) -> Iterator[Example]:
    honest = an_annex(folder / "annex")
    table = Table("annex", tuple(honest.sealer.roots), "annex")
    sealed = honest.seal()
    yield Example("honest", "annex", partial(bytes, sealed), TRIAL, table.roots)
    for name, change in forgeries.ANNEX.items():
        yield table.row(name, partial(honest.forge_json, ANNEX, change))
    for name, change in forgeries.ANNEX_FACTS.items():
        yield table.row(name, partial(honest.forge_json, ANNEX, change), original=sealed)
    yield table.row("that is none any more", partial(honest.forge, {ANNEX: None}), original=sealed)
    yield from repainted(table, honest, sealed)


def addenda(folder: Path) -> Iterator[Example]:
    """What is said afterwards has no evidence but its seal."""
    honest = an_addendum(folder / "addendum")
    sealed, table = honest.seal(), Table("addendum", tuple(honest.sealer.roots), "addendum")
    yield Example("honest", "addendum", partial(bytes, sealed), TRIAL, table.roots)
    for name, change in forgeries.ADDENDUM_FACTS.items():
        yield table.row(name, partial(honest.forge_json, ADDENDUM, change), original=sealed)
    for name, change in forgeries.ADDENDUM_FORM.items():
        yield table.row(name, partial(honest.forge_json, ADDENDUM, change))
    yield table.row("no imprint", partial(honest.forge, {IMPRINT: None}))
    yield from repainted(table, honest, sealed)


def repainted(table: Table, honest: Unsealed, sealed: bytes) -> Iterator[Example]:
    for name in ("an artifact over a clause", "white letters", "other glyphs"):
        change = forged_pages.PAINTED[name]
        yield table.row(name, partial(forged_pages.forge, honest, change), original=sealed)


def stamped(folder: Path) -> Iterator[Example]:
    """Under a trust service with an authority for time stamps."""
    with archived(folder / "pki") as (sealer, unsealed):
        table = Table("time stamps", tuple(sealer.roots), "time stamps")
        sealed = unsealed.seal()
        renewed = sealer.renew(sealed)
        token = bytearray(unsealed.attachment(STAMP))
        token[-9] ^= 1
        bare = partial(unsealed.forge, {STAMP: None})
        yield table.row("none on the head", bare, unrooted=NOT_GENUINE, original=sealed)
        yield table.row("no token", partial(unsealed.forge, {STAMP: b"x"}))
        yield table.row("a wrong token", partial(unsealed.forge, {STAMP: bytes(token)}))
        good = {"verdict": GENUINE, "unrooted": ISSUER_UNCHECKED}
        yield Example("honest", "time stamps", partial(bytes, sealed), roots=table.roots, **good)
        kept_roots = (kept.ROOT.read_bytes(),)
        yield Example("honest", "stamped by Bouncy Castle", kept.STAMPED.read_bytes, roots=kept_roots, **good)
        yield from ordinary(folder, sealer, unsealed, good)
        yield table.row("renewed", partial(bytes, renewed), **good)
        beyond = partial(repeated, sealer.renew, renewed)
        yield table.row("renewed beyond the spare fields", beyond, **good)
        base = damages.to_the_seal(renewed)
        for name, fill in fuller_values.FULLER.items():
            yield table.row(name, partial(fuller_values.filled, base, fill))
        stripped = partial(stamped_later, base, later_revisions.nothing)
        yield table.row("a foreign one on the bare seal", stripped, unrooted=ISSUER_UNCHECKED)
        for name, damage in damages.WHOLE.items():
            if name not in damages.OF_THE_VALUE:
                yield table.row(name, partial(damage, renewed))


def ordinary(folder: Path, sealer: Sealer, honest: Unsealed, good: dict[str, Verdict]) -> Iterator[Example]:
    """Stamped by the same authority's key with other software."""
    packed, root = (folder / "pki" / AUTHORITY_KEYS).read_bytes(), sealer.trust_roots[0]
    for algorithm in ("sha1", "sha256"):
        place = folder / f"openssl-{algorithm}"
        with openssl_authority(place, packed, root, algorithm) as authority:
            other = replace(honest, sealer=replace(sealer, authorities=[authority]))
            name = f"stamped by openssl, {algorithm}"
            yield Example("honest", name, partial(bytes, other.seal()), roots=tuple(sealer.roots), **good)


def repeated(renew: Callable[[bytes], bytes], pdf: bytes) -> bytes:
    return renew(renew(pdf))


def signed_copies(folder: Path) -> Iterator[Example]:
    honest = copies.with_signed_copies(folder / "copies")
    table = Table("copies", tuple(honest.file.sealer.roots), "copies")
    yield Example("honest", "copies", honest.file.seal, TRIAL, table.roots)
    for name, make in copies.bad_copies(honest):
        yield table.row(name, make)
    for name, make in chain(copies.odd_copies(honest), copies.issued_copies(honest, folder / "issuer")):
        yield table.row(name, make)


def copies_for_newsrooms(honest: Unsealed, sealed: bytes) -> Iterator[Example]:
    """They call themselves what they are, and nothing makes more of them."""
    table = Table("copies for newsrooms", tuple(honest.sealer.roots), "advance copy")
    yield table.row("as it is", partial(advance_copies.copy, sealed), FOREIGN)
    yield table.row("without its mark", partial(advance_copies.unmarked, sealed), FOREIGN)
    yield table.row("with the evidence put back", partial(advance_copies.with_evidence, sealed))
    yield table.row("with a field for a seal", partial(advance_copies.with_a_field, sealed))
    called = partial(stamped_later, sealed, later_revisions.call_it_a_copy)
    yield table.row("the document called one", called)


def strangers(honest: Unsealed, folder: Path) -> Iterator[Example]:
    table = Table("stranger", tuple(honest.sealer.roots))
    yield table.row("not sealed yet", partial(bytes, honest.pdf))
    for name, data in {"nothing": b"", "a letter": b"Guten Tag", "a head": b"%PDF-1.7\n"}.items():
        yield table.row(f"no PDF: {name}", partial(bytes, data), UNREADABLE)
    folder.mkdir()
    for name, (data, verdict) in {**plain_files(), **pdf_files(folder)}.items():
        yield table.row(f"stranger: {name}", partial(bytes, data), verdict)
