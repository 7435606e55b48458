"""The pages of a signed copy say what its attachments say: a dishonest service is found out too."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pikepdf
import pytest

from server.domain.canonical import canonical_bytes
from server.domain.release.verification import Finding, Outcome
from server.domain.sign_offs.answers import Answer
from server.domain.sign_offs.statements import Statement
from server.dossier.check.copies import check_copies
from tests.signing.evidence.test_forged_copies import NAME, SAID, TEXT, base_of
from tests.signing.people import CONTENT, statement


def said_of(base: bytes, said: Statement = SAID) -> Finding:
    """The finding about a copy that was handed out so; its signature is another matter."""
    evidence = {"name": NAME, "base_length": len(base)}
    item = {"level": "pdf_signature", "statement": said.canonical().decode(), "evidence": evidence}
    found = check_copies({NAME: base + b"signed"}, canonical_bytes({"sign_offs": [item]}), CONTENT)
    assert len(found) == 1
    return found[0]


def with_attachments_of(shown: bytes, honest: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(shown)) as pdf, pikepdf.open(io.BytesIO(honest)) as other:
        for name, file in other.attachments.items():
            pdf.attachments[name] = file.get_file().read_bytes()
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def test_an_honest_copy_shows_text_and_statement() -> None:
    assert said_of(base_of(SAID)).outcome is Outcome.PROVEN


SHOWN = {
    "another text": (statement(content=TEXT), TEXT),
    "another answer": (replace(SAID, answer=Answer.DECLINES), CONTENT),
    "another wording": (replace(SAID, wording="Ich zeichne alles."), CONTENT),
    "a statement for the record": (replace(SAID, text="Unter Protest."), CONTENT),
}


@pytest.mark.parametrize("shown", SHOWN.values(), ids=SHOWN)
def test_a_copy_that_shows_something_else_is_found_out(shown: tuple[Statement, bytes]) -> None:
    finding = said_of(with_attachments_of(base_of(*shown), base_of(SAID)))
    assert finding.outcome is Outcome.BROKEN
    assert finding.detail.startswith("A signed copy shows something else")


@pytest.mark.parametrize("length", [0, 9, -200])
def test_a_copy_that_cannot_be_read_is_broken(length: int) -> None:
    assert said_of(base_of(SAID)[:length]).outcome is Outcome.BROKEN


def test_nothing_is_said_where_nobody_signed_a_copy() -> None:
    package = {"sign_offs": [{"level": "passkey", "statement": json.dumps({}), "evidence": {}}]}
    assert check_copies({}, canonical_bytes(package), CONTENT) == []
