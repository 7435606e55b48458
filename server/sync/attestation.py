"""Who writes with which Yjs client id: it belongs to the person who first wrote with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from server.domain.text.update_log import SERVICE, Writer


@dataclass(frozen=True, slots=True)
class Member:
    """The person behind a connection. `ags` and `municipality` are empty for the coordination."""

    person: int
    name: str
    ags: str | None = None
    municipality: str = ""


THE_SERVICE: Final = Member(SERVICE, "")


class Attestation:
    """The bindings of one text. Those of writers are stored; those of awareness live with the room."""

    def __init__(self, writers: Iterable[Writer], clocks: Iterable[int], now: Callable[[], datetime]) -> None:
        """`clocks`: the ids in the stored text. Those without a writer on record belong to the service."""
        self._now = now
        self._writers = {writer.client: writer.person for writer in writers}
        for client in clocks:
            self._writers.setdefault(client, SERVICE)
        self._present: dict[int, int] = {}

    def owner(self, client: int) -> int | None:
        """The person to whom the id belongs; None: to nobody yet."""
        person = self._writers.get(client)
        return self._present.get(client) if person is None else person

    def allows(self, client: int, member: Member) -> bool:
        return self.owner(client) in (None, member.person)

    def bind_present(self, client: int, member: Member) -> None:
        """For as long as the room is loaded."""
        self._present.setdefault(client, member.person)

    def release_present(self, client: int) -> None:
        self._present.pop(client, None)

    def unknown(self, clients: Iterable[int]) -> list[int]:
        """Those that wrote without a writer on record here: another process has bound them."""
        return [client for client in clients if client not in self._writers]

    def learn(self, writers: Iterable[Writer], clients: Iterable[int]) -> None:
        """What another process has bound; the rest of `clients` is the service's."""
        for writer in writers:
            self._writers.setdefault(writer.client, writer.person)
        for client in clients:
            self._writers.setdefault(client, SERVICE)

    def bind_writers(self, clients: Iterable[int], member: Member) -> list[Writer]:
        """The bindings that are new, to be stored with the update."""
        new = [client for client in clients if client not in self._writers]
        if not new:
            return []
        self._writers.update(dict.fromkeys(new, member.person))
        if member.person == SERVICE:  # whose ids are those that are on no record
            return []
        return [Writer(client, member.person, member.ags, self._now(), member.municipality) for client in new]
