"""The archivist's guide: its commands run as they stand in it, and find what was changed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from server.documents.archive_guide import commands
from server.documents.read_back import read_attachments
from server.domain.sign_offs import Level
from server.storage.final_documents import FinalDocument
from tests.actions.world import World
from tests.signing.authenticator import EDDSA, ES256, RS256

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
        ["sh", "-eu"], input=step + "\n", cwd=folder, capture_output=True, text=True, timeout=30, check=False
    )


@pytest.fixture
def sealed(world: World) -> FinalDocument:
    world.freeze()
    world.sign_with_passkey("doris")
    world.confirm("gustav", *world.send_code("gustav"))
    return world.seal()


def test_every_command_of_the_guide_succeeds(sealed: FinalDocument, tmp_path: Path, world: World) -> None:
    steps = by_hand(sealed.pdf, tmp_path)
    assert [(s.returncode, s.stderr) for s in steps if s.returncode] == []
    assert len(steps) == 6
    assert f"von {len(sealed.pdf)}" in steps[SEAL].stdout
    assert "Signature is Valid." in steps[SEAL].stdout
    assert "Total document signed" in steps[SEAL].stdout
    assert world.revision.digest in steps[TEXT].stdout
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


def test_a_changed_byte_breaks_the_seal_by_hand(sealed: FinalDocument, tmp_path: Path) -> None:
    by_hand(sealed.pdf, tmp_path)
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
    sealed: FinalDocument, tmp_path: Path, name: str, old: bytes, new: bytes, failing: set[int]
) -> None:
    by_hand(sealed.pdf, tmp_path)
    path = tmp_path / "anlagen" / name
    assert old in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(old, new))
    steps = commands((tmp_path / "anlagen" / "LIESMICH.txt").read_text(encoding="utf-8"))
    assert {place for place in range(TEXT, len(steps)) if run(steps[place], tmp_path).returncode} == failing


def test_the_guide_names_every_attachment_and_fits_a_terminal(sealed: FinalDocument) -> None:
    attached = read_attachments(sealed.pdf)
    guide = attached["LIESMICH.txt"].decode()
    assert [name for name in attached if f"  {name} " not in guide] == []
    assert "{{" not in guide
    prose = guide.split("~~~\n")[::2]
    assert max(len(line) for part in prose for line in part.splitlines()) <= 80
    assert [level for level in Level if level.value not in guide] == []
