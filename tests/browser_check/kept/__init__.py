"""A file that an authority stamped whose software the tests do not need: Bouncy Castle's."""

from __future__ import annotations

from pathlib import Path
from typing import Final

STAMPED: Final = Path(__file__).parent / "bouncy-castle.pdf"
ROOT: Final = Path(__file__).parent / "root.der"
