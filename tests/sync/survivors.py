"""Child process of the fuzz test: `survivors.py SEED COUNT`.

Applies to a doc, as the room does, what the structural check lets through, and prints what went wrong,
one line of JSON each. It dies or hangs where Yrs does; the line printed before names the update.
"""

from __future__ import annotations

import json
import sys

from damage import Damage
from pycrdt import Doc, Text

from server.sync import wire
from server.sync.text_state import ensure_decodable
from server.sync.update_check import check_update
from server.sync.wire import Malformed


def main() -> None:
    damage = Damage(int(sys.argv[1]))
    counts = {"refused": 0, "undecodable": 0, "lacking": 0, "applied": 0}
    base: Doc[Text] = Doc()
    for update in damage.valid[:70]:
        base.apply_update(update)
    start = base.get_update()
    for number in range(int(sys.argv[2])):
        update = damage.update()
        if number % 50 == 0:
            doc: Doc[Text] = Doc()
            doc.apply_update(start)
            clocks = wire.decode_state_vector(doc.get_state())
        counts[outcome(doc, clocks, update)] += 1
    say({"counts": counts})


def outcome(doc: Doc[Text], clocks: dict[int, int], update: bytes) -> str:
    try:
        facts = check_update(update)
    except Malformed:
        return "refused"
    if facts.lacks_in(clocks):
        return "lacking"
    say({"trying": update.hex()})
    try:
        ensure_decodable(update)
    except Malformed:
        return "undecodable"
    try:
        doc.apply_update(update)
    except BaseException as error:
        say({"broken": type(error).__name__, "update": update.hex()})
        raise SystemExit(1) from error
    for client, (_, end) in facts.ranges.items():
        clocks[client] = max(end, clocks.get(client, 0))
    if wire.decode_state_vector(doc.get_state()) != clocks:
        say({"clocks differ": update.hex()})
        raise SystemExit(1)
    doc.get("text", type=Text).diff()
    doc.get_update()
    return "applied"


def say(fact: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(fact) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
