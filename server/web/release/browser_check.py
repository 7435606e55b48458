"""The words of the check that the browser makes alone: the report page's own, handed over as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.requests import Request

from server.web.http.context import web_of
from server.web.http.visits import visit_of
from server.web.sentences.finding_sentences import BROWSER_LIMITS, CHECKS, LIMITS
from server.web.sentences.messages import N_, Message
from server.web.sentences.words import ANSWERS, LEVELS, OUTCOMES

MAX_MEGABYTES: Final = 50
SENTENCES: Final[Mapping[str, str]] = {
    "working": N_("The file is being checked …"),
    "failed": N_("This browser could not check the file. Please use the check on the server."),
    "report": N_("Verification report"),
    "genuine": N_("This document is genuine."),
    "genuineText": N_("What that means in detail, and what it does not prove, is explained below."),
    "trial": N_("This document is unchanged, but it is only a trial."),
    "trialText": N_("It was sealed with a test certificate and binds nobody."),
    "doubtful": N_("This document is not proven to be genuine."),
    "doubtfulText": N_("At least one check failed or could not be made. Please do not rely on this file."),
    "unchanged": N_("This document is unchanged since it was sealed."),
    "unchangedText": N_(
        "Whose seal it is stands below. Whether the issuer of the certificate is to be trusted, the browser "
        "cannot tell."
    ),
    "file": N_("File"),
    "fileDigest": N_("Fingerprint of the file (SHA-256)"),
    "declaration": N_("Declaration"),
    "text": N_("Text"),
    "textDigest": N_("Fingerprint of this text (SHA-256)"),
    "who": N_("Who signed this text"),
    "municipality": N_("Municipality"),
    "signatory": N_("Signatory"),
    "answer": N_("Answer"),
    "how": N_("How"),
    "when": N_("When"),
    "signedText": N_("The text that was signed"),
    "signedTextHint": N_("Compare it with the pages of the PDF: the browser does not read them."),
    "checked": N_("What was checked"),
    "technical": N_("Technical finding:"),
    "unchecked": N_("What the browser does not check"),
}
NUMBER: Final = {"number": "{number}"}
"""The client puts the number in."""
UNCHECKED: Final = (
    N_(
        "whether the pages of the PDF print exactly the signed text and names; "
        "the check on the server does that"
    ),
    N_(
        "whether the certificates of the seal and of the time stamps were revoked, "
        "and who trusts their issuers"
    ),
    N_("whether the log is the only one: compare its root with the published one"),
    N_(
        "itself: the program of this check comes with this page. If you do not want to rely on that either, "
        "check with the command line, without any network"
    ),
)


def browser_check(request: Request) -> dict[str, object]:
    """What `client/src/verify/page/words.ts` reads."""
    web, language = web_of(request), visit_of(request).language

    def say(sentences: Mapping[str, str]) -> dict[str, str]:
        return web.pages.translate(language, sentences)

    too_large = Message(
        N_("This file is too large. At most %(megabytes)s MB can be checked."), {"megabytes": MAX_MEGABYTES}
    )
    return {
        "language": language,
        "largest": MAX_MEGABYTES * 1024 * 1024,
        "sentences": {
            **say(SENTENCES),
            "tooLarge": web.pages.say(language, too_large),
            "revision": web.pages.say(language, Message(N_("Revision %(number)s"), NUMBER)),
            "places": web.pages.say(language, Message(N_("%(number)s municipalities"), NUMBER)),
        },
        "checks": say(CHECKS),
        "limits": say({**LIMITS, **BROWSER_LIMITS}),
        "outcomes": say({outcome.value: word for outcome, word in OUTCOMES.items()}),
        "answers": say({answer.value: word for answer, word in ANSWERS.items()}),
        "levels": say({level.value: word for level, word in LEVELS.items()}),
        "unchecked": list(say({text: text for text in UNCHECKED}).values()),
    }
