"""Logs told anew by somebody with the key: root, proofs and head fit, but something is not written as the log
writes it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from server.domain.canonical import canonical_bytes
from server.signing.evidence.tree_head import tree_head
from tests.browser_check.sealed_files import Change, Unsealed
from tests.signing.logs import prove

LOG: Final = "protokoll.json"
HEAD: Final = "protokoll-kopf.json"
Rewrite = Callable[[dict[str, Any]], bytes]


def retold(honest: Unsealed, rewrite: Rewrite, change: Change | None = None) -> bytes:
    """The first entry is written by `rewrite`; `change` is of the decoded proofs."""
    entries = [leaf["entry"].encode() for leaf in json.loads(honest.attachment(LOG))["leaves"]]
    entries[0] = rewrite(json.loads(entries[0]))
    return _forge(honest, entries, change)


def of_another_declaration(honest: Unsealed) -> bytes:
    """The sign-offs were given to another declaration than the evidence names."""
    entries = []
    for leaf in json.loads(honest.attachment(LOG))["leaves"]:
        event = json.loads(leaf["entry"])
        if event["tag"] == "declaration:sign_off:give":
            event["declaration"] = "eine-andere"
        entries.append(canonical_bytes(event))
    return _forge(honest, entries, None)


def _forge(honest: Unsealed, entries: list[bytes], change: Change | None) -> bytes:
    log = json.loads(prove(entries, range(len(entries))))
    if change:
        change(log)
    name = json.loads(honest.attachment(HEAD))["log"]
    return honest.forge({LOG: canonical_bytes(log), HEAD: tree_head(name, log["size"], log["root"])})


def _with(**members: object) -> Rewrite:
    return lambda event: canonical_bytes(event | members)


def _with_facts(text: str) -> Rewrite:
    """`text` is put before the facts."""
    return lambda event: canonical_bytes(event).replace(b'"facts":{', b'"facts":{' + text.encode(), 1)


def _without(member: str) -> Rewrite:
    return lambda event: canonical_bytes({key: event[key] for key in event if key != member})


ENTRIES: Final[Mapping[str, Rewrite]] = {
    "an entry with white space": lambda event: json.dumps(event, sort_keys=True).encode(),
    "an entry in another order": lambda event: json.dumps(
        dict(sorted(event.items(), reverse=True)), separators=(",", ":")
    ).encode(),
    "an entry with a member twice": _with_facts('"a":1,"a":1,'),
    "an entry with no number": _with_facts('"a":NaN,'),
    "an entry with a number beyond all": _with_facts('"a":9007199254740993,'),
    "an entry with a fraction": _with_facts('"a":1.0,'),
    "an entry with a surplus member": _with(note=""),
    "an entry of nobody": _without("actor"),
    "an entry of somebody who is true": _with(actor=True),
    "an entry whose declaration is a number": _with(declaration=1),
    "an entry of a year with a zero before it": _with(at="0999-06-17T10:00:00Z"),
    "an entry nested too deeply": lambda event: canonical_bytes(event).replace(
        b'"facts":{', b'"facts":{"a":' + b"[" * 300 + b"]" * 300 + b",", 1
    ),
}


def _capitals(log: Any) -> None:
    log["root"] = log["root"].upper()


def _spaced(log: Any) -> None:
    log["root"] = " " + log["root"]


def _sibling(write: Callable[[str], str]) -> Change:
    def change(log: Any) -> None:
        proof = log["leaves"][0]["proof"]
        proof[0] = write(proof[0])

    return change


def _true_place(log: Any) -> None:
    log["leaves"][1]["index"] = True


PROOFS: Final[Mapping[str, Change]] = {
    "a root in capitals": _capitals,
    "a root with white space": _spaced,
    "a sibling in capitals": _sibling(str.upper),
    "a sibling with white space": _sibling(lambda text: text[:32] + " " + text[32:]),
    "a place that is true": _true_place,
}


def of_one_entry(honest: Unsealed, times: int, size: object = 1) -> bytes:
    """A log with one leaf, which is disclosed so many times."""
    entry = json.loads(honest.attachment(LOG))["leaves"][0]["entry"].encode()

    def change(log: Any) -> None:
        log["leaves"] *= times
        log["size"] = size

    return _forge(honest, [entry], change)
