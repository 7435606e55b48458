"""For all tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("kraftakt", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("kraftakt")
pytest_plugins = ["tests.postgres"]
STORY = Path(__file__).parent / "story"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The stories come last: the browser keeps an event loop of its own running, beside which the other
    tests could not start theirs; and who waits for them wants to hear of the small faults first."""
    items.sort(key=lambda item: STORY in item.path.parents)
