"""How much is tried: with `KRAFTAKT_RIGHTS=all` everything, else what is likeliest to break."""

from __future__ import annotations

import os

import pytest

from tests.web.rights.people import HERE


def only_if_asked(slug: str, letter: str) -> None:
    """The other declarations are tried while people sign, when most is possible."""
    if slug != HERE and letter != "S" and os.environ.get("KRAFTAKT_RIGHTS") != "all":
        pytest.skip("with KRAFTAKT_RIGHTS=all")
