"""What a person should do next in a declaration: one sentence, and at most one thing to press."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from server.domain.declarations import Phase
from server.domain.people.roles import Role
from server.domain.permissions import Access
from server.web.declarations.progress import Progress
from server.web.http.links import Action
from server.web.sentences.messages import N_, Message


@dataclass(frozen=True, slots=True)
class NextStep:
    """`is_due`: this very person is waited for."""

    sentence: Message
    action: Action | None = None
    is_due: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """`unanswered`: mandates of this person whose municipality has not answered the current revision.

    `overdue`: the day by which the answers should be in has passed.
    """

    access: Access
    progress: Progress
    unanswered: int
    overdue: bool

    @property
    def complete(self) -> bool:
        """Nothing more to wait for: all have answered, or the time for it is over."""
        return self.progress.supporting > 0 and (self.progress.open == 0 or self.overdue)

    def path(self, page: str) -> str:
        return f"/declarations/{self.access.declaration.slug}/{page}"


def next_step(now: Situation) -> NextStep:
    """With several roles: the step that is due, otherwise the first of their rows."""
    rows = [
        row
        for (phase, role), row in NEXT_STEPS.items()
        if phase is now.access.phase and role in now.access.roles
    ]
    steps = [row(now) for row in rows]
    return next((step for step in steps if step.is_due), steps[0])


Row = Callable[[Situation], NextStep]


def _told(sentence: str) -> Row:
    """Nothing to press."""
    return lambda _: NextStep(Message(sentence))


def _led(sentence: str, label: str, page: str) -> Row:
    return lambda now: NextStep(Message(sentence), Action(label, now.path(page)))


def _coordinates_signing(now: Situation) -> NextStep:
    counts = {"signed": now.progress.supporting, "total": now.progress.total}
    if not now.complete:
        waiting = N_("%(signed)s of %(total)s municipalities have signed. The others are still asked.")
        return NextStep(Message(waiting, counts))
    ready = N_("%(signed)s of %(total)s municipalities have signed. The declaration can be sealed.")
    return NextStep(Message(ready, counts), Action(N_("Seal the declaration"), now.path("seal")))


def _signs(now: Situation) -> NextStep:
    if not now.unanswered:
        return NextStep(Message(N_("You have answered. Nothing more to do for now.")))
    return NextStep(
        Message(N_("The text is fixed and waits for your sign-off.")),
        Action(N_("Read and sign"), now.path("sign")),
        is_due=True,
    )


_OPEN_EDITOR: Final = N_("Open the editor")
_DOWNLOAD: Final = N_("Download the final document")
_IS_WRITTEN: Final = _told(N_("The text is being written. You will be told when it is your turn."))
_IS_SIGNED: Final = _told(N_("The mayors are signing. You will get the final document here afterwards."))
_IS_SEALED: Final = _led(
    N_("The final document is ready. Please keep to the release block until it is published."),
    _DOWNLOAD,
    "final.pdf",
)
_IS_PUBLISHED: Final = _led(N_("The declaration is published."), _DOWNLOAD, "final.pdf")
_IS_WITHDRAWN: Final = _told(N_("The declaration has been withdrawn. Nothing more to do."))

NEXT_STEPS: Final[Mapping[tuple[Phase, Role], Row]] = {
    (Phase.DRAFTING, Role.COORDINATOR): _led(
        N_("The text is being written. When everybody agrees, fix it for the sign-off."), _OPEN_EDITOR, "edit"
    ),
    (Phase.DRAFTING, Role.EDITOR): _led(
        N_("The text is being written. Write along; everybody sees it at once."), _OPEN_EDITOR, "edit"
    ),
    (Phase.DRAFTING, Role.SUGGESTER): _led(
        N_("The text is being written. Suggest what should change; others decide about it."),
        _OPEN_EDITOR,
        "edit",
    ),
    (Phase.DRAFTING, Role.SIGNATORY): _IS_WRITTEN,
    (Phase.DRAFTING, Role.PRESS): _IS_WRITTEN,
    (Phase.DRAFTING, Role.OBSERVER): _IS_WRITTEN,
    (Phase.SIGNING, Role.COORDINATOR): _coordinates_signing,
    (Phase.SIGNING, Role.SIGNATORY): _signs,
    (Phase.SIGNING, Role.EDITOR): _told(N_("The text is fixed. The mayors are signing it now.")),
    (Phase.SIGNING, Role.SUGGESTER): _IS_SIGNED,
    (Phase.SIGNING, Role.PRESS): _IS_SIGNED,
    (Phase.SIGNING, Role.OBSERVER): _IS_SIGNED,
    # From the seal on, everybody who takes part may do the same.
    **{(Phase.SEALED, role): _IS_SEALED for role in Role},
    **{(Phase.PUBLISHED, role): _IS_PUBLISHED for role in Role},
    **{(Phase.WITHDRAWN, role): _IS_WITHDRAWN for role in Role},
}
"""Within a phase, a person with several roles is shown the first row that applies."""
