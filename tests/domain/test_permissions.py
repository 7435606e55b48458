"""The matrix: every right, for every role, in every phase."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from server.domain import permissions as p
from server.domain.declarations import Declaration, Phase
from server.domain.people.mandates import Mandate, MandateKind
from server.domain.people.municipalities import Municipality, MunicipalityKind
from server.domain.people.persons import Person
from server.domain.people.roles import Role
from server.domain.room_rights import NO_RIGHTS, RoomRights

OFFENBURG = Municipality("08317096", "Offenburg", MunicipalityKind.GROSSE_KREISSTADT)
SINCE = datetime(2026, 1, 1, tzinfo=UTC)
PHASES = list(Phase)

# One letter a phase, in the order of Phase: Drafting, Signing, seaLed, Published, Withdrawn; "-" is no.
PEOPLE = ("clara", "anna", "ben", "doris", "emil", "otto", "frank")
MATRIX: dict[Callable[[p.Access], bool], str] = {
    # clara anna ben doris emil otto frank
    p.can_see: "DSLPW DSLPW DSLPW DSLPW DSLPW DSLPW -----",
    p.can_join_room: "DS--- DS--- DS--- ----- ----- ----- -----",
    p.can_edit_text: "D---- D---- ----- ----- ----- ----- -----",
    p.can_import_text: "D---- D---- ----- ----- ----- ----- -----",
    p.can_export_text: "DS--- DS--- DS--- ----- ----- ----- -----",
    p.can_suggest: "D---- D---- D---- ----- ----- ----- -----",
    p.can_comment: "DS--- DS--- DS--- ----- ----- ----- -----",
    p.can_open_thread: "D---- D---- D---- ----- ----- ----- -----",
    p.can_record_comments: "DS--- ----- ----- ----- ----- ----- -----",
    p.can_remove_comments: "DS--- ----- ----- ----- ----- ----- -----",
    p.can_run_workshop: "D---- ----- ----- ----- ----- ----- -----",
    p.can_moderate: "D---- ----- ----- ----- ----- ----- -----",
    p.can_follow_translations: "DSLP- DSLP- DSLP- ----- ----- ----- -----",
    p.can_translate: "DSLP- DSLP- ----- ----- ----- ----- -----",
    p.can_keep_translations: "DSLP- ----- ----- ----- ----- ----- -----",
    p.can_read_revisions: "DSLPW DSLPW DSLPW DSLPW --LP- DSLPW -----",
    p.can_freeze: "D---- ----- ----- ----- ----- ----- -----",
    p.can_clean_text: "D---- ----- ----- ----- ----- ----- -----",
    p.can_reopen: "-S--- ----- ----- ----- ----- ----- -----",
    p.can_sign: "----- ----- ----- -S--- ----- ----- -----",
    p.can_admit: "---P- ----- ----- ----- ----- ----- -----",
    p.can_amend: "---P- ----- ----- ----- ----- ----- -----",
    p.can_report: "---P- ---P- ---P- ---P- ----- ----- -----",
    p.can_remind_of_report: "---P- ----- ----- ----- ----- ----- -----",
    p.can_confirm_addendum: "---P- ----- ----- ----- ---P- ----- -----",
    p.can_see_own_sign_offs: "----- ----- ----- DSLPW ----- ----- -----",
    p.can_preview_sign_off: "----- ----- ----- ----- ----- ----- -----",
    p.can_leave_note: "----- ----- ----- ----- ----- ----- -----",
    p.can_follow_sign_offs: "DSLPW DSLPW ----- DSLPW ----- DSLPW -----",
    p.can_record_papers: "-S--- ----- ----- ----- ----- ----- -----",
    p.can_settle_papers: "-S--- -S--- ----- -S--- ----- ----- -----",
    p.can_see_papers: "DSLPW DSLPW ----- DSLPW ----- ----- -----",
    p.can_read_reasons: "DSLPW ----- ----- ----- ----- ----- -----",
    p.can_open_wall: "DSLP- ----- ----- ----- ----- ----- -----",
    p.can_seal: "-S--- ----- ----- ----- ----- ----- -----",
    p.can_receive_seal: "-SLP- ----- ----- ----- ----- ----- -----",
    p.can_plan_release: "--L-- ----- ----- ----- ----- ----- -----",
    p.can_confirm_release: "--L-- ----- ----- ----- --L-- ----- -----",
    p.can_see_release: "--LP- ----- ----- ----- --LP- ----- -----",
    p.can_write_press_release: "--LP- ----- ----- ----- ----- ----- -----",
    p.can_hand_to_archive: "--LP- ----- ----- ----- ----- ----- -----",
    p.can_use_press_room: "--LP- ----- ----- ----- --LP- ----- -----",
    p.can_download_sealed: "--LP- --LP- --LP- --LP- ---P- ---P- -----",
    p.can_download_final: "--LP- --LP- --LP- --LP- --LP- --LP- -----",
    p.can_see_people: "DSLPW ----- ----- ----- ----- ----- -----",
    p.can_manage_people: "DSL-- ----- ----- ----- ----- ----- -----",
    p.can_invite_colleagues: "----- ----- ----- ----- ----- ----- -----",
    p.can_staff: "DSL-- ----- ----- ----- ----- ----- -----",
    p.can_see_own_municipality: "----- ----- ----- DSLPW ----- ----- -----",
    p.can_see_municipalities: "DSLPW ----- ----- DSLPW ----- ----- -----",
    p.can_read_log: "DSLPW ----- ----- ----- ----- ----- -----",
    p.can_see_settings: "DSLPW ----- ----- ----- ----- ----- -----",
    p.can_change_title: "D---- ----- ----- ----- ----- ----- -----",
    p.can_change_terms: "DS--- ----- ----- ----- ----- ----- -----",
    p.can_change_embargo: "DSL-- ----- ----- ----- ----- ----- -----",
    p.can_archive: "DSLPW ----- ----- ----- ----- ----- -----",
    p.can_withdraw: "DSL-- ----- ----- ----- ----- ----- -----",
    p.can_copy_text: "DSLPW ----- ----- ----- ----- ----- -----",
    p.can_see_history: "DSLPW DS--- DS--- ----- ----- ----- -----",
    p.can_see_versions: "DSLPW DSLPW DSLPW DSLPW --LP- DSLPW -----",
    p.can_take_text: "DSLPW DSLPW DSLPW DSLPW ---P- DS-PW -----",
    p.can_keep_checkpoint: "D---- D---- ----- ----- ----- ----- -----",
    p.can_scrub: "D---- ----- ----- ----- ----- ----- -----",
    p.can_bring_back: "D---- ----- ----- ----- ----- ----- -----",
    p.can_remind: "-S--- ----- ----- ----- ----- ----- -----",
    p.can_see_mails: "DSEPW ----- ----- ----- ----- ----- -----",
}
ROLES = {
    "clara": {Role.COORDINATOR},
    "anna": {Role.EDITOR},
    "ben": {Role.SUGGESTER},
    "doris": {Role.SIGNATORY},
    "emil": {Role.PRESS},
    "otto": {Role.OBSERVER},
    "frank": set(),
}


def access(name: str, phase: Phase) -> p.Access:
    person = Person(1, f"{name}@example.org", name)
    declaration = Declaration(1, "erklaerung", "Erklärung", phase, "Region", None, None, 1)
    mandates = (Mandate(1, 1, OFFENBURG, MandateKind.MAYOR, "Oberbürgermeisterin", SINCE, None),)
    return p.Access(person, declaration, frozenset(ROLES[name]), None, mandates if name == "doris" else ())


@pytest.mark.parametrize("may", MATRIX, ids=lambda may: may.__name__)
@pytest.mark.parametrize("name", ROLES)
def test_the_right_is_given_exactly_where_the_matrix_says(may: Callable[[p.Access], bool], name: str) -> None:
    given = [may(access(name, phase)) for phase in PHASES]
    expected = MATRIX[may].split()[PEOPLE.index(name)]
    assert given == [letter != "-" for letter in expected]


def test_every_role_stands_in_the_matrix() -> None:
    assert {role for roles in ROLES.values() for role in roles} == set(Role)


def test_every_right_stands_in_the_matrix() -> None:
    rights = {name for name in dir(p) if name.startswith("can_")}
    assert rights == {may.__name__ for may in MATRIX}


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("name", ROLES)
def test_what_one_may_do_in_the_room_is_what_the_rights_say(name: str, phase: Phase) -> None:
    asked = access(name, phase)
    rights = p.room_rights(asked)
    assert rights == RoomRights(p.can_edit_text(asked), p.can_suggest(asked), p.can_comment(asked))
    assert rights == NO_RIGHTS or p.can_join_room(asked)


def test_a_signatory_without_a_mandate_in_force_cannot_sign() -> None:
    doris = access("doris", Phase.SIGNING)
    assert not p.can_sign(p.Access(doris.person, doris.declaration, doris.roles))


@pytest.mark.parametrize("name", ["anna", "ben"])
def test_offices_ask_people_in_where_the_coordination_lets_them(name: str) -> None:
    for phase in PHASES:
        asked = access(name, phase)
        open_to_all = replace(asked.declaration, offices_invite=True)
        office = replace(asked, municipality=OFFENBURG, declaration=open_to_all)
        assert p.can_invite_colleagues(office) == (phase in (Phase.DRAFTING, Phase.SIGNING))
        assert p.can_staff(office) == p.can_invite_colleagues(office)
        assert p.own_municipalities(office) == {OFFENBURG}
        assert p.can_see_municipalities(office)
        assert not p.can_invite_colleagues(replace(office, municipality=None))
        assert not p.can_invite_colleagues(replace(office, declaration=asked.declaration))
