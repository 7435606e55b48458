"""What the findings of a check come to. The browser's verifier answers the same table of cases."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from server.domain.release.verification import (
    FAILED_VERDICTS,
    HELD_VERDICTS,
    Finding,
    Outcome,
    Verdict,
    VerificationReport,
    parse_report,
)
from server.signing.checks import Check

CASES = json.loads((Path(__file__).parents[1] / "browser_check" / "verdicts.json").read_text("utf-8"))
ISSUERS = {code for _, codes in HELD_VERDICTS for code in codes}
SPECIAL = {code: verdict for verdict, codes in FAILED_VERDICTS for code in codes}


def report(*findings: tuple[str, str]) -> VerificationReport:
    return VerificationReport(tuple(Finding(check, Outcome(outcome), "") for check, outcome in findings))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_table_answers(case: dict[str, object]) -> None:
    findings = case["findings"]
    assert isinstance(findings, list)
    assert report(*findings).verdict == case["verdict"]


def test_every_verdict_has_a_case() -> None:
    assert {case["verdict"] for case in CASES} == set(Verdict)


def test_the_table_names_checks_that_exist() -> None:
    assert ISSUERS | set(SPECIAL) <= set(Check)


@pytest.mark.parametrize("check", list(Check))
@pytest.mark.parametrize("outcome", [Outcome.BROKEN, Outcome.MISSING])
def test_one_failed_check_is_enough_whatever_else_holds(check: Check, outcome: Outcome) -> None:
    others = [(other, "proven") for other in Check if other is not check]
    found = report(*others, (check, outcome))
    assert found.verdict is SPECIAL.get(check, Verdict.NOT_GENUINE)
    assert not found.holds


@pytest.mark.parametrize("check", sorted(set(Check) - ISSUERS))
def test_without_a_word_about_the_issuer_nothing_is_genuine(check: Check) -> None:
    assert report((check, "proven")).verdict is Verdict.NOT_GENUINE


def test_a_report_survives_its_way_through_json() -> None:
    found = report(("seal.trusted", "limited"))
    value = found.to_json()
    assert value["verdict"] == "genuine"
    assert parse_report(json.loads(json.dumps(value))) == found
