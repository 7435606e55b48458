"""A translation: a text beside the original, and what is fixed of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from server.domain.canonical import canonical_bytes
from server.domain.sign_offs.statements import timestamp
from server.domain.text.content import Content
from server.domain.text.translations.correspondence import Standing, Stretch, standing
from server.domain.text.translations.languages import TextLanguage

FORMAT = "kraftakt-translation/1"


@dataclass(frozen=True, slots=True)
class Translation:
    """`text_id`: of its own text, with a log, a room and revisions. `source_number`: the original's revision
    that it was begun with."""

    text_id: int
    declaration_id: int
    language: TextLanguage
    source_number: int


@dataclass(frozen=True)
class FixedTranslation:
    """The revision `number` of a translation, fixed of the original's revision `source_number`, which has the
    digest `source_digest` and the text `source`. `stretches`: what its blocks stand for there."""

    language: TextLanguage
    number: int
    digest: str
    fixed_at: datetime
    content: Content
    source_number: int
    source_digest: str
    source: Content
    stretches: Sequence[Stretch]

    def standing(self, now: Content) -> Standing:
        return standing(self.stretches, self.source, now)

    @cached_property
    def canonical(self) -> bytes:
        """As a file: it names the digest of the text that it translates."""
        return canonical_bytes(
            {
                "format": FORMAT,
                "language": self.language.tag,
                "number": self.number,
                "fixed_at": timestamp(self.fixed_at),
                "sha256": self.digest,
                "translates": {"revision": self.source_number, "sha256": self.source_digest},
                "stands_for": [list(stretch) for stretch in self.stretches],
                "blocks": [block.to_json() for block in self.content.blocks],
            }
        )
