"""The grain of the house: no folder and no file grows until nobody finds their way in it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
MAX_FILES = 16
MAX_LINES = 400
MAX_MEDIAN_LINES = 100
PRODUCT = (
    *(ROOT / "server").rglob("*.py"),
    *(ROOT / "client/src").rglob("*.ts"),
    *(ROOT / "templates").rglob("*.html"),
)
CODE = [path for path in PRODUCT if path.name != "__init__.py" and path.parent.name != "versions"]


def test_no_folder_of_product_code_holds_more_than_sixteen_files() -> None:
    folders = (path.parent for path in PRODUCT if path.parent.name != "versions")
    files = Counter(folder.relative_to(ROOT).as_posix() for folder in folders)
    assert {folder: count for folder, count in files.items() if count > MAX_FILES} == {}


def test_no_file_is_longer_than_four_hundred_lines_and_half_are_short() -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in CODE
    }
    assert {name: length for name, length in lengths.items() if length > MAX_LINES} == {}
    assert median(lengths.values()) <= MAX_MEDIAN_LINES
