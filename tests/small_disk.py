"""A disk of its own that is quickly full."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest


def mount(folder: Path, options: str) -> int:
    """The exit code of `mount`."""
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode
    except FileNotFoundError:
        return 1


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """Skips the test where nobody may mount one."""
    folder.mkdir()
    if mount(folder, f"size={size}"):
        pytest.skip("may not mount a small disk here")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


@contextmanager
def full(folder: Path) -> Iterator[None]:
    """To the last byte."""
    filling = folder / "filling"
    with filling.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * 4096)
    assert shutil.disk_usage(folder).free == 0
    yield
    filling.unlink()
