"""How long the server compares two states of a long text: `python -m bench.comparing`.

40 pages: 300 blocks, about 100,000 characters. Processor time: other work on the machine does not count.
"""

from __future__ import annotations

import random
import time
from statistics import median
from typing import Final

from server.domain.text.comparing.passages import list_parts
from server.domain.text.content import Block, Content, Run

BLOCKS: Final = 300
TARGET: Final = 50.0
"""Milliseconds."""
ROUNDS: Final = 9
_COMMON: Final = ("der", "die", "das", "und", "in", "wir", "für", "mit", "von", "zu", "den", "auf", "ist")


def main() -> None:
    rng = random.Random(16)
    old = [_paragraph(rng) for _ in range(BLOCKS)]
    print("| changed | of 300 blocks, ms (median of 9) | target |\n| --- | --- | --- |")
    for name, new in {
        "20 passages": _edited(old, rng, 20),
        "60 passages, 5 moved, 10 new, 10 gone": _shuffled(_edited(old, rng, 60), rng),
        "every passage, three words each": _edited(old, rng, BLOCKS),
        "everything": [_paragraph(rng) for _ in range(BLOCKS)],
    }.items():
        print(f"| {name} | {measure(old, new):.1f} | {TARGET:.0f} |")


def measure(old: list[str], new: list[str]) -> float:
    """Milliseconds."""
    before, after = _content(old), _content(new)
    taken = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        list_parts(before, after)
        taken.append(1000 * (time.process_time() - begin))
    return median(taken)


def _content(texts: list[str]) -> Content:
    return Content(tuple(Block("paragraph", 0, (Run(text),)) for text in texts))


def _paragraph(rng: random.Random) -> str:
    words = (rng.choice(_COMMON) if rng.random() < 0.4 else f"wort{rng.randrange(4000)}" for _ in range(48))
    return " ".join(words) + "."


def _edited(texts: list[str], rng: random.Random, count: int) -> list[str]:
    found = list(texts)
    for at in rng.sample(range(len(texts)), count):
        words = found[at].split()
        for _ in range(3):
            words[rng.randrange(len(words))] = f"neu{rng.randrange(4000)}"
        found[at] = " ".join(words)
    return found


def _shuffled(texts: list[str], rng: random.Random) -> list[str]:
    found = list(texts)
    for _ in range(5):
        found.insert(rng.randrange(len(found)), found.pop(rng.randrange(len(found))))
    for _ in range(10):
        del found[rng.randrange(len(found))]
        found.insert(rng.randrange(len(found)), _paragraph(rng))
    return found


if __name__ == "__main__":
    main()
