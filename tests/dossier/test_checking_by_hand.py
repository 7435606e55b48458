"""The archivist's guide: its commands run as they stand in it, and find what was changed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from server.documents.archive_guide import commands
from server.documents.reading.attachments import read_attachments
from server.domain.sign_offs.statements import Level
from tests.signing.authenticator import EDDSA, ES256, RS256
from tests.signing.copies import homemade, sign_copy
from tests.world import World

pytestmark = pytest.mark.skipif(
    not all(shutil.which(tool) for tool in ("openssl", "pdfdetach", "pdfsig", "sha256sum")),
    reason="openssl, poppler-utils or coreutils are not installed",
)
DETACH, SEAL, TEXT, STATEMENTS, PASSKEYS, LOG = range(6)


def by_hand(pdf: bytes, folder: Path) -> list[subprocess.CompletedProcess[str]]:
    """Each step of the guide inside the document, done in the order of the guide."""
    (folder / "dokument.pdf").write_bytes(pdf)
    guide = read_attachments(pdf)["LIESMICH.txt"].decode()
    return [run(step, folder) for step in commands(guide)]


def run(step: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-eu"], input=step + "\n", cwd=folder, capture_output=True, text=True, check=False
    )


@dataclass(frozen=True)
class Sealed:
    pdf: bytes
    digest: str
    """Of its text, as it is stored."""


Unpack = Callable[[Sealed, Path], object]


@pytest.fixture(scope="module")
def unpack(tmp_path_factory: pytest.TempPathFactory) -> Unpack:
    """Puts into a folder what lies there after all steps, which are done once for each document."""

    @cache
    def done(sealed: Sealed) -> Path:
        folder = tmp_path_factory.mktemp("by-hand")
        by_hand(sealed.pdf, folder)
        return folder

    return lambda sealed, folder: shutil.copytree(done(sealed), folder, dirs_exist_ok=True)


@contextmanager
def fixed(factory: pytest.TempPathFactory) -> Iterator[World]:
    world = World(factory.mktemp("sealed"))
    world.freeze()
    yield world
    world.close()


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    with fixed(tmp_path_factory) as world:
        world.sign_with_passkey("doris")
        world.confirm("gustav", *world.send_code("gustav"))
        return Sealed(world.seal().pdf, world.revision.digest)


def test_every_command_of_the_guide_succeeds(sealed: Sealed, tmp_path: Path) -> None:
    steps = by_hand(sealed.pdf, tmp_path)
    assert [(s.returncode, s.stderr) for s in steps if s.returncode] == []
    assert len(steps) == 6
    assert f"von {len(sealed.pdf)}" in steps[SEAL].stdout
    assert "Signature is Valid." in steps[SEAL].stdout
    assert "Total document signed" in steps[SEAL].stdout
    assert sealed.digest in steps[TEXT].stdout
    assert "Offenburg | Doris | signs | passkey" in steps[STATEMENTS].stdout
    assert "Lahr/Schwarzwald | Gustav | signs | email_code" in steps[STATEMENTS].stdout
    assert steps[PASSKEYS].stdout.split() == ["Verified", "OK"]
    assert "Jede Mitzeichnung steht im Protokoll" in steps[LOG].stdout


@pytest.mark.parametrize("algorithm", [ES256, EDDSA, RS256])
def test_passkeys_of_every_kind_are_checked(world: World, tmp_path: Path, algorithm: int) -> None:
    world.freeze()
    world.authenticator("doris", algorithm)
    world.sign_with_passkey("doris")
    step = by_hand(world.seal().pdf, tmp_path)[PASSKEYS]
    assert (step.returncode, step.stdout.count("erified")) == (0, 1)


def test_a_document_without_passkeys_can_be_checked_too(world: World, tmp_path: Path) -> None:
    world.freeze()
    world.confirm("gustav", *world.send_code("gustav"))
    assert {step.returncode for step in by_hand(world.seal().pdf, tmp_path)} == {0}


def test_a_changed_byte_breaks_the_seal_by_hand(sealed: Sealed, unpack: Unpack, tmp_path: Path) -> None:
    unpack(sealed, tmp_path)
    step = commands(read_attachments(sealed.pdf)["LIESMICH.txt"].decode())[SEAL]
    (tmp_path / "dokument.pdf").write_bytes(sealed.pdf.replace(b"%PDF-1.7", b"%PDF-1.6", 1))
    assert run(step, tmp_path).returncode != 0


@pytest.mark.parametrize(
    ("name", "old", "new", "failing"),
    [
        ("erklaerung.json", b"gemeinsam", b"getrennt!", {TEXT, STATEMENTS}),
        ("nachweise.json", b"Doris", b"Denis", {PASSKEYS, LOG}),
        ("nachweise.json", b'answer\\":\\"signs', b'answer\\":\\"sings', {PASSKEYS, LOG}),
        ("protokoll.json", b"passkey", b"paszkey", {LOG}),
        ("protokoll-kopf.json", b'"size":', b'"size":1', {LOG}),
    ],
)
def test_a_changed_attachment_is_found_out_by_hand(
    sealed: Sealed, unpack: Unpack, tmp_path: Path, name: str, old: bytes, new: bytes, failing: set[int]
) -> None:
    unpack(sealed, tmp_path)
    path = tmp_path / "anlagen" / name
    assert old in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(old, new))
    steps = commands((tmp_path / "anlagen" / "LIESMICH.txt").read_text(encoding="utf-8"))
    assert {place for place in range(TEXT, len(steps)) if run(steps[place], tmp_path).returncode} == failing


def test_the_guide_names_every_attachment_and_fits_a_terminal(sealed: Sealed) -> None:
    attached = read_attachments(sealed.pdf)
    guide = attached["LIESMICH.txt"].decode()
    assert [name for name in attached if f"  {name} " not in guide] == []
    assert "{{" not in guide
    prose = guide.split("~~~\n")[::2]
    assert max(len(line) for part in prose for line in part.splitlines()) <= 84
    assert [level for level in Level if level.value not in guide] == []


@pytest.fixture(scope="module")
def with_a_copy(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    with fixed(tmp_path_factory) as world:
        world.sign_copy("doris", lambda copy: sign_copy(copy, homemade("Doris Beispiel")))
        world.sign_copy("gustav", lambda copy: sign_copy(copy, homemade("Gustav Beispiel", rsa=True)))
        return Sealed(world.seal().pdf, world.revision.digest)


UNPACK, COPIES = PASSKEYS + 1, PASSKEYS + 2


def test_signed_copies_are_checked_with_openssl(with_a_copy: Sealed, tmp_path: Path) -> None:
    steps = by_hand(with_a_copy.pdf, tmp_path)
    assert [(s.returncode, s.stderr) for s in steps if s.returncode] == []
    assert len(steps) == 8
    assert f"von {len(with_a_copy.pdf)}" in steps[SEAL].stdout
    assert "unterschrift-08317096.pdf | Doris Beispiel | Doris Beispiel" in steps[UNPACK].stdout
    assert "subject=CN = Doris Beispiel" in steps[COPIES].stdout
    assert steps[COPIES].stdout.count("Signature is Valid.") == 2
    assert steps[COPIES].stderr.count("CMS Verification successful") == 2


@pytest.mark.parametrize("place", [100, -100, -30_000])
def test_a_changed_copy_is_found_out_by_hand(
    with_a_copy: Sealed, unpack: Unpack, tmp_path: Path, place: int
) -> None:
    unpack(with_a_copy, tmp_path)
    path = tmp_path / "anlagen" / "unterschrift-08317096.pdf"
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    steps = commands((tmp_path / "anlagen" / "LIESMICH.txt").read_text(encoding="utf-8"))
    assert run(steps[UNPACK], tmp_path).returncode != 0


def test_a_copy_that_another_key_signed_is_found_out_by_openssl(
    with_a_copy: Sealed, unpack: Unpack, tmp_path: Path
) -> None:
    unpack(with_a_copy, tmp_path)
    one, other = (tmp_path / "ausfertigungen" / f"unterschrift-{ags}" for ags in ("08317096", "08317065"))
    (one / "signatur.der").write_bytes((other / "signatur.der").read_bytes())
    steps = commands((tmp_path / "anlagen" / "LIESMICH.txt").read_text(encoding="utf-8"))
    assert run(steps[COPIES], tmp_path).returncode != 0


def test_a_copy_about_something_else_is_found_out_by_hand(
    with_a_copy: Sealed, unpack: Unpack, tmp_path: Path
) -> None:
    unpack(with_a_copy, tmp_path)
    (tmp_path / "ausfertigungen" / "unterschrift-08317096" / "aussage.json").write_bytes(b"{}")
    steps = commands((tmp_path / "anlagen" / "LIESMICH.txt").read_text(encoding="utf-8"))
    assert run(steps[COPIES], tmp_path).returncode != 0


def test_the_guide_with_copies_names_them_and_fits_a_terminal(with_a_copy: Sealed) -> None:
    test_the_guide_names_every_attachment_and_fits_a_terminal(with_a_copy)
