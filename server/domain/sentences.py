"""Sentences that belong to a rule: English source strings, translated where they are shown."""

from __future__ import annotations


def N_(text: str) -> str:  # noqa: N802  # gettext's customary name: marks a string for the catalogue
    """The string itself. What translates it is `web.http.templating`, when the language is known."""
    return text
