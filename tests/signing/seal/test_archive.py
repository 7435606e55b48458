"""The seal with a trust service behind it: B-LTA, renewal, another authority, revocation."""

import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from pyhanko.sign.timestamps import HTTPTimeStamper

from server.domain.errors import SealFailed
from server.domain.release.verification import Outcome
from server.signing.checks import Check
from server.signing.seal.authority import Authority
from server.signing.seal.check.verification import check_seal
from server.signing.seal.seal import Sealer
from tests.signing.pki import trust_service
from tests.signing.seals import FONT, broken, found, local_key, seal, violations
from tests.waiting import HANG

NOBODY = Authority("http://127.0.0.1:9/")  # the discard port: nobody listens there


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with trust_service(tmp_path_factory.mktemp("pki")) as running:
        yield running


@pytest.fixture(scope="module")
def sealer(service):
    return Sealer(service.key(), FONT, [service.authority()], [service.root()], timeout=HANG)


@pytest.fixture(scope="module")
def sealed(sealer):
    return seal(sealer)


def test_everything_is_proven_from_the_file_alone(sealed, service):
    assert found(sealed, trust_roots=[service.root()]) == {
        Check.SEAL_COVERAGE: Outcome.PROVEN,
        Check.SEAL_INTACT: Outcome.PROVEN,
        Check.SEAL_CERTIFIES: Outcome.PROVEN,
        Check.SEAL_UNCHANGED: Outcome.PROVEN,
        Check.SEAL_ALONE: Outcome.PROVEN,
        Check.SEAL_TRUSTED: Outcome.PROVEN,
        Check.SEAL_TIME: Outcome.PROVEN,
        Check.SEAL_ARCHIVE_TIME: Outcome.PROVEN,
        Check.SEAL_LEVEL: Outcome.PROVEN,
    }


def test_without_trust_roots_the_holder_stays_open(sealed):
    outcome = found(sealed)
    assert outcome[Check.SEAL_UNKNOWN_ISSUER] is Outcome.LIMITED
    assert outcome[Check.SEAL_TIME] is Outcome.LIMITED
    assert Outcome.BROKEN not in outcome.values()


def test_a_seal_of_somebody_else_is_broken(sealed, tmp_path):
    outcome = found(sealed, trust_roots=local_key(tmp_path).roots)
    assert outcome[Check.SEAL_UNKNOWN_ISSUER] is Outcome.BROKEN


def test_a_renewed_time_stamp_joins_the_others(sealer, sealed, service):
    renewed = sealer.renew(sealed)
    findings = check_seal(renewed, trust_roots=[service.root()])
    assert renewed.startswith(sealed)
    assert {f.outcome for f in findings} == {Outcome.PROVEN}
    assert [f.check for f in findings].count(Check.SEAL_ARCHIVE_TIME) == 2


def test_a_renewal_beyond_the_spare_fields_still_holds(sealer, sealed, service):
    renewed = sealer.renew(sealer.renew(sealed))
    assert broken(renewed, trust_roots=[service.root()]) == set()


def test_what_follows_the_last_time_stamp_is_found_out(sealed, service):
    assert Check.SEAL_COVERAGE in broken(sealed + b"\n", trust_roots=[service.root()])


def test_a_changed_byte_of_the_archive_is_found_out(sealed, service):
    for place in range(19_000, len(sealed), 1117):
        damaged = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        assert broken(damaged, trust_roots=[service.root()]), (place, sealed[place - 9 : place + 9])


def test_the_next_authority_serves_when_the_first_does_not(sealer, service):
    both = replace(sealer, authorities=[NOBODY, service.authority()])
    assert found(seal(both), trust_roots=[service.root()])[Check.SEAL_LEVEL] is Outcome.PROVEN


def test_no_weaker_seal_is_made_when_every_authority_fails(sealer):
    with pytest.raises(SealFailed):
        seal(replace(sealer, authorities=[NOBODY]))
    with pytest.raises(SealFailed):
        replace(sealer, authorities=[]).renew(b"")


def test_a_failing_authority_is_found_at_start_up(sealer):
    assert sealer.check(datetime.now(UTC)) == []
    problems = replace(sealer, authorities=[NOBODY]).check(datetime.now(UTC))
    assert problems == [f"The time-stamp authority {NOBODY.url} fails (TimestampRequestError)."]


def test_an_authority_whose_stamps_a_verifier_would_refuse_is_not_used(sealer, service, monkeypatch):
    honest = HTTPTimeStamper.async_request_tsa_response

    async def of_another_version(self, request):
        answer = await honest(self, request)
        if self.url.endswith("?odd"):
            answer["time_stamp_token"]["content"]["version"] = "v1"  # its signature does not cover that
        return answer

    monkeypatch.setattr(HTTPTimeStamper, "async_request_tsa_response", of_another_version)
    odd = Authority(service.authority().url + "?odd")
    problems = replace(sealer, authorities=[odd]).check(datetime.now(UTC))
    assert problems == [f"The time-stamp authority {odd.url} fails (IrregularStamp)."]
    with pytest.raises(SealFailed):
        seal(replace(sealer, authorities=[odd]))
    both = replace(sealer, authorities=[odd, service.authority()])
    assert broken(seal(both), trust_roots=[service.root()]) == set()


def test_an_authority_that_nobody_trusts_is_not_used(sealer, tmp_path):
    stranger = replace(sealer, key=local_key(tmp_path), trust_roots=[])
    assert "fails" in stranger.check(datetime.now(UTC))[0]
    with pytest.raises(SealFailed):
        seal(stranger)


def test_a_test_certificate_may_have_real_time_stamps(sealer, service, tmp_path):
    key = local_key(tmp_path)
    outcome = found(seal(replace(sealer, key=key)), trust_roots=[service.root(), *key.roots])
    assert outcome[Check.SEAL_TEST_CERTIFICATE] is Outcome.LIMITED
    assert outcome[Check.SEAL_LEVEL] is Outcome.PROVEN


def test_a_revoked_certificate_seals_nothing(sealer, service):
    revoked = Sealer(service.key("revoked"), FONT, sealer.authorities, [service.root("revoked")])
    with pytest.raises(SealFailed):
        seal(revoked)


def test_the_check_still_holds_years_later(sealed, service):
    later = datetime.now(UTC) + timedelta(days=365 * 20)
    assert set(found(sealed, trust_roots=[service.root()], at=later).values()) == {Outcome.PROVEN}


def test_a_renewal_that_was_missed_is_reported(sealed, service):
    too_late = datetime(2100, 1, 1, tzinfo=UTC)
    outcome = found(sealed, trust_roots=[service.root()], at=too_late)
    assert outcome[Check.SEAL_LEVEL] is Outcome.LIMITED
    assert Outcome.BROKEN not in outcome.values()


def test_the_password_of_an_authority_is_never_shown():
    assert "geheim" not in repr(Authority("https://tsa.example", "user", "geheim"))


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_an_archived_file_still_conforms(sealed, profile):
    assert violations(sealed, profile) == []


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler-utils is not installed")
def test_poppler_sees_a_valid_seal_below_the_time_stamp(sealed, tmp_path):
    path = tmp_path / "sealed.pdf"
    path.write_bytes(sealed)
    said = subprocess.run(["pdfsig", path], capture_output=True, text=True, check=False).stdout
    assert said.count("Signature is Valid.") == 1  # it cannot judge document time stamps
    assert said.index("Not total document signed") < said.index("  - Total document signed")
