"""The words of the check that the browser makes alone: the report page's own, handed over as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from starlette.requests import Request

from server.domain.release.finding_sentences import (
    ADVANCE,
    BROWSER_LIMITS,
    CHECKS,
    FAILED,
    LIMITS,
    OUTCOMES,
    VERDICTS,
)
from server.domain.release.verification import MAX_MEGABYTES
from server.dossier.published import PublishedFile
from server.web.http.context import web_of
from server.web.http.visits import visit_of
from server.web.release.afterwards import Afterwards, for_browser
from server.web.sentences.messages import N_, Message
from server.web.sentences.words import ANSWERS, LEVELS

SENTENCES: Final[Mapping[str, str]] = {
    "working": N_("The file is being checked …"),
    "failed": N_("This browser could not check the file. Please use the check on the server."),
    "report": N_("Verification report"),
    "wrong": N_("What is wrong"),
    "why": N_("Why"),
    "document": N_("What the file says"),
    "limited": N_("What holds with limits"),
    "proven": N_("What is proven"),
    "seal": N_("Electronic seal of"),
    "sealIssuer": N_("Issuer of the certificate"),
    "sealPlace": N_("Place"),
    "sealReason": N_("Reason"),
    "sealTime": N_("Time of the seal"),
    "ownClock": N_("by its own clock"),
    "file": N_("File"),
    "fileDigest": N_("Fingerprint of the file (SHA-256)"),
    "checkedAt": N_("Checked at"),
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
    "technical": N_("Technical finding:"),
    "unchecked": N_("What the browser does not check"),
    "independent": N_("Check independently"),
    "keep": N_("Keep this report"),
    "open": N_("Open the file"),
    "saveJson": N_("Save as JSON"),
    "print": N_("Print or save as PDF"),
    "pages": N_("Pages of the file"),
    "pagesHint": N_("Your browser paints these pages from the file. Nothing in the file can run here."),
    "more": N_("Read more"),
    "pagesFailed": N_("The pages of this file cannot be shown here."),
}
NUMBER: Final = {"number": "{number}"}
OF: Final = {**NUMBER, "count": "{count}"}
"""The client puts the number in."""
INDEPENDENT: Final = (
    N_(
        "The European Commission's demonstration page of DSS checks seals and time stamps against the "
        "trusted lists: ec.europa.eu/digital-building-blocks/DSS/webapp-demo/validation. "
        "The file is sent there."
    ),
    N_("The program pdfsig (from poppler) checks the seal on your own computer: pdfsig FILE.pdf"),
    N_("The guide LIESMICH.txt among the file's attachments says how to check all of it by hand."),
)
"""Ways that do not depend on us: named as text, so that nothing is loaded from elsewhere. The last one is for
documents of ours."""
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


def browser_check(
    request: Request, published: PublishedFile | None, afterwards: Sequence[Afterwards]
) -> dict[str, object]:
    """What `client/src/verify/page/words.ts` reads. `published`: the file under the code of the page;
    `afterwards`: what was said of any declaration after its publication."""
    web, language = web_of(request), visit_of(request).language

    def say(sentences: Mapping[str, str]) -> dict[str, str]:
        return web.pages.translate(language, sentences)

    return {
        "language": language,
        "largest": MAX_MEGABYTES * 1024 * 1024,
        "sentences": {
            **say(SENTENCES),
            "revision": web.pages.say(language, Message(N_("Revision %(number)s"), NUMBER)),
            "bytes": web.pages.say(language, Message(N_("%(number)s bytes"), NUMBER)),
            "passed": web.pages.say(language, Message(N_("%(number)s checks passed"), NUMBER)),
            "times": web.pages.say(language, Message(N_("%(number)s times"), NUMBER)),
            "pageOf": web.pages.say(language, Message(N_("Page %(number)s of %(count)s"), OF)),
            "places": web.pages.say(language, Message(N_("%(number)s municipalities"), NUMBER)),
        },
        "verdicts": say({"advance": ADVANCE[0]} | {v.value: title for v, (title, _) in VERDICTS.items()}),
        "verdictTexts": say({"advance": ADVANCE[1]} | {v.value: text for v, (_, text) in VERDICTS.items()}),
        "checks": say(CHECKS),
        "failures": say(FAILED),
        "limits": say({**LIMITS, **BROWSER_LIMITS}),
        "outcomes": say({outcome.value: word for outcome, word in OUTCOMES.items()}),
        "answers": say({answer.value: word for answer, word in ANSWERS.items()}),
        "levels": say({level.value: word for level, word in LEVELS.items()}),
        "independent": list(say({text: text for text in INDEPENDENT}).values()),
        "published": published.to_json() if published else None,
        "afterwards": for_browser(request, afterwards),
        "unchecked": list(say({text: text for text in UNCHECKED}).values()),
    }
