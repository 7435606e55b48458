"""The log's head and the authority's time stamp on it; openssl agrees."""

import json
import shlex
import subprocess

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from server.domain.audit import AuditEvent, Tag
from server.domain.errors import SealFailed
from server.domain.release.verification import Outcome
from server.signing.checks import Check
from server.signing.evidence.log_proof import verify_proofs
from server.signing.evidence.tree_head import check_tree_head, stamp_tree_head, tree_head
from server.signing.seal.authority import Authority
from tests.signing.logs import prove
from tests.signing.people import AT
from tests.signing.pki import trust_service

NOBODY = Authority("http://127.0.0.1:9/")  # the discard port: nobody listens there
ENTRIES = [AuditEvent(AT, Tag.TEXT_FREEZE, actor, "digitaltag", {}).canonical() for actor in range(3)]
LOG = verify_proofs(prove(ENTRIES, [1]))
HEAD = tree_head("kraftakt.example", LOG.size, LOG.root)


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with trust_service(tmp_path_factory.mktemp("pki")) as running:
        yield running


@pytest.fixture(scope="module")
def token(service):
    return stamp_tree_head(HEAD, [NOBODY, service.authority()], 3)


def outcomes(head, token=None, roots=None):
    return [(f.check, f.outcome) for f in check_tree_head(head, token, LOG, roots)]


def test_a_head_without_a_time_stamp_is_what_the_proofs_lead_to():
    assert stamp_tree_head(HEAD, [], 3) is None
    assert outcomes(HEAD) == [(Check.LOG_HEAD, Outcome.PROVEN), (Check.LOG_HEAD_TIME, Outcome.LIMITED)]


def test_a_trusted_authority_proves_the_time(service, token):
    assert outcomes(HEAD, token, [service.root()])[1] == (Check.LOG_HEAD_TIME, Outcome.PROVEN)
    assert outcomes(HEAD, token)[1] == (Check.LOG_HEAD_TIME, Outcome.LIMITED)


def test_another_head_is_found_out(service, token):
    other = HEAD.replace(b'"size":3', b'"size":4')
    assert outcomes(other, token, [service.root()]) == [(Check.LOG_HEAD, Outcome.BROKEN)]
    renamed = tree_head("other.example", LOG.size, LOG.root)
    assert outcomes(renamed, token, [service.root()])[1] == (Check.LOG_HEAD_TIME, Outcome.BROKEN)
    assert outcomes(HEAD + b" ", token) == [(Check.LOG_HEAD, Outcome.BROKEN)]
    unread = verify_proofs(b"")
    assert check_tree_head(tree_head("x", 0, ""), None, unread, None)[0].outcome is Outcome.BROKEN
    assert outcomes(b"") == outcomes(b"[]") == [(Check.LOG_HEAD, Outcome.BROKEN)]


def test_a_damaged_token_never_passes(service, token):
    for place in range(0, len(token), 97):
        damaged = token[:place] + bytes([token[place] ^ 1]) + token[place + 1 :]
        assert outcomes(HEAD, damaged, [service.root()])[1][1] is not Outcome.PROVEN, place


def test_no_head_is_left_unstamped_when_every_authority_fails():
    with pytest.raises(SealFailed):
        stamp_tree_head(HEAD, [NOBODY, NOBODY], 3)


def test_openssl_agrees(service, token, tmp_path):
    root = x509.load_der_x509_certificate(service.root())
    (tmp_path / "root.pem").write_bytes(root.public_bytes(Encoding.PEM))
    (tmp_path / "head.tst").write_bytes(token)

    def verify(head):
        (tmp_path / "head.json").write_bytes(head)
        command = shlex.split("openssl ts -verify -data head.json -in head.tst -token_in -CAfile root.pem")
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert "Verification: OK" in verify(HEAD).stdout
    assert verify(HEAD.replace(b'"size":3', b'"size":4')).returncode != 0
    assert json.loads(HEAD)["root"] == LOG.root
