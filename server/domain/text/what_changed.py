"""What a further revision changes, in the coordination's words: shown, never deciding for anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from server.domain.errors import Invalid
from server.domain.sentences import N_

MAX_WORDS: Final = 1_000
"""Characters of the reason."""


class Nature(StrEnum):
    EDITORIAL = "editorial"
    SUBSTANTIAL = "substantial"


NATURES: Final[Mapping[Nature, str]] = {
    Nature.EDITORIAL: N_("editorial"),
    Nature.SUBSTANTIAL: N_("in substance"),
}


@dataclass(frozen=True, slots=True)
class WhatChanged:
    """`words`: what changed and why. Both are empty for a first revision."""

    nature: Nature | None = None
    words: str = ""


NOTHING_SAID: Final = WhatChanged()


class ChangeMissing(Invalid):
    """`facts['field']`: `nature` or `change`."""

    code = "change_missing"
    heading = N_("What has changed is missing")
    sentence = N_("Please say what has changed and why, and whether it is editorial or in substance.")
