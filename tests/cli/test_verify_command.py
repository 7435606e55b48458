"""`verify` tells scripts its verdict by the exit code, and people in their language."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from server.cli import verify as command
from server.cli.main import main
from server.cli.verify import EXIT_CODES, MISUSED, spoken
from server.domain.release.verification import Verdict
from tests.browser_check.sealed_files import a_world, archived, unsealed
from tests.checks_within import ChecksWithin
from tests.dossier.foreign_files import encrypted, letter, pdf_files, plain_files

Sealed = Mapping[str, Path]


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    """Sealed under a trusted issuer, with its root beside it, and by a test certificate."""
    folder = tmp_path_factory.mktemp("files")
    made: dict[str, Path] = {name: folder / name for name in ("trusted.pdf", "root.pem", "trial.pdf")}
    with archived(folder / "pki") as (sealer, file):
        made["trusted.pdf"].write_bytes(file.seal())
        root = x509.load_der_x509_certificate(sealer.roots[0])
        made["root.pem"].write_bytes(root.public_bytes(Encoding.PEM))
    with a_world(folder / "world") as world:
        world.freeze()
        world.sign_with_passkey("doris")
        made["trial.pdf"].write_bytes(unsealed(world).seal())
    return made


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a process for each file, whose imports take longer than the rest."""
    monkeypatch.setattr(command, "ChecksApart", ChecksWithin)


def test_zero_is_for_what_is_genuine_only() -> None:
    assert EXIT_CODES == {
        Verdict.GENUINE: 0,
        Verdict.NOT_GENUINE: 1,
        Verdict.ISSUER_UNCHECKED: 2,
        Verdict.TRIAL: 3,
        Verdict.FOREIGN: 4,
        Verdict.UNREADABLE: 5,
    }


def test_without_roots_nobody_is_vouched_for(sealed: Sealed, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(sealed["trusted.pdf"]), "--lang", "en"]) == 2
    assert capsys.readouterr().out.startswith("UNCHANGED, ISSUER NOT CHECKED\n")


