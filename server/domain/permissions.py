"""Who may do what: pure predicates over an `Access`, tested as a matrix.

An `Access` is what a person is in one declaration, loaded for every request and every message.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from server.domain.declarations import Declaration, Phase
from server.domain.people.mandates import Mandate
from server.domain.people.municipalities import Municipality
from server.domain.people.persons import Person
from server.domain.people.roles import COORDINATORS, EDITORS, SIGNATORIES, WRITERS, Role, roles_that
from server.domain.room_rights import RoomRights

_ROOM: Final = roles_that(lambda role: role.joins_room)
_READERS: Final = roles_that(lambda role: role.reads_revisions)
_READERS_AFTER_THE_SEAL: Final = roles_that(lambda role: role.reads_sealed_revisions)
_DRAFT_FOR_MUNICIPALITY: Final = roles_that(lambda role: role.drafts_for_municipality)
_FOLLOWERS: Final = roles_that(lambda role: role.follows_sign_offs)
_PAPERS: Final = COORDINATORS | EDITORS | SIGNATORIES
_NEWSROOM: Final = frozenset({Role.PRESS})


@dataclass(frozen=True, slots=True)
class Access:
    """`municipality`: where the person drafts for, None for others; `mandates` are those in force now."""

    person: Person
    declaration: Declaration
    roles: frozenset[Role]
    municipality: Municipality | None = None
    mandates: tuple[Mandate, ...] = field(default=())

    @property
    def phase(self) -> Phase:
        return self.declaration.phase

    def has(self, roles: frozenset[Role]) -> bool:
        return bool(self.roles & roles)


def can_see(access: Access) -> bool:
    """Knows that the declaration exists."""
    return bool(access.roles)


def can_join_room(access: Access) -> bool:
    """May follow the live text. Mayors and the press office read fixed revisions only."""
    return access.has(_ROOM) and access.phase in (Phase.DRAFTING, Phase.SIGNING)


def can_edit_text(access: Access) -> bool:
    return access.has(EDITORS) and access.phase is Phase.DRAFTING


def can_suggest(access: Access) -> bool:
    """May propose changes of the text. Who may not edit it as well is held to that, message by message."""
    return access.has(WRITERS) and access.phase is Phase.DRAFTING


def can_comment(access: Access) -> bool:
    """May remark on passages. That changes nothing of the text, so it goes on while the mayors sign."""
    return access.has(_ROOM) and access.phase in (Phase.DRAFTING, Phase.SIGNING)


def can_open_thread(access: Access) -> bool:
    """May begin a comment at a passage: its mark goes into the text, so only while that is written."""
    return can_comment(access) and access.phase is Phase.DRAFTING


def can_record_comments(access: Access) -> bool:
    """Writes down what somebody else said, on the telephone for instance."""
    return can_comment(access) and access.has(COORDINATORS)


def can_remove_comments(access: Access) -> bool:
    """Other people's. Everybody removes their own."""
    return can_comment(access) and access.has(COORDINATORS)


def can_run_workshop(access: Access) -> bool:
    """Lets people without an account say something about a section, and decides about what they say."""
    return access.has(COORDINATORS) and access.phase is Phase.DRAFTING


def can_moderate(access: Access) -> bool:
    """Keeps what is left of a batch for the next round, and says who looks after which section."""
    return access.has(COORDINATORS) and access.phase is Phase.DRAFTING


def room_rights(access: Access) -> RoomRights:
    return RoomRights(edit=can_edit_text(access), suggest=can_suggest(access), comment=can_comment(access))


def can_follow_translations(access: Access) -> bool:
    """Looks on, suggests and comments in translations, also when the original is closed."""
    return access.has(_ROOM) and access.phase is not Phase.WITHDRAWN


def can_translate(access: Access) -> bool:
    return access.has(EDITORS) and can_follow_translations(access)


def can_keep_translations(access: Access) -> bool:
    """Begins translations, and fixes them."""
    return access.has(COORDINATORS) and can_follow_translations(access)


def can_read_revisions(access: Access) -> bool:
    """The press office reads the text once it is sealed."""
    is_open = _is_sealed(access) and not access.declaration.confidential
    return access.has(_READERS) or (access.has(_READERS_AFTER_THE_SEAL) and is_open)


def can_freeze(access: Access) -> bool:
    return access.has(COORDINATORS) and access.phase is Phase.DRAFTING


def can_clean_text(access: Access) -> bool:
    """May have unknown content removed from the live text."""
    return access.has(COORDINATORS) and access.phase is Phase.DRAFTING


def can_import_text(access: Access) -> bool:
    """May bring a file's text into the live one, with the names that the file gives."""
    return can_edit_text(access)


def can_export_text(access: Access) -> bool:
    """Takes the live text along as a file, proposals and remarks included."""
    return can_join_room(access)


def can_see_history(access: Access) -> bool:
    """Reads the live text as it stood at an earlier hour: who follows it, and the coordination for good."""
    return access.has(COORDINATORS) or can_join_room(access)


