"""EVIDENCE.md says what the code does: names, fields, codes, verdicts."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from server.cli.verify import EXIT_CODES, MISUSED
from server.documents.model import Mark
from server.documents.reading.attachments import read_attachments
from server.domain.audit import Tag
from server.domain.people.mandates import MandateKind
from server.domain.people.municipalities import MunicipalityKind
from server.domain.release.accessions import ANNEX_FORMAT
from server.domain.release.addenda import ADDENDUM_FORMAT, AddendumKind
from server.domain.release.verification import FAILED_VERDICTS, Verdict
from server.domain.sign_offs.answers import Answer
from server.domain.sign_offs.statements import STATEMENT_FORMAT, Level
from server.domain.text.content import BLOCK_KINDS
from server.domain.text.content import FORMAT as CONTENT_FORMAT
from server.dossier import attachment_names
from server.dossier.imprint import FORMAT as DOCUMENT_FORMAT
from server.dossier.short_codes import _ALPHABET
from server.signing.checks import Check
from server.signing.evidence.bundle_reader import FORMAT as EVIDENCE_FORMAT
from server.signing.evidence.kinds.table import KINDS
from server.signing.evidence.log_proof import FORMAT as LOG_FORMAT
from server.signing.evidence.signed_copy import FIELD, copy_name
from server.signing.evidence.tree_head import FORMAT as HEAD_FORMAT
from server.signing.seal.signer import FIELD as SEAL_FIELD
from tests.browser_check.copies import with_signed_copies
from tests.browser_check.sealed_files import an_addendum, an_annex, with_a_passkey_and_a_code
from tests.project.pages import read, rows, section

PAGE = read("EVIDENCE.md")


def words(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def table(title: str, first: str) -> dict[str, list[str]]:
    """The rows of the table whose head begins so: code words of the first column, and of all that follow."""
    part = section(PAGE, title)
    block = part[part.index(f"| {first} |") :].split("\n\n")[0]
    found = re.findall(r"^\| `([^`]+)`.*?\|(.*)\|$", block, re.M)
    return {name: words(rest) for name, rest in found}


def test_every_attachment_is_named_with_its_media_type(tmp_path: Path) -> None:
    named = {name: said[0] for name, said in table("Attachments", "name").items()}
    constants = {value for name, value in vars(attachment_names).items() if name.endswith("_NAME")}
    assert set(named) == constants | {copy_name("AGS")}
    files = (
        with_a_passkey_and_a_code(tmp_path / "a"),
        an_annex(tmp_path / "b"),
        an_addendum(tmp_path / "d"),
        with_signed_copies(tmp_path / "c").file,
    )
    for file in files:
        for name, media in media_types(file.pdf).items():
            assert named[re.sub(r"\d{8}", "AGS", name)] == media, name


def media_types(pdf: bytes) -> dict[str, str]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return {str(item.F): str(item.EF.F.Subtype)[1:] for item in opened.Root.AF}


@pytest.mark.parametrize(
    "name",
    [
        CONTENT_FORMAT, STATEMENT_FORMAT, EVIDENCE_FORMAT, LOG_FORMAT, HEAD_FORMAT, DOCUMENT_FORMAT,
        ANNEX_FORMAT, ADDENDUM_FORMAT,
    ],
)  # fmt: skip
def test_every_format_has_its_section(name: str) -> None:
    assert any(name in line for line in PAGE.splitlines() if line.startswith("## "))


def test_the_members_of_a_sealed_file_are_those_of_the_tables(tmp_path: Path) -> None:
    attached = read_attachments(with_a_passkey_and_a_code(tmp_path / "world").pdf)
    package = json.loads(attached["nachweise.json"])
    assert set(package) == set(table("Evidence: `kraftakt-evidence/1`", "member"))
    statement = json.loads(package["sign_offs"][0]["statement"])
    said = table("Statements: `kraftakt-sign-off/1`", "member")
    assert set(statement) == set(said)
    for name in ("declaration", "revision", "municipality", "signatory"):
        assert set(statement[name]) <= set(said[name])
    log = json.loads(attached["protokoll.json"])
    assert set(log) == set(
        table("Log: `kraftakt-log/1`, `kraftakt-tree-head/1`", "member of `protokoll.json`")
    )
    content = json.loads(attached["erklaerung.json"])
    blocks = table("The text: `kraftakt-content/1`", "member of a block")
    assert {name for block in content["blocks"] for name in block} <= set(blocks)
    for name in json.loads(attached["protokoll-kopf.json"]):
        assert f'"{name}"' in section(PAGE, "Log: `kraftakt-log/1`, `kraftakt-tree-head/1`")
    for name in json.loads(attached["dokument.json"]):
        assert f'"{name}"' in section(PAGE, "Document: `kraftakt-document/1`")


def test_the_members_of_an_annex_are_named(tmp_path: Path) -> None:
    annex = json.loads(read_attachments(an_annex(tmp_path / "world").pdf)["beitritt.json"])
    part = section(PAGE, "Annex: `kraftakt-annex/1`")
    assert [name for name in _members(annex) if f'"{name}"' not in part] == []


def _members(value: Any) -> Iterable[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from _members(inner)


def test_the_members_of_an_addendum_are_named(tmp_path: Path) -> None:
    addendum = json.loads(read_attachments(an_addendum(tmp_path / "world").pdf)["mitteilung.json"])
    part = section(PAGE, "Addendum: `kraftakt-addendum/1`")
    assert [name for name in _members(addendum) if f'"{name}"' not in part] == []
    assert [kind for kind in AddendumKind if f"`{kind}`" not in part] == []


def test_every_kind_of_evidence_has_its_fields() -> None:
    said = table("Evidence: `kraftakt-evidence/1`", "level")
    assert {level: set(fields) for level, fields in said.items()} == {
        level.value: set(kind.fields) for level, kind in KINDS.items()
    }
    assert set(said) == set(Level)


def test_closed_sets_are_named_whole() -> None:
    for kinds in (Answer, MandateKind, MunicipalityKind, Mark, BLOCK_KINDS):
        assert [str(kind) for kind in kinds if f"`{kind}`" not in PAGE] == []
    tags = (Tag.TEXT_FREEZE, Tag.SIGN_OFF_GIVE, Tag.PASSKEY_REGISTER)
    named = table("Log: `kraftakt-log/1`, `kraftakt-tree-head/1`", "tag")
    assert set(named) == {tag.value for tag in tags}
    assert f"`{SEAL_FIELD}`" in PAGE
    assert f"`{FIELD}`" in PAGE
    assert f"`{_ALPHABET}`" in PAGE


def test_every_code_of_a_finding_is_named_and_no_other() -> None:
    part = section(PAGE, "Findings")
    cells = [words(row[0]) for row in rows(part)]
    assert sorted(code for cell in cells for code in cell) == sorted(check.value for check in Check)


def test_every_verdict_has_its_exit_code() -> None:
    said = {words(row[0])[0]: int(row[1]) for row in rows(section(PAGE, "Verdicts"))}
    assert said == {verdict.value: code for verdict, code in EXIT_CODES.items()}
    assert set(said) == set(Verdict)
    assert f"{MISUSED} is the exit code of a wrong call" in PAGE


def test_the_codes_that_decide_a_verdict_stand_beside_it() -> None:
    said = {words(row[0])[0]: set(words(row[2])) for row in rows(section(PAGE, "Verdicts"))}
    for verdict, codes in FAILED_VERDICTS:
        assert codes == said[verdict]


def test_limits_are_those_of_the_readers() -> None:
    for said in (
        "at most 2,000",
        "at most 10,000",
        "at most 32 levels and 100,000 elements",
        "32 MiB",
        "50 MB",
    ):
        assert said in PAGE
