"""What each role does in a declaration, in the order in which it comes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from server.domain.people.roles import Role
from server.web.sentences.messages import N_


@dataclass(frozen=True, slots=True)
class Guide:
    """One screen. `key` is its address; `roles` are those that it is written for."""

    key: str
    label: str
    lead: str
    steps: tuple[str, ...]
    roles: frozenset[Role]
    picture: str
    """What its picture shows, for those who do not see it; the file is `client/help/KEY.jpg`."""


GUIDES: Final = (
    Guide(
        "coordination",
        N_("Coordination"),
        N_("You run the declaration: you invite, fix the text, follow the answers and seal the document."),
        (
            N_("Create a declaration, and set the deadline in its settings."),
            N_("Invite people: paste your table, mend faulty rows where they stand, look at one mail, send."),
            N_("When no suggestion is open, fix the text. From then on nobody changes it."),
            N_("Signatories are asked by mail. On the overview you follow the answers and remind the rest."),
            N_("Seal the declaration. Everybody who takes part then finds the document on the overview."),
        ),
        frozenset({Role.COORDINATOR}),
        N_("The page of people: whoever takes part, and how far each invitation has come."),
    ),
    Guide(
        "office",
        N_("Mayor's staff"),
        N_("You write along for your municipality, and prepare the answer of its mayor."),
        (
            N_("Accept the invitation with the code from the mail. There is no password."),
            N_("Open the text and write. Everybody sees changes at once, and they are saved by themselves."),
            N_("To propose instead of changing, switch to suggesting in the toolbar; others then decide."),
            N_("Once the text is fixed, read the revision, and what has changed since the one before."),
            N_("Only the mayor or a deputy answers. On the overview you see whether the answer is there."),
        ),
        frozenset({Role.EDITOR, Role.SUGGESTER}),
        N_("The text while it is written: saved at once, with whoever else is in it."),
    ),
    Guide(
        "mayor",
        N_("Mayor"),
        N_("You read exactly the text that you sign, and answer within a minute, on the phone too."),
        (
            N_("Open the link in the mail and sign in on your device."),
            N_("Read the text. If it has changed since your last answer, the changes come first."),
            N_(
                "Choose an answer. You may also sign with a statement, subject to the council, or not at all."
            ),
            N_("Confirm with your finger, your face or the PIN of your device, or with a code by e-mail."),
            N_("Until the document is sealed you can change your answer. The earlier one stays on record."),
        ),
        frozenset({Role.SIGNATORY}),
        N_("The page for signing on the phone: which text, until when, for which municipality."),
    ),
    Guide(
        "press",
        N_("Press office"),
        N_("You get the final document before the public does."),
        (
            N_("Once the declaration is sealed, you find the document on its overview."),
            N_("Download it as PDF, or read it as a web page."),
            N_("Please keep to the release block. Its hour stands on the overview."),
            N_("Anyone can check the PDF under “Check a PDF”, without an account."),
        ),
        frozenset({Role.PRESS}),
        N_("The overview after the seal: the document, and the release block."),
    ),
    Guide(
        "observer",
        N_("Observer"),
        N_("You read what is fixed, and see who has answered."),
        (
            N_("Accept the invitation with the code from the mail. There is no password."),
            N_("As soon as the text is fixed, you read it under “Revisions”, with all changes since."),
            N_("On the overview you see how many municipalities have signed."),
        ),
        frozenset({Role.OBSERVER}),
        N_("A revision as everybody reads it, with its lines."),
    ),
)
"""A test wants a guide for every role."""


def guides_for(roles: Collection[Role]) -> list[Guide]:
    return [guide for guide in GUIDES if guide.roles & set(roles)]
