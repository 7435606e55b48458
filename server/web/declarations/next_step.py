"""What a person should do next in a declaration: one sentence, and at most one thing to press."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from server.domain.declarations import Phase
from server.domain.people.roles import Role
from server.domain.permissions import Access
from server.web.declarations.progress import Progress
from server.web.http.pages.links import Action
from server.web.sentences.messages import N_, Message


@dataclass(frozen=True, slots=True)
class NextStep:
    """`heading` says how things stand, `sentence` what follows for this person. `is_due`: this very person is
    waited for."""

    heading: Message
    sentence: Message
    action: Action | None = None
    is_due: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """`unanswered`: mandates of this person whose municipality has not answered the current revision.

    `overdue`: the day by which the answers should be in has passed. `fixed`: number of the newest revision, 0
    where there is none or nobody asked for it. `council_met`: official key of a municipality of this person
    that can now confirm what it signed under its council's reservation; empty for none.
    """

    access: Access
    progress: Progress
    unanswered: int
    overdue: bool
    fixed: int = 0
    council_met: str = ""

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

_DRAFT: Final = N_("The draft is in progress.")
_OPEN_AGAIN: Final = N_("The text is open again.")
_FIXED: Final = N_("The text is fixed and is being signed.")
_COUNTS: Final = N_("%(signed)s of %(total)s municipalities have signed.")
_COUNTS_ONE: Final = N_("One of %(total)s municipalities has signed.")


def _told(heading: str, sentence: str) -> Row:
    """Nothing to press."""
    return lambda _: NextStep(Message(heading), Message(sentence))


def _led(heading: str, sentence: str, label: str, page: str) -> Row:
    return lambda now: NextStep(Message(heading), Message(sentence), Action(label, now.path(page)))


def _waits_for_the_text(now: Situation) -> NextStep:
    if now.fixed:
        again = N_(
            "What was signed holds for revision %(number)s only. As soon as the new revision is fixed, you "
            "are asked again by e-mail."
        )
        return NextStep(Message(_OPEN_AGAIN), Message(again, {"number": now.fixed}))
    sentence = N_(
        "As soon as the text is fixed, you are asked by e-mail to sign it. Until then there is nothing to do."
    )
    return NextStep(Message(_DRAFT), Message(sentence))


def _coordinates_signing(now: Situation) -> NextStep:
    progress = now.progress
    counts = _COUNTS_ONE if progress.signed == 1 else _COUNTS
    heading = Message(counts, {"signed": progress.signed, "total": progress.total})
    if now.complete:
        ready = N_("There is nothing more to wait for. The declaration can be sealed.")
        return NextStep(heading, Message(ready), Action(N_("Seal the declaration"), now.path("seal")))
    remind = _reminds(now)
    if not now.overdue:
        at = now.access.declaration.deadline
        if at is None:
            no_deadline = N_("No deadline is set. You can seal as soon as enough have signed.")
            return NextStep(heading, Message(no_deadline), remind)
        return NextStep(heading, Message(N_("The sign-off runs until %(at)s."), {"at": at}), remind)
    late = N_("The deadline has passed, and no municipality has signed. Answers still open: %(count)s.")
    return NextStep(heading, Message(late, {"count": progress.open}), remind)


def _reminds(now: Situation) -> Action | None:
    """Whose answer is open is reminded; there is nobody where no municipality is asked."""
    count = now.progress.open
    if not count:
        return None
    label = N_("Remind 1 open municipality") if count == 1 else N_("Remind %(count)s open municipalities")
    return Action(label, now.path("reminders"), {"count": count})


def _signs(now: Situation) -> NextStep:
    if now.unanswered and now.overdue:
        late = N_("If you still want to answer, please call the coordination: it can extend the deadline.")
        return NextStep(Message(N_("The time for answers is over.")), Message(late))
    if now.unanswered:
        return NextStep(
            Message(N_("The text is fixed and waits for your sign-off.")),
            Message(N_("Read the text and give your municipality's answer.")),
            Action(N_("Read and sign"), now.path("sign")),
            is_due=True,
        )
    keys = {mandate.municipality.ags for mandate in now.access.mandates}
    own = [line for line in now.progress.lines if line.municipality.ags in keys and line.answer]
    nothing = Message(N_("There is nothing more to do. If the text changes, you are asked again."))
    if not own:
        return NextStep(Message(_FIXED), nothing)
    waiting = next((line for line in own if line.municipality.ags == now.council_met), None)
    if waiting is not None:
        reserved = N_(
            "%(town)s has signed subject to the council's decision, and the day of its meeting has come. "
            "If it has agreed, confirm the sign-off."
        )
        return NextStep(
            Message(N_("Has the council agreed?")),
            Message(reserved, {"town": waiting.municipality.name}),
            Action(N_("Confirm now"), now.path(f"sign?change&municipality={now.council_met}#decision")),
            is_due=True,
        )
    line = own[0]
    given = N_("You have signed for %(town)s.") if line.supports else N_("You have answered for %(town)s.")
    return NextStep(Message(given, {"town": line.municipality.name}), nothing)


def _prepares(otherwise: str) -> Row:
    """An office readies the answer of its municipality, until it is there."""

    def row(now: Situation) -> NextStep:
        own = now.access.municipality
        if own is None or now.progress.has_answered(own):
            return NextStep(Message(_FIXED), Message(otherwise))
        sentence = N_("Look at what your mayor sees, and leave a note. Only who may sign answers.")
        return NextStep(
            Message(_FIXED), Message(sentence), Action(N_("Prepare the answer"), now.path("sign/preview"))
        )

    return row


_OPEN_EDITOR: Final = N_("Open the text")
_DOWNLOAD: Final = N_("Download the final document")
_FOLLOWS: Final = N_("You see below who has answered.")
_GETS_DOCUMENT: Final = N_("After the sign-off you get the document here.")
_IS_SEALED: Final = _led(
    N_("The declaration is sealed."),
    N_("The final document is ready. Please keep to the release block until it is published."),
    _DOWNLOAD,
    "final.pdf",
)
_IS_PUBLISHED: Final = _led(
    N_("The declaration is published."), N_("The final document can be downloaded."), _DOWNLOAD, "final.pdf"
)
_IS_WITHDRAWN: Final = _told(N_("The declaration has been withdrawn."), N_("There is nothing more to do."))

NEXT_STEPS: Final[Mapping[tuple[Phase, Role], Row]] = {
    (Phase.DRAFTING, Role.COORDINATOR): _led(
        _DRAFT, N_("As soon as everybody agrees, you fix the text for the sign-off."), _OPEN_EDITOR, "edit"
    ),
    (Phase.DRAFTING, Role.EDITOR): _led(
        _DRAFT, N_("You can write along; everybody sees changes at once."), _OPEN_EDITOR, "edit"
    ),
    (Phase.DRAFTING, Role.SUGGESTER): _led(
        _DRAFT, N_("You can suggest changes; others decide about them."), _OPEN_EDITOR, "edit"
    ),
    (Phase.DRAFTING, Role.SIGNATORY): _waits_for_the_text,
    (Phase.DRAFTING, Role.PRESS): _told(_DRAFT, _GETS_DOCUMENT),
    (Phase.DRAFTING, Role.OBSERVER): _told(_DRAFT, _GETS_DOCUMENT),
    (Phase.SIGNING, Role.COORDINATOR): _coordinates_signing,
    (Phase.SIGNING, Role.SIGNATORY): _signs,
    (Phase.SIGNING, Role.EDITOR): _prepares(_FOLLOWS),
    (Phase.SIGNING, Role.SUGGESTER): _prepares(_GETS_DOCUMENT),
    (Phase.SIGNING, Role.PRESS): _told(_FIXED, _GETS_DOCUMENT),
    (Phase.SIGNING, Role.OBSERVER): _told(_FIXED, _GETS_DOCUMENT),
    # From the seal on, everybody who takes part may do the same.
    **{(Phase.SEALED, role): _IS_SEALED for role in Role},
    **{(Phase.PUBLISHED, role): _IS_PUBLISHED for role in Role},
    **{(Phase.WITHDRAWN, role): _IS_WITHDRAWN for role in Role},
}
"""Within a phase, a person with several roles is shown the first row that applies."""
