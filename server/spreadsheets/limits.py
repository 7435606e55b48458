"""How large a table may be."""

from __future__ import annotations

from typing import Final

MAX_BYTES: Final = 5 * 1024 * 1024
"""Of a file, as it comes."""
MAX_LINES: Final = 5_000
MAX_COLUMNS: Final = 20
MAX_CELL: Final = 500
"""Characters of one cell that are read."""
