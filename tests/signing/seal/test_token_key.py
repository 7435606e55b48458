"""A seal key inside a token (SoftHSM)."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs12

from server.app import open_sealer
from server.domain.errors import SealFailed
from server.domain.release.verification import Outcome
from server.settings import BadSettings, read_settings
from server.signing.seal.seal import Sealer
from server.signing.seal.token_key import open_token
from server.signing.seal.trial_certificate import create_test_key
from tests.signing.seals import FONT, ISSUER, found, seal

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN = "1234"


@pytest.fixture(scope="module")
def chain(tmp_path_factory):
    """Makes a token with an imported key; the driver reads its configuration once in a process."""
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder}/tokens\nlog.level = ERROR\n")
    create_test_key(folder / "seal.p12", ISSUER, datetime.now(UTC))
    key, own, others = pkcs12.load_key_and_certificates((folder / "seal.p12").read_bytes(), None)
    (folder / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
        run("--init-token", "--free", "--label", "kraftakt", "--pin", PIN, "--so-pin", PIN)
        where = ("--token", "kraftakt", "--label", "seal", "--id", "01", "--pin", PIN)
        run("--import", folder / "key.pem", *where)
        yield b"".join(c.public_bytes(Encoding.PEM) for c in (own, *others))


def run(*arguments):
    subprocess.run(["softhsm2-util", *arguments], check=True, capture_output=True)


def test_a_key_in_a_token_seals(chain):
    with open_token(MODULE, token="kraftakt", pin=PIN, label="seal", chain=chain) as key:
        sealer = Sealer(key, FONT)
        assert sealer.check(datetime.now(UTC)) == []
        outcome = found(seal(sealer), trust_roots=key.roots)
    assert Outcome.BROKEN not in outcome.values()


@pytest.mark.parametrize("wrong", [{"token": "other"}, {"pin": "9999"}])
def test_a_missing_token_or_a_wrong_pin_is_refused(chain, wrong):
    right = {"token": "kraftakt", "pin": PIN, "label": "seal", "chain": chain}
    with pytest.raises(SealFailed), open_token(MODULE, **(right | wrong)):
        pass


def test_a_missing_key_is_found_at_start_up(chain):
    with open_token(MODULE, token="kraftakt", pin=PIN, label="none", chain=chain) as key:
        assert "cannot sign" in key.check(datetime.now(UTC))[0]


def test_the_service_seals_with_the_token_that_its_settings_name(chain, tmp_path):
    (tmp_path / "chain.pem").write_bytes(chain)
    settings = {
        "KRAFTAKT_DATA": str(tmp_path),
        "KRAFTAKT_SEAL_MODULE": str(MODULE),
        "KRAFTAKT_SEAL_FILE": str(tmp_path / "chain.pem"),
        "KRAFTAKT_SEAL_PASSWORD": PIN,
    }
    sealer = open_sealer(read_settings(settings))
    assert Outcome.BROKEN not in found(seal(sealer), trust_roots=sealer.roots).values()
    with pytest.raises(BadSettings, match="does not open"):
        open_sealer(read_settings(settings | {"KRAFTAKT_SEAL_TOKEN": "other"}))
