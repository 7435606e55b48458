"""How long somebody stays signed in."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

SESSION_TTL: Final = timedelta(days=14)
"""Of the session and of its cookie."""
