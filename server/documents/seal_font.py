"""The font of the seal's picture."""

from __future__ import annotations

from pathlib import Path
from typing import Final

SEAL_FONT: Final = Path(__file__).parent / "fonts" / "NotoSans-Seal.ttf"
