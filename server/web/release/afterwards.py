"""What was said of declarations after their publication, for whoever checks a file: by its text's digest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request

from server.domain.sign_offs.statements import timestamp
from server.storage.release.addenda import AddendumHead, read_by_text
from server.web.http.context import services_of, web_of
from server.web.http.visits import visit_of
from server.web.release.public.serving import PUBLIC
from server.web.sentences.messages import N_, Message

WITHDRAWN: Final = N_("This declaration is withdrawn")
WITHDRAWN_TEXT: Final = N_(
    "It was withdrawn after its publication. The file may be genuine and counts no more."
)
CORRECTED: Final = N_("There is an erratum to this declaration")
CORRECTED_TEXT: Final = N_("The signed text stays as it is and is to be read with the erratum.")


@dataclass(frozen=True, slots=True)
class Afterwards:
    """`text_digest`: of the text that it is about; `address` is where it stands on the public page."""

    text_digest: str
    slug: str
    addendum: AddendumHead

    @property
    def heading(self) -> Message:
        return Message(WITHDRAWN if self.addendum.is_withdrawal else CORRECTED)

    @property
    def sentence(self) -> Message:
        return Message(WITHDRAWN_TEXT if self.addendum.is_withdrawal else CORRECTED_TEXT)

    @property
    def address(self) -> str:
        return f"{PUBLIC.format(slug=self.slug)}#{self.addendum.anchor}"


async def load_afterwards(request: Request) -> list[Afterwards]:
    """Of all declarations: the browser looks its file's text up by itself, and says nobody which it is."""
    found = await services_of(request).database.ask(read_by_text)
    return [Afterwards(*each) for each in found]


def said_of(everything: Sequence[Afterwards], text_digest: str) -> list[Afterwards]:
    return [each for each in everything if text_digest and each.text_digest == text_digest]


def for_browser(request: Request, everything: Sequence[Afterwards]) -> list[dict[str, str]]:
    """What `client/src/verify/page/words.ts` reads."""
    web, language = web_of(request), visit_of(request).language
    return [
        {
            "text": each.text_digest,
            "kind": each.addendum.kind.value,
            "heading": web.pages.say(language, each.heading),
            "sentence": web.pages.say(language, each.sentence),
            "at": timestamp(each.addendum.sealed_at),
            "reason": each.addendum.draft.reason,
            "address": each.address,
        }
        for each in everything
    ]
