"""What the processes that share a database tell each other of rooms and limits: ephemeral things only."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from server.sync.attestation import Member
from server.sync.wire.notices import RoomNotice, Topic

ALIVE: Final = b"{}"
"""The process is still there."""


@dataclass(frozen=True, slots=True)
class RemotePerson:
    """Somebody connected to another process. `clients`: the Yjs client ids they write with there."""

    member: Member
    clients: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PresenceNews:
    """`people`: everybody in the room over there; None: as before. `states`: person → awareness payload."""

    text_id: int
    people: tuple[RemotePerson, ...] | None = None
    states: Mapping[int, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AccessNews:
    """Rights or phase changed, for all texts of the declaration."""

    declaration_id: int


@dataclass(frozen=True, slots=True)
class SessionNews:
    """A session has ended; `session` is its name in `Connection`."""

    session: str


@dataclass(frozen=True, slots=True)
class NoticeNews:
    """For everybody in the declaration's room over there."""

    declaration_id: int
    notice: RoomNotice


@dataclass(frozen=True, slots=True)
class Question:
    """Who is in these rooms over there?"""

    text_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LimitNews:
    """An act that a limit counts was done over there. `key`: what is counted, as nobody can read it.
    `number`: of the process's acts; of notifications that are alike PostgreSQL delivers one a transaction."""

    key: str
    number: int


@dataclass(frozen=True, slots=True)
class Farewell:
    """The process stops."""


News = PresenceNews | AccessNews | SessionNews | NoticeNews | Question | LimitNews | Farewell


def encode_news(news: News) -> bytes:
    match news:
        case AccessNews(declaration_id):
            message: dict[str, object] = {"access": declaration_id}
        case SessionNews(session):
            message = {"session": session}
        case NoticeNews(declaration_id, notice):
            message = {"notice": declaration_id, "topic": notice.topic.value, "id": notice.id}
        case Question(text_ids):
            message = {"who": text_ids}
        case LimitNews(key, number):
            message = {"took": key, "n": number}
        case Farewell():
            message = {"bye": True}
        case PresenceNews(text_id, people, states):
            message = {"in": text_id}
            if people is not None:
                message["people"] = [_person(person) for person in people]
            if states:
                message["states"] = {str(key): b64encode(value).decode() for key, value in states.items()}
    return json.dumps(message, separators=(",", ":")).encode()


def _person(person: RemotePerson) -> list[object]:
    member = person.member
    return [member.person, member.name, member.ags, member.municipality, person.clients]


def decode_news(data: bytes) -> News | None:
    """None: a sign of life, or what a newer version says. Comes from our own processes only."""
    message = json.loads(data)
    if "access" in message or "session" in message:
        return _of_rights(message)
    if "notice" in message:
        return _notice(message)
    if "bye" in message or "took" in message:
        return LimitNews(message["took"], message["n"]) if "took" in message else Farewell()
    if "who" in message:
        return Question(tuple(message["who"]))
    if "in" in message:
        people = message.get("people")
        return PresenceNews(
            message["in"],
            None if people is None else tuple(RemotePerson(Member(*p[:4]), tuple(p[4])) for p in people),
            {int(key): b64decode(value) for key, value in message.get("states", {}).items()},
        )
    return None


def _of_rights(message: Mapping[str, Any]) -> AccessNews | SessionNews:
    return AccessNews(message["access"]) if "access" in message else SessionNews(message["session"])


def _notice(message: Mapping[str, Any]) -> NoticeNews | None:
    if message["topic"] not in set(Topic):
        return None
    return NoticeNews(message["notice"], RoomNotice(Topic(message["topic"]), message["id"]))
