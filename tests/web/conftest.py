from __future__ import annotations

from pathlib import Path

import pytest

from server.domain.people import Person
from server.storage import sessions
from tests.web.house import CLARA, House, build_house


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """Clara's session token is `clara`; everybody else is signed out."""

    async def find_person(_db: object, token: str, _now: object) -> Person | None:
        return CLARA if token == "clara" else None

    monkeypatch.setattr(sessions, "find_person", find_person)
    return build_house(tmp_path)
