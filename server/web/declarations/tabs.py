"""The tabs of a declaration: where one can go from each of its pages. Others add rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from server.domain import permissions
from server.domain.permissions import Access
from server.web.sentences.messages import N_


@dataclass(frozen=True, slots=True)
class Tab:
    """`page` is relative to the declaration; pages below it belong to the tab too."""

    label: str
    page: str
    may: Callable[[Access], bool]
    others: tuple[str, ...] = ()
    """Further pages that belong to it."""


TABS: Final = (
    Tab(N_("Overview"), "", permissions.can_see),
    Tab(N_("Text"), "edit", permissions.can_join_room, ("workshops", "branches", "sections")),
    Tab(N_("Sign-off"), "sign", permissions.can_see_own_sign_offs),
    Tab(N_("Where it stands"), "board", permissions.can_follow_sign_offs),
    Tab(N_("Revisions"), "versions", permissions.can_see_versions, ("revisions", "compare", "authorship")),
    Tab(N_("Languages"), "translations", permissions.can_read_revisions),
    Tab(N_("People"), "people", permissions.can_see_people),
    Tab(N_("Our municipality"), "municipality", permissions.can_see_own_municipality),
    Tab(N_("Publication"), "release", permissions.can_see_release),
    Tab(N_("Accessions"), "accessions", permissions.can_admit),
    Tab(N_("Implementation"), "reports", permissions.can_report),
    Tab(N_("Errata"), "addenda", permissions.can_confirm_addendum),
    Tab(N_("Press room"), "press", permissions.can_use_press_room),
    Tab(N_("Files"), "text/files", permissions.can_export_text),
    Tab(N_("Log"), "log", permissions.can_read_log),
    Tab(N_("Settings"), "settings", permissions.can_see_settings, ("webhooks",)),
)
"""In this order. A test opens each for everybody who is shown it."""


@dataclass(frozen=True, slots=True)
class ShownTab:
    label: str
    href: str
    is_current: bool


def tabs_for(access: Access, page: str) -> list[ShownTab]:
    """Those that the person may open now. `page` is the one that is open, relative to the declaration."""
    base = f"/declarations/{access.declaration.slug}"
    return [
        ShownTab(tab.label, f"{base}/{tab.page}".rstrip("/"), _holds(tab, page))
        for tab in TABS
        if tab.may(access)
    ]


def _holds(tab: Tab, page: str) -> bool:
    own = [each for each in (tab.page, *tab.others) if each]
    return page == tab.page or page in own or any(page.startswith(f"{each}/") for each in own)