def can_see_versions(access: Access) -> bool:
    """The list of what was fixed and, for those who follow the text, of what was kept meanwhile."""
    return can_read_revisions(access) or can_see_history(access)


def can_take_text(access: Access) -> bool:
    """As a PDF without a name on it. Between seal and hour all but the authors get theirs with one."""
    return can_see_versions(access) and (access.phase is not Phase.SEALED or can_download_sealed(access))


def can_keep_checkpoint(access: Access) -> bool:
    """Keeps the text as it stands, under a name."""
    return can_edit_text(access)


def can_scrub(access: Access) -> bool:
    """Takes a passage out of all kept states, for good."""
    return access.has(COORDINATORS) and access.phase is Phase.DRAFTING


def can_bring_back(access: Access) -> bool:
    """May put words of an earlier state back into the text."""
    return access.has(COORDINATORS) and access.phase is Phase.DRAFTING


def can_reopen(access: Access) -> bool:
    return access.has(COORDINATORS) and access.phase is Phase.SIGNING


def can_sign(access: Access) -> bool:
    """Answers to the fixed text; once it is published, those who were asked to join."""
    if not access.has(SIGNATORIES):
        return False
    return bool(access.mandates) if access.phase is Phase.SIGNING else bool(joining_mandates(access))


def joining_mandates(access: Access) -> tuple[Mandate, ...]:
    """To join what is published; not to change what an annex names (`preparation.ensure_not_annexed`)."""
    hour = access.declaration.release_at
    if access.phase is not Phase.PUBLISHED or hour is None:
        return ()
    return tuple(mandate for mandate in access.mandates if mandate.since >= hour)


def can_admit(access: Access) -> bool:
    """Lets municipalities join what is published, and seals the annex."""
    return access.has(COORDINATORS) and access.phase is Phase.PUBLISHED


def can_amend(access: Access) -> bool:
    """Proposes an erratum to what is published, or its withdrawal; publishes the yearly report."""
    return access.has(COORDINATORS) and access.phase is Phase.PUBLISHED


def can_report(access: Access) -> bool:
    """Fills in the yearly report: office and mayor for their municipality, the coordination for any."""
    binds = access.has(SIGNATORIES) and bool(access.mandates)
    return (binds or access.has(COORDINATORS | _DRAFT_FOR_MUNICIPALITY)) and access.phase is Phase.PUBLISHED


def can_remind_of_report(access: Access) -> bool:
    """Writes to the municipalities that have not filled in the yearly report."""
    return access.has(COORDINATORS) and access.phase is Phase.PUBLISHED


def can_confirm_addendum(access: Access) -> bool:
    """Sees them, and is the second person, see `amending.confirm_addendum`."""
    return access.has(COORDINATORS | _NEWSROOM) and access.phase is Phase.PUBLISHED


def can_see_own_sign_offs(access: Access) -> bool:
    """Opens the page for signing, also after the signature and after the seal: to see what was signed."""
    return access.has(SIGNATORIES)


def can_preview_sign_off(access: Access) -> bool:
    """Sees the brief of their own municipality as those who sign read it; never answers there."""
    return access.municipality is not None and access.has(_DRAFT_FOR_MUNICIPALITY)


def can_leave_note(access: Access) -> bool:
    """Writes to their own mayor on the brief, while there is something to answer."""
    return can_preview_sign_off(access) and access.phase is Phase.SIGNING


def can_follow_sign_offs(access: Access) -> bool:
    """Sees who has answered."""
    return access.has(_FOLLOWERS)


def can_record_papers(access: Access) -> bool:
    """Records what somebody decided on paper; see `papers.may_confirm` for the second person."""
    return access.has(COORDINATORS) and access.phase is Phase.SIGNING


def can_settle_papers(access: Access) -> bool:
    """Of papers that concern them: `papers.may_look_at`."""
    return access.has(_PAPERS) and access.phase is Phase.SIGNING


def can_see_papers(access: Access) -> bool:
    """Of papers that concern them, as long as there is a record."""
    return access.has(_PAPERS)


def can_read_reasons(access: Access) -> bool:
    """Sees what a signatory wrote for the coordination alone."""
    return access.has(COORDINATORS)


def can_open_wall(access: Access) -> bool:
    """Makes links to the page for the hall, and takes them back."""
    return access.has(COORDINATORS) and access.phase is not Phase.WITHDRAWN


def can_see_mails(access: Access) -> bool:
    """What became of the mails of the declaration, and marks those that came back."""
    return access.has(COORDINATORS)


def can_remind(access: Access) -> bool:
    """Writes to those who have not answered."""
    return access.has(COORDINATORS) and access.phase is Phase.SIGNING


def can_seal(access: Access) -> bool:
    return access.has(COORDINATORS) and access.phase is Phase.SIGNING


