"""Child process of the fuzz test: `survivors.py SEED COUNT`.

Applies to a doc, as the room does, what the structural check lets through, and prints what went wrong,
one line of JSON each. It dies where Yrs does, and ends after `MAX_CPU` where Yrs loops; the line printed
before names the update.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from typing import cast

from server.sync.attestation import Member
from server.sync.projection import load_doc
from server.sync.room.checks.schema_check import SchemaCheck
from server.sync.room.connection import Connection
from server.sync.room.text_state import Entry, TextState
from server.sync.wire import messages
from server.sync.wire.close_codes import Closing
from server.sync.wire.messages import Malformed
from server.sync.wire.update_check import check_update
from tests.sync.damage import Damage

ANNA = Member(1, "Anna", "08317096", "Lahr")
NOBODY = cast("Connection", None)
MAX_CPU = 0.05
"""Seconds of the processor for each update, with a minute for all."""


def main() -> None:
    count = int(sys.argv[2])
    seconds = 60 + int(MAX_CPU * count)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    damage = Damage(int(sys.argv[1]))
    counts = {"refused": 0, "lacking": 0, "applied": 0}
    for number in range(count):
        if number % 20 == 0:
            known, coming = damage.state()
            text = TextState(load_doc(known), SchemaCheck(known, time.time))
        counts[outcome(text, damage.update(coming))] += 1
    say({"counts": counts})


def outcome(text: TextState, update: bytes) -> str:
    """As in `Room.receive` and the group writer."""
    try:
        facts = check_update(update)
        if facts.lacks_in(text.clocks):
            return "lacking"
        text.ensure_fits(facts, ANNA, comments=True, lacks=False)
        say({"trying": update.hex()})
        text.put(Entry(NOBODY, 1, update, whole=False), facts)
    except (Malformed, Closing):
        return "refused"
    text.take()
    text.committed()
    stored = messages.decode_message(text.step_1())[1]
    if messages.decode_state_vector(stored) != text.clocks:
        raise AssertionError("clocks differ")
    return "applied"


def say(fact: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(fact) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
