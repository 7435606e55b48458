"""Files in the shapes that offices produce: made by code, and a few that LibreOffice wrote itself."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from tests.documents.word.shapes.office import OFFICES, build
from tests.documents.word.shapes.scenes import SCENES

KEPT: Final = Path(__file__).parent / "kept"
"""What LibreOffice made of some of them, as it wrote it."""


@cache
def corpus() -> dict[str, bytes]:
    """By name, which ends as the file does."""
    made = {
        f"{office.name}-{scene}.docx": build(office, shape)
        for office in OFFICES
        for scene, shape in SCENES.items()
    }
    return made | {path.name: path.read_bytes() for path in sorted(KEPT.glob("*.*"))}
