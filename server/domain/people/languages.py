"""The languages that people are addressed in."""

from __future__ import annotations

from typing import Final, Literal, get_args

Language = Literal["de", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
DEFAULT: Final[Language] = "de"


def as_language(text: str | None) -> Language | None:
    """None for a language that nothing is written in."""
    return next((language for language in LANGUAGES if language == text), None)
