from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from server.storage.people import sessions
from server.storage.people.sessions import Session
from tests.web.house import CLARA, House, build_house


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """Clara's session token is `clara`; everybody else is signed out."""

    def find_session(_db: object, token: str, now: datetime) -> Session | None:
        return Session(CLARA, now + timedelta(days=1)) if token == "clara" else None

    monkeypatch.setattr(sessions, "find_session", find_session)
    return build_house(tmp_path)
