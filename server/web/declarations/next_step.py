"""What a person should do next in a declaration: one sentence, and at most one thing to press."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from server.domain.declarations import Phase, Role
from server.domain.permissions import Access
from server.web.declarations.progress import Progress
from server.web.http.links import Action
from server.web.sentences.messages import N_, Message

STEPS: Final = (Phase.DRAFTING, Phase.SIGNING, Phase.SEALED, Phase.PUBLISHED)


@dataclass(frozen=True, slots=True)
class NextStep:
    sentence: Message
    action: Action | None = None


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


def next_step(situation: Situation) -> NextStep:
    return _BY_PHASE[situation.access.phase](situation)


def _drafting(now: Situation) -> NextStep:
    if Role.COORDINATOR in now.access.roles:
        return NextStep(
            Message(N_("The text is being written. When everybody agrees, fix it for the sign-off.")),
            Action(N_("Open the editor"), now.path("edit")),
        )
    if Role.EDITOR in now.access.roles:
        return NextStep(
            Message(N_("The text is being written. Write along; everybody sees it at once.")),
            Action(N_("Open the editor"), now.path("edit")),
        )
    if Role.SUGGESTER in now.access.roles:
        return NextStep(
            Message(N_("The text is being written. Suggest what should change; others decide about it.")),
            Action(N_("Open the editor"), now.path("edit")),
        )
    return NextStep(Message(N_("The text is being written. You will be told when it is your turn.")))


def _signing(now: Situation) -> NextStep:
    if Role.SIGNATORY in now.access.roles and now.unanswered:
        return NextStep(
            Message(N_("The text is fixed and waits for your sign-off.")),
            Action(N_("Read and sign"), now.path("sign")),
        )
    counts = {"signed": now.progress.supporting, "total": now.progress.total}
    if Role.COORDINATOR in now.access.roles:
        return _waiting_or_sealing(now, counts)
    if Role.SIGNATORY in now.access.roles:
        return NextStep(Message(N_("You have answered. Nothing more to do for now."), counts))
    if Role.EDITOR in now.access.roles:
        return NextStep(Message(N_("The text is fixed. The mayors are signing it now.")))
    return NextStep(Message(N_("The mayors are signing. You will get the final document here afterwards.")))


def _waiting_or_sealing(now: Situation, counts: dict[str, int]) -> NextStep:
    if not now.complete:
        waiting = N_("%(signed)s of %(total)s municipalities have signed. The others are still asked.")
        return NextStep(Message(waiting, counts))
    ready = N_("%(signed)s of %(total)s municipalities have signed. The declaration can be sealed.")
    return NextStep(Message(ready, counts), Action(N_("Seal the declaration"), now.path("seal")))


def _sealed(now: Situation) -> NextStep:
    return NextStep(
        Message(N_("The final document is ready. Please keep to the release block until it is published.")),
        Action(N_("Download the final document"), now.path("final.pdf")),
    )


def _published(now: Situation) -> NextStep:
    return NextStep(
        Message(N_("The declaration is published.")),
        Action(N_("Download the final document"), now.path("final.pdf")),
    )


def _withdrawn(_: Situation) -> NextStep:
    return NextStep(Message(N_("The declaration has been withdrawn. Nothing more to do.")))


_BY_PHASE: Final[dict[Phase, Callable[[Situation], NextStep]]] = {
    Phase.DRAFTING: _drafting,
    Phase.SIGNING: _signing,
    Phase.SEALED: _sealed,
    Phase.PUBLISHED: _published,
    Phase.WITHDRAWN: _withdrawn,
}


def step_line(phase: Phase) -> list[tuple[Phase, str]]:
    """The declaration's life with "done", "current" or "ahead" for each; withdrawn stands alone."""
    if phase is Phase.WITHDRAWN:
        return [(phase, "current")]
    here = STEPS.index(phase)
    return [(p, "done" if i < here else "current" if i == here else "ahead") for i, p in enumerate(STEPS)]
