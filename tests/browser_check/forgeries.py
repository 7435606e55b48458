"""Changes of evidence and log, each as a function on the decoded attachment."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from typing import Any, Final

from server.domain.canonical import canonical_bytes, digest
from server.signing.passkeys import base64url
from tests.browser_check.sealed_files import Change

CODE, PASSKEY = 0, 1
"""Places of the two sign-offs: Lahr/Schwarzwald by code, Offenburg by passkey."""


def put(*path: str | int, value: object) -> Change:
    def change(attachment: Any) -> None:
        inner = attachment
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = value

    return change


def restate(place: int, *path: str, value: object) -> Change:
    """Rewrites a statement, canonically."""

    def change(bundle: Any) -> None:
        item = bundle["sign_offs"][place]
        said = json.loads(item["statement"])
        put(*path, value=value)(said)
        item["statement"] = canonical_bytes(said).decode()

    return change


def _leave_out(place: int, member: str) -> Change:
    """As a release would have written it that did not know the member."""

    def change(bundle: Any) -> None:
        item = bundle["sign_offs"][place]
        said = json.loads(item["statement"])
        del said[member]
        item["statement"] = canonical_bytes(said).decode()
        if "statement_sha256" in item["evidence"]:
            item["evidence"]["statement_sha256"] = digest(canonical_bytes(said))

    return change


def flip(*path: str, at: int, bit: int = 1) -> Change:
    """Changes one bit of a base64url text of the passkey's evidence."""

    def change(bundle: Any) -> None:
        inner = bundle["sign_offs"][PASSKEY]["evidence"]
        for step in path[:-1]:
            inner = inner[step]
        data = bytearray(base64url.decode(inner[path[-1]]))
        data[at] ^= bit
        inner[path[-1]] = base64url.encode(bytes(data))

    return change


def client_data(*path: str, **facts: object) -> Change:
    """Rewrites what the browser told the authenticator."""

    def change(bundle: Any) -> None:
        inner = bundle["sign_offs"][PASSKEY]["evidence"]
        for step in path:
            inner = inner[step]
        said = json.loads(base64url.decode(inner["client_data"])) | facts
        inner["client_data"] = base64url.encode(json.dumps(said).encode())

    return change


def _count_twice(bundle: Any) -> None:
    bundle["sign_offs"].append(copy.deepcopy(bundle["sign_offs"][PASSKEY]))


def _answer_jointly(text: str = "", **other: str) -> Change:
    """The answer by code becomes that of two employees; `other` is what the second one is."""

    def change(bundle: Any) -> None:
        restate(CODE, "signatory", "capacity", value="joint")(bundle)
        second = copy.deepcopy(bundle["sign_offs"][CODE])
        said = json.loads(second["statement"])
        said["signatory"] |= other
        said["text"] = text
        second["statement"] = canonical_bytes(said).decode()
        bundle["sign_offs"].insert(CODE + 1, second)
        for item in bundle["sign_offs"]:
            if "statement_sha256" in item["evidence"]:
                item["evidence"]["statement_sha256"] = digest(item["statement"].encode())

    return change


def _take_anothers_evidence(bundle: Any) -> None:
    items = bundle["sign_offs"]
    items[PASSKEY]["evidence"] = items[CODE]["evidence"]


def _drop(*path: str | int) -> Change:
    def change(attachment: Any) -> None:
        inner = attachment
        for step in path[:-1]:
            inner = inner[step]
        del inner[path[-1]]

    return change


def _write_loosely(bundle: Any) -> None:
    item = bundle["sign_offs"][CODE]
    item["statement"] = json.dumps(json.loads(item["statement"]))


def _reword(old: str, new: str) -> Change:
    """In the statement as it is written, and in the record that names its digest."""

    def change(bundle: Any) -> None:
        item = bundle["sign_offs"][CODE]
        item["statement"] = item["statement"].replace(old, new, 1)
        item["evidence"]["statement_sha256"] = digest(item["statement"].encode())

    return change