def can_receive_seal(access: Access) -> bool:
    """May seal, or may be handed what somebody else has just sealed: two may ask at the same time."""
    return access.has(COORDINATORS) and access.phase in (Phase.SIGNING, Phase.SEALED, Phase.PUBLISHED)


def can_plan_release(access: Access) -> bool:
    """Proposes to move, bring forward or stop the hour of the public page, and locks it."""
    return access.has(COORDINATORS) and access.phase is Phase.SEALED


def can_confirm_release(access: Access) -> bool:
    """Is the second person, see `deciding.confirm_step`; under the lock too."""
    return access.has(COORDINATORS | _NEWSROOM) and access.phase is Phase.SEALED


def can_see_release(access: Access) -> bool:
    """When the page opens, and what waits for a second person."""
    return access.has(COORDINATORS | _NEWSROOM) and _is_sealed(access)


def _is_sealed(access: Access) -> bool:
    """What is withdrawn after its publication stays, and says so."""
    return access.phase in (Phase.SEALED, Phase.PUBLISHED) or access.declaration.retracted_at is not None


def can_use_press_room(access: Access) -> bool:
    """Files for newsrooms, before the hour with a watermark. Under the lock for the coordination alone."""
    return can_see_release(access) and _is_let_in(access)


def can_write_press_release(access: Access) -> bool:
    """Changes the templates of the press release, and takes preview links back."""
    return access.has(COORDINATORS) and access.phase in (Phase.SEALED, Phase.PUBLISHED)


def can_hand_to_archive(access: Access) -> bool:
    """Takes everything that was sealed and published as a package for an E-Akte."""
    return access.has(COORDINATORS) and _is_sealed(access)


def can_download_final(access: Access) -> bool:
    """Under Sperrfrist too, perhaps as a copy. Not under the lock, but for those who wrote and signed it."""
    return can_see(access) and _is_sealed(access) and _is_let_in(access)


def can_download_sealed(access: Access) -> bool:
    """The sealed file itself: before the hour for those whose document it is, all others get a copy."""
    is_theirs = access.has(COORDINATORS | SIGNATORIES | _DRAFT_FOR_MUNICIPALITY)
    return can_download_final(access) and (is_theirs or access.phase is Phase.PUBLISHED)


def _is_let_in(access: Access) -> bool:
    return not access.declaration.confidential or access.has(_PAPERS)


def can_see_people(access: Access) -> bool:
    """Everybody who takes part, with address and how far the invitation has come."""
    return access.has(COORDINATORS)


def can_manage_people(access: Access) -> bool:
    """Asks people in, changes what they are, removes them. The press office may come after the seal."""
    return access.has(COORDINATORS) and access.phase in (Phase.DRAFTING, Phase.SIGNING, Phase.SEALED)


def can_invite_colleagues(access: Access) -> bool:
    """An office, colleagues and deputies of `own_municipalities`, where the coordination allows it."""
    return (
        access.declaration.offices_invite
        and access.municipality is not None
        and access.has(_DRAFT_FOR_MUNICIPALITY)
        and access.phase in (Phase.DRAFTING, Phase.SIGNING)
    )


def can_staff(access: Access) -> bool:
    """Asks people in and gives mandates: the coordination for all, an office for its own."""
    return can_manage_people(access) or can_invite_colleagues(access)


def own_municipalities(access: Access) -> frozenset[Municipality]:
    """That the person drafts or signs for."""
    drafted = {access.municipality} if access.municipality else set()
    return frozenset(drafted | {mandate.municipality for mandate in access.mandates})


def can_see_own_municipality(access: Access) -> bool:
    """Its people, mandates and answers."""
    return bool(own_municipalities(access))


def can_see_municipalities(access: Access) -> bool:
    """The page of one: the coordination of any, all others of their own."""
    return can_see_people(access) or can_see_own_municipality(access)


def can_read_log(access: Access) -> bool:
    return access.has(COORDINATORS)


def can_see_settings(access: Access) -> bool:
    return access.has(COORDINATORS)


def can_change_title(access: Access) -> bool:
    """What is signed, and when it counts: title, issuer, quorum."""
    return access.has(COORDINATORS) and access.phase is Phase.DRAFTING


def can_change_terms(access: Access) -> bool:
    """What the signatories are asked under: deadline, place and day, who takes part, ways, languages."""
    return access.has(COORDINATORS) and access.phase in (Phase.DRAFTING, Phase.SIGNING)


def can_change_embargo(access: Access) -> bool:
    return access.has(COORDINATORS) and access.phase in (Phase.DRAFTING, Phase.SIGNING, Phase.SEALED)


def can_archive(access: Access) -> bool:
    """May lay it aside, and take it out again: it leaves the lists, nothing else changes."""
    return access.has(COORDINATORS)


def can_withdraw(access: Access) -> bool:
    return access.has(COORDINATORS) and access.phase in (Phase.DRAFTING, Phase.SIGNING, Phase.SEALED)


def can_copy_text(access: Access) -> bool:
    """May begin another declaration with this one's text."""
    return access.has(COORDINATORS)
