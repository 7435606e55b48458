"""Writes what a bench of ours has measured: a table for people, and every round for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

RESULTS: Final = Path(__file__).parent / "results"


def write_results(
    name: str,
    title: str,
    wanted: str,
    shown: str,
    runs: Mapping[str, Sequence[float]],
    unit: str = "cpu_ms",
) -> None:
    """`runs`: what each round measured, CPU milliseconds or `unit`, by its name; `shown`: the table."""
    at = datetime.now(UTC)
    stem = RESULTS / f"{at:%Y-%m-%dT%H-%M}-{name}"
    rounds = max(map(len, runs.values()))
    head = f"# {title}\n\n{at:%Y-%m-%d}. Medians of {rounds} rounds in turns; {wanted}.\n\n"
    stem.with_suffix(".md").write_text(f"{head}{shown}\n", encoding="utf-8")
    lines = [
        json.dumps({"what": what, "round": place, unit: round(value, 4), "at": at.isoformat()})
        for what, values in runs.items()
        for place, value in enumerate(values, 1)
    ]
    stem.with_suffix(".jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"\n{shown}\n\nWritten: {stem}.md, {stem}.jsonl")