_AT: Final = ("sign_offs", PASSKEY)
EVIDENCE: Final[Mapping[str, Change]] = {
    "another digest": put("revision", "sha256", value="0" * 64),
    "another number": put("revision", "number", value=7),
    "a number that is a text": put("revision", "number", value="1"),
    "another title": put("declaration", "title", value="Erklärung gegen den Digitaltag"),
    "another format": put("format", value="kraftakt-evidence/2"),
    "a surplus member": put("note", value=""),
    "another service": put(
        "relying_party", value={"id": "evil.example", "origins": ["https://evil.example"]}
    ),
    "no origins": put("relying_party", "origins", value=[]),
    "origins that are a text": put("relying_party", "origins", value="https://evil.example"),
    "more sign-offs than may be": put("sign_offs", value=[{}] * 2_001),
    "nobody signed": put("sign_offs", value=[]),
    "a sign-off that is none": put("sign_offs", CODE, value="x"),
    "one counted twice": _count_twice,
    "another municipality": restate(PASSKEY, "municipality", "name", value="Berlin"),
    "one municipality for two": restate(CODE, "municipality", "ags", value="08317096"),
    "another time": restate(PASSKEY, "at", value="2026-06-19T00:00:00Z"),
    "a year with a zero before it": restate(CODE, "at", value="0999-06-17T10:00:00Z"),
    "a day that there is not": restate(CODE, "at", value="2026-02-30T00:00:00Z"),
    "another answer": restate(PASSKEY, "answer", value="declines"),
    "an unknown answer": restate(PASSKEY, "answer", value="perhaps"),
    "another name by code": restate(CODE, "signatory", "name", value="Frank Fremd"),
    "a statement about another text": restate(CODE, "revision", "sha256", value="1" * 64),
    "a statement with a surplus member": restate(CODE, "note", value=""),
    "a statement without a newer member": _leave_out(CODE, "council_date"),
    "a statement without the newest member": _leave_out(CODE, "council_body"),
    "half of a joint answer": restate(CODE, "signatory", "capacity", value="joint"),
    "a joint answer of one": _answer_jointly(),
    "a joint answer of two": _answer_jointly(name="Egon Eibe"),
    "a joint answer of two that differ": _answer_jointly(name="Egon Eibe", text="Unter Vorbehalt."),
    "a joint answer with a mayor": _answer_jointly(name="Egon Eibe", capacity="mayor"),
    "a statement in another form": _write_loosely,
    "a statement with a member twice": _reword('"text":""', '"text":"","text":""'),
    "a statement with a number in powers": _reword('"number":1', '"number":1e0'),
    "a statement with a number below nothing": _reword('"number":1', '"number":-0'),
    "a statement with letters that are spelt": _reword('"signs"', '"sig\\u006es"'),
    "anothers evidence": _take_anothers_evidence,
    "a code as a passkey": put("sign_offs", CODE, "level", value="passkey"),
    "a passkey as a code": put(*_AT, "level", value="email_code"),
    "a passkey as paper": put(*_AT, "level", value="paper"),
    "a signature elsewhere": put(*_AT, "level", value="pdf_signature"),
    "an unknown level": put(*_AT, "level", value="oath"),
    "a code without a field": _drop("sign_offs", CODE, "evidence", "code_hash"),
    "a code sent some time": put("sign_offs", CODE, "evidence", "sent_at", value="yesterday"),
    "a hash in capitals": put("sign_offs", CODE, "evidence", "address_hash", value="A" * 64),
    "a hash with white space": put("sign_offs", CODE, "evidence", "code_hash", value="a" * 64 + "\n"),
    "a passkey without registration": _drop(*_AT, "evidence", "registration"),
    "a wrong signature": flip("signature", at=12),
    "a signature with padding": put(*_AT, "evidence", "signature", value="AAAA=="),
    "nobody touched it": flip("authenticator_data", at=32, bit=1),
    "nobody was verified": flip("authenticator_data", at=32, bit=4),
    "another rp id": flip("authenticator_data", at=0),
    "another counter": flip("authenticator_data", at=36),
    "another challenge": client_data(challenge="AAAA"),
    "another origin": client_data(origin="https://evil.example"),
    "another ceremony": client_data(type="webauthn.create"),
    "inside another site": client_data(crossOrigin=True),
    "a registration elsewhere": client_data("registration", origin="https://evil.example"),
    "a registration that is none": client_data("registration", type="webauthn.get"),
    "a registration framed by null": client_data("registration", crossOrigin=None),
    "a registration with no number": client_data("registration", note=float("nan")),
    "another key": flip("cose_key", at=20),
    "another form of the key": flip("public_key", at=40),
    "another credential": flip("credential_id", at=0),
    "another registered key": flip("registration", "attestation_object", at=-20),
    "another maker": put(*_AT, "evidence", "registration", "aaguid", value="1" * 32),
}
LOG: Final[Mapping[str, Change]] = {
    "another root": put("root", value="0" * 64),
    "a root that is none": put("root", value="x"),
    "another size": put("size", value=1),
    "another format": put("format", value="x"),
    "another entry": put("leaves", 0, "entry", value='{"facts":{}}'),
    "an entry that is none": put("leaves", 0, "entry", value="[]"),
    "another place": put("leaves", 1, "index", value=0),
    "no proof": put("leaves", 2, "proof", value=[]),
    "a surplus member": put("leaves", 0, "note", value=""),
    "no leaves": put("leaves", value=[]),
}