@pytest.mark.usefixtures("quick")
def test_with_the_issuer_s_root_it_is_genuine(sealed: Sealed, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["verify", str(sealed["trusted.pdf"]), "--trust", str(sealed["root.pem"]), "--lang", "en"]
    assert main(call) == 0
    assert capsys.readouterr().out.startswith("GENUINE AND UNCHANGED\n")


@pytest.mark.usefixtures("quick")
def test_whose_seal_it_should_be_can_be_said(sealed: Sealed, capsys: pytest.CaptureFixture[str]) -> None:
    """The authority vouches for all its customers, and each of them can make such a file."""
    file, trust = str(sealed["trusted.pdf"]), ["--trust", str(sealed["root.pem"]), "--lang", "de"]
    assert main(["verify", file, *trust, "--holder", "Siegel Regionalbüro, Regionalbüro Ortenau"]) == 0
    assert "Siegel stammt von der erwarteten Stelle" in capsys.readouterr().out
    assert main(["verify", file, *trust, "--holder", "Amt am Bach"]) == 1
    assert "Gesiegelt hat eine andere Stelle als erwartet" in capsys.readouterr().out
    assert main(["verify", file, "--holder", "Amt am Bach"]) == MISUSED


@pytest.mark.usefixtures("quick")
def test_a_test_certificate_makes_a_trial(sealed: Sealed) -> None:
    assert main(["verify", str(sealed["trial.pdf"])]) == 3


@pytest.mark.usefixtures("quick")
def test_a_root_that_does_not_vouch_for_the_seal_makes_it_not_genuine(sealed: Sealed) -> None:
    assert main(["verify", str(sealed["trial.pdf"]), "--trust", str(sealed["root.pem"])]) == 1


@pytest.mark.usefixtures("quick")
def test_a_changed_file_is_named_as_changed(
    sealed: Sealed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = bytearray(sealed["trial.pdf"].read_bytes())
    data[data.index(b"/Location (") + len("/Location (")] ^= 1
    file = tmp_path / "anders.pdf"
    file.write_bytes(data)
    assert main(["verify", str(file), "--lang", "de"]) == 1
    told = capsys.readouterr().out
    assert told.startswith("NICHT ECHT\n")
    assert "  - Nach der Ausfertigung verändert  [seal.intact]" in told
    assert told.index("Was nicht stimmt:") < told.index("Was bewiesen ist:")


def test_a_file_that_is_not_there_is_said_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in (tmp_path / "nirgends.pdf", tmp_path):
        assert main(["verify", str(path)]) == 5
        told = capsys.readouterr()
        assert told.out == ""
        assert told.err.startswith(f"Cannot read {path}: ")


def test_roots_that_are_none_are_said_in_a_sentence(
    sealed: Sealed, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["verify", str(sealed["trial.pdf"]), "--trust", str(sealed["trial.pdf"])]
    assert main(call) == 64
    assert "holds no PEM certificates." in capsys.readouterr().err


@pytest.mark.parametrize(
    "call",
    [["verify"], ["verify", "a.pdf", "b.pdf"], ["verify", "a.pdf", "--trust"], ["verify", "-x", "a.pdf"]],
)
def test_a_wrong_call_is_no_verdict(call: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(call)
    assert end.value.code == MISUSED == 64
    assert MISUSED not in EXIT_CODES.values()
    assert "usage: python -m server" in capsys.readouterr().err


def test_roots_that_are_not_there_are_a_wrong_call(sealed: Sealed, tmp_path: Path) -> None:
    assert main(["verify", str(sealed["trial.pdf"]), "--trust", str(tmp_path / "nirgends.pem")]) == MISUSED


@pytest.mark.usefixtures("quick")
def test_the_json_carries_verdict_file_and_time(sealed: Sealed, capsys: pytest.CaptureFixture[str]) -> None:
    file = sealed["trial.pdf"]
    assert main(["verify", str(file), "--json"]) == 3
    report = json.loads(capsys.readouterr().out)
    data = file.read_bytes()
    assert report["verdict"] == "trial"
    assert report["file"]["digest"] == hashlib.sha256(data).hexdigest()
    assert (report["file"]["name"], report["file"]["size"]) == ("trial.pdf", len(data))
    assert report["seal"]["place"]
    assert report["seal"]["attested_by"] == ""


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "de_AT"}, "de"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE", "LC_MESSAGES": "en_GB"}, "en"),
        ({"LANG": "en_GB", "LC_ALL": "de_DE", "LC_MESSAGES": "fr_FR"}, "de"),
        ({"LANG": "de_DE", "LC_ALL": ""}, "de"),
    ],
)
def test_the_locale_decides_the_language(environment: dict[str, str], language: str) -> None:
    assert spoken(environment) == language


@pytest.mark.usefixtures("quick")
def test_the_german_report_holds_no_english(
    sealed: Sealed, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert main(["verify", str(sealed["trial.pdf"])]) == 3
    told = capsys.readouterr().out
    assert told.startswith("NUR EINE PROBE\n")
    for word in (" the ", " of ", " by ", " and ", "proven", "limited"):
        assert word not in told


def test_strangers_files_end_with_a_verdict_and_nothing_on_stderr(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = {
        "nothing", "a letter", "a file over the limit", "an archive that names itself a PDF",
        "an unsigned PDF", "a PDF that others signed", "a password for readers", "half a PDF",
        "what unpacks to much", "a tree of many ways", "a field named like our seal",
    }  # fmt: skip
    files = {**plain_files(), **pdf_files(tmp_path)}
    for name in sorted(names):
        data, verdict = files[name]
        file = tmp_path / "file.pdf"
        file.write_bytes(data)
        assert main(["verify", str(file)]) == EXIT_CODES[verdict], name
        told = capsys.readouterr()
        assert told.err == "", name
        assert "Traceback" not in told.out


@pytest.mark.usefixtures("quick")
def test_a_terminal_is_given_no_control_characters(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a\x1b[31mb.pdf"
    file.write_bytes(encrypted(letter()))
    assert main(["verify", str(file)]) == 5
    assert "\x1b" not in capsys.readouterr().out
