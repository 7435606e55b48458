"""What differs between pages and signed text, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from server.domain.release.differences import Difference, DifferenceKind
from server.domain.sentences import N_

MAX_SAID: Final = 5
"""Differences of one finding that a report lists; of more it says the number."""

SENTENCES: Final[Mapping[DifferenceKind, str]] = {
    DifferenceKind.WORDS: N_(
        "Block %(place)s: the pages say %(printed)s where the signed text says %(wanted)s."
    ),
    DifferenceKind.KIND: N_("Block %(place)s: %(printed)s on the pages, %(wanted)s in the signed text."),
    DifferenceKind.LEVEL: N_(
        "Block %(place)s: level %(printed)s on the pages, %(wanted)s in the signed text."
    ),
    DifferenceKind.LABEL: N_(
        "Block %(place)s: numbered %(printed)s on the pages, %(wanted)s in the signed text."
    ),
    DifferenceKind.LOOK: N_("Block %(place)s: other words are bold, italic or a link."),
    DifferenceKind.ABSENT: N_("Block %(place)s of the signed text is not on the pages: %(wanted)s."),
    DifferenceKind.SURPLUS: N_("Block %(place)s on the pages is not in the signed text: %(printed)s."),
    DifferenceKind.PLAIN_TEXT: N_("The attached plain text is not the signed text."),
    DifferenceKind.SIGNATORY: N_(
        "List of signatories, entry %(place)s: the pages say %(printed)s where the evidence says %(wanted)s."
    ),
    DifferenceKind.STATEMENT: N_(
        "Statements, paragraph %(place)s: the pages say %(printed)s where the evidence says %(wanted)s."
    ),
    DifferenceKind.PROOF: N_(
        "Proof of the sign-offs, entry %(place)s: the pages say %(printed)s where the evidence says "
        "%(wanted)s."
    ),
    DifferenceKind.PAGE: N_("Page %(place)s: something else is painted there than the attachments give."),
    DifferenceKind.UNREADABLE: N_("They cannot be read."),
    DifferenceKind.TRAILER: N_("The trailer of the file is another than the attachments give."),
    DifferenceKind.OBJECT: N_(
        "Object %(place)s of the file (%(wanted)s) is another than the attachments give; it belongs to the "
        "document as a whole, not to one page."
    ),
}

BLOCK_KINDS: Final[Mapping[str, str]] = {
    "paragraph": N_("a paragraph"),
    "heading": N_("a heading"),
    "item": N_("an item of a list"),
    "quote": N_("a quotation"),
    "cell": N_("a cell of a table"),
    "figure": N_("a figure"),
}

MORE: Final = N_("And %(number)s more differences.")
QUOTED: Final = N_("“%(words)s”")
NOTHING: Final = N_("nothing")
_BARE: Final = frozenset({DifferenceKind.LEVEL, DifferenceKind.OBJECT})
"""Numbers and names, not words of the text."""


def difference_sentences(differences: Sequence[Difference], translate: Callable[[str], str]) -> list[str]:
    """The first ones, and how many more there are. `translate` looks a sentence up in the catalogue."""
    said = [_sentence(difference, translate) for difference in differences[:MAX_SAID]]
    more = len(differences) - len(said)
    return [*said, translate(MORE) % {"number": more}] if more else said


def _sentence(difference: Difference, translate: Callable[[str], str]) -> str:
    def word(text: str) -> str:
        if difference.kind is DifferenceKind.KIND:
            return translate(BLOCK_KINDS[text])
        if difference.kind in _BARE:
            return text
        return translate(QUOTED) % {"words": text} if text else translate(NOTHING)

    facts = {
        "place": difference.place,
        "wanted": word(difference.wanted),
        "printed": word(difference.printed),
    }
    return translate(SENTENCES[difference.kind]) % facts