HEAD: Final[Mapping[str, Change]] = {
    "another root": put("root", value="0" * 64),
    "another size": put("size", value=1),
    "another format": put("format", value="x"),
    "another log": put("log", value="evil.example"),
    "no log": _drop("log"),
    "a surplus member": put("note", value=""),
}
ANNEX: Final[Mapping[str, Change]] = {
    "another title": put("declaration", "title", value="Erklärung gegen den Digitaltag"),
    "another revision": put("revision", "number", value=7),
    "another digest": put("revision", "sha256", value="0" * 64),
    "other municipalities": put("municipalities", value=[]),
    "a later seal": put("sealed", "at", value="2099-01-01T00:00:00Z"),
    "a number that is true": put("number", value=True),
    "a year with a zero before it": put("sealed", "at", value="0999-06-17T10:00:00Z"),
    "a day that there is not": put("sealed", "at", value="2026-02-30T00:00:00Z"),
    "another format": put("format", value="x"),
    "a surplus member": put("note", value=""),
}

ANNEX_FACTS: Final[Mapping[str, Change]] = {
    "another number": put("number", value=7),
    "another code": put("sealed", "short_code", value="0000-0000-0000"),
}
"""Well formed and about this declaration, so only the pages say otherwise."""
ADDENDUM_FACTS: Final[Mapping[str, Change]] = {
    "another reason": put("reason", value="Die Erklärung war falsch."),
    "a withdrawal": put("kind", value="withdrawal"),
    "another original": put("sealed", "sha256", value="0" * 64),
    "another code": put("sealed", "short_code", value="0000-0000-0000"),
    "other words": put("corrections", 0, "right", value="im Jahr 2099"),
}
"""Well formed, so only the pages say otherwise."""
ADDENDUM_FORM: Final[Mapping[str, Change]] = {
    "an unknown kind": put("kind", value="update"),
    "a kind that every object has": put("kind", value="constructor"),
    "a digest in capitals": put("sealed", "sha256", value="B" * 64),
    "a length that is true": put("sealed", "length", value=True),
    "another format": put("format", value="x"),
    "a surplus member": put("note", value=""),
    "a day that there is not": put("at", value="2027-02-30T00:00:00Z"),
    "a correction without its place": _drop("corrections", 0, "place"),
}


def without(tag: str) -> Change:
    """The log without its acts of one kind."""

    def change(log: Any) -> None:
        log["leaves"] = [leaf for leaf in log["leaves"] if json.loads(leaf["entry"])["tag"] != tag]

    return change
