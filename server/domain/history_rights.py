"""What a person may do with what was fixed and kept of a text: of the original, or of a translation."""

from __future__ import annotations

from dataclasses import dataclass

from server.domain import permissions
from server.domain.permissions import Access


@dataclass(frozen=True, slots=True)
class HistoryRights:
    """`fixed`: reads revisions. `kept`: reads states in between, the working text, and what was decided.
    `enter`: comes into the room. The others change something."""

    fixed: bool
    kept: bool
    enter: bool
    keep: bool
    bring_back: bool
    scrub: bool

    @property
    def see(self) -> bool:
        return self.fixed or self.kept


def original_history(access: Access) -> HistoryRights:
    return HistoryRights(
        fixed=permissions.can_read_revisions(access),
        kept=permissions.can_see_history(access),
        enter=permissions.can_join_room(access),
        keep=permissions.can_keep_checkpoint(access),
        bring_back=permissions.can_bring_back(access),
        scrub=permissions.can_scrub(access),
    )


def translation_history(access: Access) -> HistoryRights:
    """As in the original, in more phases."""
    follows, keeps = permissions.can_follow_translations(access), permissions.can_keep_translations(access)
    return HistoryRights(
        fixed=permissions.can_read_revisions(access),
        kept=follows or permissions.can_see_history(access),
        enter=follows,
        keep=permissions.can_translate(access),
        bring_back=keeps,
        scrub=keeps,
    )


def history_rights(access: Access, language: str) -> HistoryRights:
    """`language`: of the translation, empty for the original."""
    return translation_history(access) if language else original_history(access)
