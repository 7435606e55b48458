"""Who is in a room over another process, and what they show of themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from server.sync.attestation import Member
from server.sync.presence.awareness import Presence, decode_awareness
from server.sync.wire.peer_messages import PresenceNews, RemotePerson


@dataclass(eq=False, slots=True)
class Afar:
    """Owns states as a connection does: one person in one other process."""

    member: Member
    clients: tuple[int, ...]


class RemotePresence:
    """`changed`: called whenever somebody's state or the list of people may have changed."""

    def __init__(self, states: Presence, changed: Callable[[], None]) -> None:
        self._states = states
        self._changed = changed
        self._processes: dict[str, dict[int, Afar]] = {}

    def people(self) -> Iterator[Afar]:
        for people in self._processes.values():
            yield from people.values()

    def hear(self, origin: str, news: PresenceNews) -> None:
        """What the process `origin` says about the room."""
        if news.people is not None:
            self._arrange(origin, news.people)
        people = self._processes.get(origin, {})
        for person, payload in news.states.items():
            owner = people.get(person)
            if owner is not None:
                self._states.update(owner, owner.member, decode_awareness(payload), far=True)
        self._changed()

    def gone(self, origin: str) -> None:
        """The process is dead."""
        self._arrange(origin, ())
        self._changed()

    def _arrange(self, origin: str, present: Iterable[RemotePerson]) -> None:
        before = self._processes.pop(origin, {})
        now: dict[int, Afar] = {}
        for person in present:
            afar = before.pop(person.member.person, None) or Afar(person.member, ())
            afar.clients = person.clients
            now[person.member.person] = afar
        for left in before.values():
            self._states.leave(left)
        if now:
            self._processes[origin] = now
