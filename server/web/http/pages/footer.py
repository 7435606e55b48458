"""What every page's footer leads to. A page gets its row here when it exists."""

from __future__ import annotations

from typing import Final

from server.domain.record.legal_pages import LegalPage
from server.web.http.pages.links import Action
from server.web.sentences.messages import N_

FOOTER: Final[tuple[Action, ...]] = (
    *(Action(page.label, f"/{page.value}") for page in LegalPage),
    Action(N_("Help"), "/help"),
)
