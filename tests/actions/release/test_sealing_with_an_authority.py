"""The whole way with a time-stamp authority: the log's head is stamped, the seal is made to last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from server.domain.errors import SealFailed
from server.dossier.check.document import verify_document
from server.signing.seal.authority import Authority
from tests.dossier.test_checking_by_hand import by_hand
from tests.signing.pki import TrustService, trust_service
from tests.waiting import HANG
from tests.world import World

NOBODY = Authority("http://127.0.0.1:9/")  # the discard port: nobody listens there


@pytest.fixture(scope="module")
def trust(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TrustService]:
    with trust_service(tmp_path_factory.mktemp("pki")) as running:
        yield running


@pytest.fixture
def with_authority(world: World, trust: TrustService) -> World:
    sealer = replace(
        world.services.sealer,
        key=trust.key(),
        authorities=(NOBODY, trust.authority()),
        trust_roots=(trust.root(),),
        timeout=HANG,
    )
    world.services = replace(world.services, sealer=sealer)
    world.freeze()
    world.sign_with_passkey("doris")
    return world


def test_the_log_s_head_is_older_than_the_seal_by_an_authority_s_word(
    with_authority: World, trust: TrustService
) -> None:
    report = verify_document(with_authority.seal().pdf, [trust.root()])
    outcome = {f.check: f.outcome.value for f in report.findings}
    assert report.holds
    assert outcome["log.head"] == outcome["log.head_time"] == outcome["seal.level"] == "proven"


def test_openssl_confirms_seal_and_time_stamp(
    with_authority: World, trust: TrustService, tmp_path: Path
) -> None:
    root = x509.load_der_x509_certificate(trust.root())
    (tmp_path / "wurzel.pem").write_bytes(root.public_bytes(Encoding.PEM))
    steps = by_hand(with_authority.seal().pdf, tmp_path)
    assert [(s.returncode, s.stderr) for s in steps if s.returncode] == []
    assert "Time stamp:" in steps[-1].stdout
    assert "Verification: OK" in steps[-1].stdout


def test_nothing_is_stored_when_no_authority_answers(with_authority: World) -> None:
    sealer = replace(with_authority.services.sealer, authorities=(NOBODY,))
    with_authority.services = replace(with_authority.services, sealer=sealer)
    with pytest.raises(SealFailed):
        with_authority.seal()
    assert with_authority.phase == "signing"
    assert "document:final:seal" not in with_authority.tags
