"""Who may do what: asked of the predicates that every page asks, never written down twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from server.domain import permissions
from server.domain.declarations import Declaration, Phase
from server.domain.people.mandates import Mandate, MandateKind
from server.domain.people.municipalities import Municipality, MunicipalityKind
from server.domain.people.persons import Person
from server.domain.people.roles import Role
from server.domain.permissions import Access
from server.web.sentences.messages import N_

LABELS: Final[Mapping[str, str]] = {
    "can_edit_text": N_("write in the text"),
    "can_suggest": N_("suggest changes"),
    "can_comment": N_("comment on passages"),
    "can_moderate": N_("keep a batch of suggestions for the next round, assign sections"),
    "can_record_comments": N_("write down what somebody said on the telephone"),
    "can_run_workshop": N_("open a workshop for people without an account"),
    "can_join_room": N_("follow the text while it is written"),
    "can_see_history": N_("look at earlier states of the text"),
    "can_translate": N_("write in translations"),
    "can_keep_checkpoint": N_("keep the text as it stands under a name"),
    "can_bring_back": N_("bring words of an earlier state back"),
    "can_scrub": N_("take a passage out of all kept states"),
    "can_freeze": N_("fix the text as a revision"),
    "can_import_text": N_("bring in the text of a file"),
    "can_export_text": N_("take the live text along as a file"),
    "can_reopen": N_("open the text again"),
    "can_read_revisions": N_("read revisions"),
    "can_sign": N_("answer for a municipality"),
    "can_preview_sign_off": N_("see the brief of one's own municipality"),
    "can_leave_note": N_("leave a note for one's own mayor"),
    "can_record_papers": N_("record answers on paper"),
    "can_settle_papers": N_("confirm or refuse an answer on paper that concerns them"),
    "can_read_reasons": N_("read reasons that were given to the coordination only"),
    "can_follow_sign_offs": N_("see who has answered"),
    "can_remind": N_("remind who has not answered"),
    "can_see_mails": N_("see what became of the mails"),
    "can_open_wall": N_("show the page for the hall"),
    "can_seal": N_("seal the declaration"),
    "can_plan_release": N_("move or lock the hour of the public page"),
    "can_confirm_release": N_("confirm as the second person that the hour moves"),
    "can_use_press_room": N_("use the press room"),
    "can_write_press_release": N_("write the press release and take preview links back"),
    "can_download_final": N_("download the final document"),
    "can_admit": N_("let municipalities join after the publication"),
    "can_amend": N_("correct or withdraw what is published"),
    "can_report": N_("fill in the yearly report"),
    "can_remind_of_report": N_("remind who has not filled in the yearly report"),
    "can_see_people": N_("see everybody who takes part, with their address"),
    "can_manage_people": N_("invite and remove people"),
    "can_invite_colleagues": N_("invite people of one's own municipality, where the coordination allows it"),
    "can_change_title": N_("change title, issuer and quorum"),
    "can_change_terms": N_("change deadline, place and who takes part"),
    "can_change_embargo": N_("change the release block"),
    "can_hand_to_archive": N_("hand the finished declaration to the archive"),
    "can_read_log": N_("read the log"),
    "can_archive": N_("lay it aside in the archive"),
    "can_copy_text": N_("begin another declaration with this text"),
    "can_withdraw": N_("withdraw the declaration"),
}
"""What the page calls a right, by the name of its predicate. Rows are in the order of `permissions.py`."""

PARTS: Final[Mapping[str, str]] = {
    "can_download_sealed": "can_download_final",
    "can_follow_translations": "can_join_room",
    "can_keep_translations": "can_translate",
    "can_see": "can_read_revisions",
    "can_open_thread": "can_comment",
    "can_remove_comments": "can_record_comments",
    "can_clean_text": "can_freeze",
    "can_see_versions": "can_see_history",
    "can_take_text": "can_see_history",
    "can_see_own_sign_offs": "can_sign",
    "can_see_papers": "can_settle_papers",
    "can_receive_seal": "can_seal",
    "can_see_release": "can_use_press_room",
    "can_confirm_addendum": "can_confirm_release",
    "can_staff": "can_manage_people",
    "can_see_own_municipality": "can_see_people",
    "can_see_municipalities": "can_see_people",
    "can_see_settings": "can_change_terms",
}
"""Rights without a row of their own: each goes with another, or only opens the page on which that is done."""


def _predicates() -> list[tuple[str, Callable[[Access], bool]]]:
    return [(LABELS[name], may) for name, may in vars(permissions).items() if name in LABELS]


_TOWN: Final = Municipality("00000000", "", MunicipalityKind.GEMEINDE)
_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
_NOBODY: Final = Person(0, "", "")


@dataclass(frozen=True, slots=True)
class Right:
    """`phases`: by role, when it holds; empty where it never does."""

    label: str
    phases: dict[Role, tuple[Phase, ...]]


def all_rights() -> list[Right]:
    return [
        Right(label, {role: tuple(phase for phase in Phase if may(_access(role, phase))) for role in Role})
        for label, may in _predicates()
    ]


def rights_of(roles: Iterable[Role]) -> list[tuple[str, tuple[Phase, ...]]]:
    """What any of these may do, and when."""
    wanted = set(roles)
    found = [
        (right.label, tuple(p for p in Phase if any(p in right.phases[role] for role in wanted)))
        for right in all_rights()
    ]
    return [(label, phases) for label, phases in found if phases]


def by_phases(rights: Iterable[tuple[str, tuple[Phase, ...]]]) -> list[tuple[tuple[Phase, ...], list[str]]]:
    """The same, each group of phases once, in the order of its first right."""
    found: dict[tuple[Phase, ...], list[str]] = {}
    for label, phases in rights:
        found.setdefault(phases, []).append(label)
    return list(found.items())


def _access(role: Role, phase: Phase) -> Access:
    """Somebody who is nothing but this, with the municipality or mandate that the role needs, where the
    coordination lets offices invite."""
    declaration = Declaration(0, "", "", phase, "", None, None, text_id=0, offices_invite=True)
    mandate = Mandate(0, 0, _TOWN, MandateKind.MAYOR, "", _EPOCH, None)
    return Access(
        _NOBODY,
        declaration,
        frozenset({role}),
        municipality=_TOWN if role.facts.drafts_for_municipality else None,
        mandates=(mandate,) if role.facts.binds_municipality else (),
    )
