"""What was said of a declaration after its publication, for everything that travels without its page."""

from __future__ import annotations

from server.documents.later.addendum_words import CORRECTION
from server.documents.wording import german_day
from server.web.http.context import Web
from server.web.release.public.state import Published
from server.web.sentences.messages import N_, Message


def stands(web: Web, page: Published) -> str:
    """How many stand behind it and whether it still holds, in German and short: for pictures."""
    words = N_("Signed by %(count)s municipalities")
    if page.withdrawal:
        words = N_("Withdrawn (%(count)s had signed)")
    elif page.errata:
        words = N_("%(count)s municipalities, with an erratum")
    return web.pages.say("de", Message(words, {"count": len(page.rows)}))


def later_text(page: Published) -> str:
    """To stand above a text, in German as it is; empty where nothing was said."""
    parts = []
    for each in page.addenda:
        words = "ZURÜCKGEZOGEN" if each.is_withdrawal else f"BERICHTIGUNG {each.number}"
        head = f"{words} am {german_day(each.sealed_at)}: {each.draft.reason}"
        places = [
            f"{c.place}: {CORRECTION.format(wrong=c.wrong, right=c.right)}" for c in each.draft.corrections
        ]
        parts.append("\n".join((head, *places)) + "\n\n")
    return "".join(parts)
