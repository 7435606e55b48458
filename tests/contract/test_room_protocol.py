"""What both ends of the room's socket must call by the same number."""

from __future__ import annotations

import json

from server.sync.room.room import SCHEMA
from server.sync.wire.close_codes import CloseCode
from server.sync.wire.messages import SUBPROTOCOL
from server.sync.wire.notices import Topic
from tests.contract.conftest import Node


def test_both_sides_have_the_same_protocol(node: Node) -> None:
    (line,) = node("constants")
    assert json.loads(line) == {
        "closeCodes": {code.name: code.value for code in CloseCode},
        "schema": SCHEMA,
        "subprotocol": SUBPROTOCOL,
        "topics": [topic.value for topic in Topic],
    }
