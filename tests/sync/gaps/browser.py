"""What a browser shows of updates, by the client's own Yjs; many at a time: Node is slow to start."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from server.sync.projection import read_text
from tests.contract.conftest import Node


class Shown(NamedTuple):
    """`waits`: whether something is held back since something else is missing."""

    blocks: list[Any]
    waits: bool


def shown(node: Node, received: Iterable[Sequence[bytes]]) -> list[Shown]:
    lines = [json.dumps([b64encode(update).decode() for update in updates]) for updates in received]
    return [Shown(**json.loads(line)) for line in node("shown", lines=lines)]


def projected(updates: Iterable[bytes]) -> list[Any]:
    """What the server reads, and fixes."""
    blocks: list[Any] = json.loads(json.dumps([block.to_json() for block in read_text(updates)]))
    return blocks
