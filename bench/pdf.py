"""Our final document beside WeasyPrint: the same ten pages with 51 signatories, in turns, in one run.

    .venv/bin/python bench/pdf.py [--repeat 15] [--cold 7]

Ours is tagged PDF/A-3a and PDF/UA-1 with an attachment, and sealed; WeasyPrint's is tagged PDF/UA-1 without
attachment or seal. Each has a process of its own. Cold is a process that starts, makes one document and ends,
by processor and by clock, also in turns.
The first call installs WeasyPrint into `bench/.peers/weasyprint`.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent
FONTS = ROOT / "server" / "documents" / "fonts"
PEER = HERE / ".peers" / "weasyprint"
WEASYPRINT = "weasyprint==70.0"
SENTENCE = (
    "Die unterzeichnenden Städte und Gemeinden stimmen ihre Digitalisierungsvorhaben frühzeitig ab und "
    "stellen einander Konzepte, Leistungsbeschreibungen und Erfahrungen offen zur Verfügung. "
    "Barrierefreiheit, verständliche Sprache und der persönliche Kontakt bleiben Maßstab jeder "
    "Verwaltungsleistung, auch wenn sie von Anfang bis Ende digital abgewickelt wird."
)
PROGRAMS = {
    "ours": (Path(sys.executable), "ours.py"),
    "WeasyPrint": (PEER / "bin" / "python", "weasyprint_peer.py"),
}
ROWS = (("seconds", "s"), ("rendering", "s"), ("cpu", "s"), ("megabytes", "MB"))
NAMES = {
    "seconds": "rendered (ours: and sealed)",
    "rendering": "rendered",
    "cpu": "CPU (ours: and sealed)",
    "megabytes": "peak memory",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--repeat", type=int, default=15)
    parser.add_argument("--cold", type=int, default=7)
    given = parser.parse_args()
    install()
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(text(), file)
        file.flush()
        cold = start_cold(file.name, given.cold)
        runs = measure(
            {name: Worker(*program, file.name) for name, program in PROGRAMS.items()}, given.repeat
        )
    report(runs, cold)


def install() -> None:
    if not (PEER / "bin" / "weasyprint").exists():
        print(f"Installing {WEASYPRINT} …", file=sys.stderr, flush=True)
        venv.create(PEER, with_pip=True)
        subprocess.run([PEER / "bin" / "python", "-m", "pip", "install", "-q", WEASYPRINT], check=True)


def text() -> dict[str, list[list[Any]]]:
    """About eight pages of text: blocks as kind, level, text, label; and everybody of the region."""
    blocks: list[list[Any]] = [["heading", 1, "Erklärung der Städte und Gemeinden", ""]]
    for part in range(8):
        blocks.append(["heading", 2, f"{part + 1}. Teil: Zusammenarbeit vor Ort", ""])
        blocks += [["clause", 1, SENTENCE, f"{part * 4 + i}."] for i in range(1, 5)]
        blocks += [["bullet", 1, SENTENCE[:96], ""] for _ in range(2)]
    region = json.loads((ROOT / "server" / "data" / "ortenaukreis.json").read_text(encoding="utf-8"))
    order = ("grosse_kreisstadt", "stadt", "gemeinde")
    towns = sorted(region["municipalities"], key=lambda town: (order.index(town["kind"]), town["name"]))
    people = [[t["ags"], t["name"], t["kind"], "Anna Ahorn-Beispiel", "Bürgermeisterin"] for t in towns]
    return {"blocks": blocks, "signatories": people}


class Worker:
    def __init__(self, python: Path, program: str, path: str) -> None:
        command = [python, HERE / "pdf_workers" / program, path, FONTS]
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )

    def once(self) -> dict[str, float]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        answer: dict[str, float] = json.loads(self.process.stdout.readline())
        return answer

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(30)


def start_cold(path: str, count: int) -> dict[str, list[tuple[float, float]]]:
    """CPU seconds and seconds of whole processes that make one document."""
    spent: dict[str, list[tuple[float, float]]] = {name: [] for name in PROGRAMS}
    for _ in range(count):
        for name, program in PROGRAMS.items():
            before, began = os.times(), time.perf_counter()
            worker = Worker(*program, path)
            worker.once()
            worker.close()
            after, seconds = os.times(), time.perf_counter() - began
            cpu = after.children_user + after.children_system - before.children_user - before.children_system
            spent[name].append((cpu, seconds))
    return spent


def measure(workers: dict[str, Worker], repeat: int) -> dict[str, list[dict[str, float]]]:
    """In turns, so that whatever else the machine does meets both."""
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in workers}
    for number in range(repeat + 1):
        for name, worker in workers.items():
            runs[name].append(worker.once())
        print(f"\r{number} of {repeat}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    for worker in workers.values():
        worker.close()
    return runs


def report(runs: dict[str, list[dict[str, float]]], cold: dict[str, list[tuple[float, float]]]) -> None:
    """Medians of the cold and the warm runs, and the ratio of ours to the other."""
    ours, other = runs["ours"], runs["WeasyPrint"]
    print(f"\nMedians of {len(ours) - 1} warm runs in turns; ratio = ours / WeasyPrint\n")
    print(f"| {'':28} | {'ours':>10} | {'WeasyPrint':>10} | {'ratio':>6} |")
    print(f"| {'---':28} | {'---:':>10} | {'---:':>10} | {'---:':>6} |")
    for place, what in enumerate(("CPU of a process with one", "a process with one")):
        line(what, *(statistics.median(run[place] for run in cold[name]) for name in PROGRAMS), "s")
    for key, unit in ROWS:
        mine, theirs = (statistics.median(run[key] for run in kind[1:]) for kind in (ours, other))
        line(NAMES[key], mine, theirs, unit)
    line("pages", ours[-1]["pages"], other[-1]["pages"], "")
    line("file", ours[-1]["bytes"] / 1000, other[-1]["bytes"] / 1000, "kB")


def line(name: str, mine: float, theirs: float, unit: str) -> None:
    form = ".0f" if unit in ("", "kB", "MB") else ".3f"
    both = (f"{value:{form}} {unit}".strip() for value in (mine, theirs))
    print("| {:28} | {:>10} | {:>10} | {:6.2f} |".format(name, *both, mine / theirs))


if __name__ == "__main__":
    main()
