"""The authors of proposals by name, for a file that leaves: there, numbers of accounts say nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from server.domain.text.files.manuscript import by_file
from server.domain.text.live_text import SUGGESTED, LiveBlock, LiveRun, Value
from server.domain.text.update_log import SERVICE


def name_authors(
    blocks: Sequence[LiveBlock], names: Mapping[int, str], coordination: str
) -> tuple[LiveBlock, ...]:
    """`names`: by person. `coordination`: stands in place of a municipality for those who draft for none.
    Who came with a file keeps the name that the file gave them.
    """

    def named(marks: Mapping[str, Value]) -> dict[str, Value]:
        return {
            key: _named(value, names, coordination) if key.startswith(SUGGESTED) else value
            for key, value in marks.items()
        }

    return tuple(
        LiveBlock(
            block.kind,
            block.level,
            tuple(LiveRun(run.text, named(run.marks)) for run in block.runs),
            named(block.suggested),
        )
        for block in blocks
    )


def _named(value: Value, names: Mapping[int, str], coordination: str) -> str:
    parts = str(value).split("|")
    kind = f"{parts.pop(0)}|" if len(parts) == 4 else ""
    if len(parts) != 3:
        return f"{kind}{by_file('', 0)}"
    person, town, at = parts
    seconds = int(at) if at.isdecimal() else 0
    if person == str(SERVICE):
        return f"{kind}{by_file(town, seconds)}"
    name = names.get(int(person), "") if person.isdecimal() else ""
    return f"{kind}{by_file(', '.join(filter(None, (name, town or coordination))), seconds)}"
