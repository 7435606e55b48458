"""A sign-off with a personal PDF signature holds for the copy that was signed, and for no other."""

from dataclasses import replace

import pytest

from server.documents.signing_copy import SigningCopy, render_signing_copy
from server.domain.canonical import digest
from server.domain.release.verification import Outcome
from server.domain.sign_offs.statements import Level
from server.domain.text.content import parse_content
from server.dossier.check.attached_copies import attached_copies
from server.signing.checks import Check
from server.signing.evidence.bundle import verify_bundle
from tests.signing.copies import homemade, sign_copy, sign_with_openssl
from tests.signing.evidence.test_evidence import package
from tests.signing.forged_copies import (
    FORGED,
    FORGED_EVIDENCE,
    as_an_editor_does,
    evidence_for,
    handed,
    signer_of,
)
from tests.signing.people import CONTENT, sign_off, statement

NAME, OTHER = "unterschrift-08317096.pdf", "unterschrift-08317065.pdf"
SAID = statement()
TEXT = CONTENT.replace("füreinander".encode(), "nur für uns".encode())


def base_of(said, content=CONTENT):
    copy = SigningCopy(parse_content(content), "Regionalbüro", said.at, said)
    return render_signing_copy(copy, "erklaerung.json")


@pytest.fixture(scope="module")
def it():
    return handed(
        homemade("Doris Beispiel"),
        base_of(SAID),
        base_of(replace(SAID, nonce="another")),
        base_of(statement(content=TEXT), TEXT),
        base_of(statement("08317065")),
    )


@pytest.fixture(scope="module")
def honest(it):
    evidence = evidence_for("08317096", *it.copy, digest(SAID.canonical()), signer_of(*it.copy))
    return sign_off(SAID, Level.PDF_SIGNATURE, evidence)


def found(given, files):
    """The finding about the signature."""
    check = verify_bundle(package(given), CONTENT, copies=attached_copies(files))
    return next(f for f in check.findings if f.check == Check.SIGN_OFF_PDF_SIGNATURE), check.sign_offs


def test_an_honest_copy_holds_as_far_as_nobody_is_trusted(it, honest):
    finding, lines = found(honest, {NAME: it.signed})
    assert finding.outcome is Outcome.LIMITED, finding
    assert finding.detail.startswith("Doris Beispiel signed a copy of this text and statement.")
    assert [(line.municipality, line.level) for line in lines] == [("Offenburg", "pdf_signature")]


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED)
def test_a_forged_copy_is_found_out_though_the_evidence_was_put_right(it, honest, forge):
    base, copy = forge(it)
    right = evidence_for("08317096", base, copy, digest(SAID.canonical()), signer_of(*it.copy))
    finding, lines = found(replace(honest, evidence=right), {NAME: copy})
    assert finding.outcome is Outcome.BROKEN, finding
    assert lines == ()


@pytest.mark.parametrize("forge", FORGED_EVIDENCE.values(), ids=FORGED_EVIDENCE)
def test_forged_evidence_is_found_out(it, honest, forge):
    evidence = dict(honest.evidence)
    forge(evidence)
    finding, lines = found(replace(honest, evidence=evidence), {NAME: it.signed})
    assert (finding.outcome, lines) == (Outcome.BROKEN, ())


def test_a_missing_copy_is_called_missing(honest):
    finding, lines = found(honest, {})
    assert (finding.outcome, lines) == (Outcome.MISSING, ())


def test_every_changed_byte_of_a_copy_is_found_out(it, honest):
    for place in range(0, len(it.signed), 97):
        changed = it.signed[:place] + bytes([it.signed[place] ^ 1]) + it.signed[place + 1 :]
        assert found(honest, {NAME: changed})[0].outcome is Outcome.BROKEN


def test_what_editors_write_beside_the_signature_is_no_forgery(it, honest):
    copy = sign_copy(it.base, it.signer, change=as_an_editor_does)
    right = evidence_for("08317096", it.base, copy, digest(SAID.canonical()), signer_of(it.base, copy))
    assert found(replace(honest, evidence=right), {NAME: copy})[0].outcome is Outcome.LIMITED


def test_a_signature_that_openssl_makes_holds(it, honest):
    copy = sign_with_openssl(it.base, "Doris Beispiel")
    right = evidence_for("08317096", it.base, copy, digest(SAID.canonical()), signer_of(it.base, copy))
    assert found(replace(honest, evidence=right), {NAME: copy})[0].outcome is Outcome.LIMITED


def test_a_certificate_with_another_name_is_not_called_the_signatorys(it, honest):
    copy = sign_copy(it.base, homemade("Frank Fremd"))
    right = evidence_for("08317096", it.base, copy, digest(SAID.canonical()), signer_of(it.base, copy))
    finding, _ = found(replace(honest, evidence=right), {NAME: copy})
    assert finding.outcome is Outcome.LIMITED
    assert "does not bear the name of Doris Beispiel" in finding.detail
