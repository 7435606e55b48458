"""What an update brings is held against the schema of the text, and proposals against who makes them.

Only what is new is looked at: a client may repeat what the text has held for years. What stands in the text
may be written again by anybody: Yjs does so around what is inserted, and when a deletion is undone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Final

from server.domain.text.update_log import SERVICE
from server.domain.token_bucket import TokenBucket
from server.sync.attestation import Member
from server.sync.room.checks.memory import held_in, recall
from server.sync.room.checks.whole_letters import WholeLetters
from server.sync.wire.close_codes import CloseCode, Closing
from server.sync.wire.text_schema import Attribute, is_comment, is_proposal, read_author
from server.sync.wire.update_check import UpdateFacts

MAX_AHEAD: Final = 86_400
"""Seconds by which the clock of a proposal's author may be ahead."""
MAX_NEW_CLIENTS: Final = 200
"""Client ids that one message may bring: one for each time that a page was open without a network."""
MAX_CLIENTS_AN_HOUR: Final = 600
"""Client ids that one person may bring; each page that is loaded has one."""


VOUCHED: Final = 1_000
"""Proposals that are remembered of one person because their browser shows them."""


class Unheld(Closing):
    """Somebody else's mark, of which the text knows nothing: forged, or lost together with their words."""


class SchemaCheck:
    """Of one text. Remembers which proposals it has held, and where its letters of two units are."""

    def __init__(self, stored: Collection[bytes], seconds: Callable[[], float], memory: bytes = b"") -> None:
        """`stored`: the text's log; `memory`: of what compaction has taken out of it. `seconds`: since
        1970."""
        self._seconds = seconds
        self._held: set[Attribute] = set()
        self._first: dict[str, Attribute] = {}
        """Of each proposal, by its id."""
        self._hold(recall(memory))
        self._letters = WholeLetters()
        self._vouched: dict[int, set[Attribute]] = {}
        """Person → what they have vouched for."""
        self._new_clients: dict[int, TokenBucket] = {}
        self.learn(stored)

    def learn(self, updates: Collection[bytes]) -> None:
        """From updates that are in the log."""
        self._hold(held_in(updates))
        self._letters.learn(updates)

    def remember(self, facts: UpdateFacts) -> None:
        """Of an update that was taken in."""
        self._hold(attribute for _, attribute in facts.attributes)
        self._letters.remember(facts)

    def _hold(self, attributes: Iterable[Attribute]) -> None:
        for attribute in attributes:
            self._held.add(attribute)
            self._first.setdefault(_id_of(attribute), attribute)

    def holds(self, attribute: Attribute) -> bool:
        return attribute in self._held

    def vouch(self, attributes: Iterable[Attribute], member: Member) -> None:
        """The member's own browser shows these on other people's words. What of it is in the member's name
        may be written again, as if the text had held it: they could write it themselves."""
        vouched = self._vouched.setdefault(member.person, set())
        for attribute in attributes:
            mine = is_proposal(attribute[0]) and self._refusal(attribute, member, comments=False) is None
            if mine and attribute not in self._held and len(vouched) < VOUCHED:
                vouched.add(attribute)
                self._held.add(attribute)

    def ensure_possible(self, facts: UpdateFacts, clocks: Mapping[int, int]) -> None:
        """What no text has a place for, whoever writes it. `clocks`: what the text holds.

        Raises Closing: by the rule that the update breaks.
        """
        for code, breaches in (
            (CloseCode.MALFORMED, facts.foreign),
            (CloseCode.TOO_LARGE, facts.oversized),
        ):
            for client, (end, why) in breaches.items():
                if end > clocks.get(client, 0):
                    raise Closing(code, why)
        self._letters.ensure_whole(facts, clocks)

    def ensure_allowed(
        self,
        facts: UpdateFacts,
        clocks: Mapping[int, int],
        member: Member,
        visible: Callable[[], set[Attribute]],
        *,
        comments: bool,
    ) -> None:
        """What depends on the text and on who writes. `visible`: the attributes in it, asked for if need be.
        `comments`: whether the member may remark on passages. Raises Closing likewise."""
        for _, _, refusal in self._refused(facts, clocks, member, visible, comments):
            raise refusal
        self._ensure_few_clients(sum(client not in clocks for client in facts.ranges), member)

    def _ensure_few_clients(self, new: int, member: Member) -> None:
        if not new:
            return
        if new > MAX_NEW_CLIENTS:
            raise Closing(CloseCode.TOO_LARGE, "too many new client ids")
        now = self._seconds()
        bucket = self._new_clients.get(member.person)
        if bucket is None:
            rate = MAX_CLIENTS_AN_HOUR / 3_600
            bucket = self._new_clients[member.person] = TokenBucket(rate, MAX_CLIENTS_AN_HOUR, now)
        if not bucket.takes(new, now):
            raise Closing(CloseCode.TOO_FAST, "too many new client ids in an hour")

    def unheld(
        self,
        facts: UpdateFacts,
        clocks: Mapping[int, int],
        member: Member,
        visible: Callable[[], set[Attribute]],
        *,
        comments: bool,
    ) -> dict[int, tuple[int, Attribute]]:
        """Client → (clock, attribute) of the first that would be refused with `Unheld`.

        What is written inside of a mark begins by closing it: that and the words stay together.
        """
        first: dict[int, tuple[int, Attribute]] = {}
        for client, attribute, refusal in self._refused(facts, clocks, member, visible, comments):
            if isinstance(refusal, Unheld):
                begin = facts.attributes[client, attribute][0]
                begin = min(begin, facts.closed.get((client, attribute[0]), begin))
                begin = max(begin, clocks.get(client, 0))
                first[client] = min(first.get(client, (begin, attribute)), (begin, attribute))
        return first

    def _refused(
        self,
        facts: UpdateFacts,
        clocks: Mapping[int, int],
        member: Member,
        visible: Callable[[], set[Attribute]],
        comments: bool,
    ) -> Iterator[tuple[int, Attribute, Closing]]:
        standing: set[Attribute] | None = None
        for (client, attribute), (_, end) in facts.attributes.items():
            if end <= clocks.get(client, 0) or attribute in self._held:
                continue
            refusal = self._refusal(attribute, member, comments)
            if refusal is None:
                continue
            standing = visible() if standing is None else standing
            if attribute not in standing:
                yield client, attribute, refusal

    def _refusal(self, attribute: Attribute, member: Member, comments: bool) -> Closing | None:
        if is_comment(*attribute):
            return None if comments else Unheld(CloseCode.NOT_ALLOWED, "may not comment")
        author = read_author(*attribute)
        if author is None:
            return Closing(CloseCode.MALFORMED, "a format that the text does not know")
        name, seconds = author
        if seconds > self._seconds() + MAX_AHEAD:
            return Closing(CloseCode.MALFORMED, "a proposal from the future")
        return None if member.person == SERVICE else self._foreign(attribute, name, member)

    def _foreign(self, attribute: Attribute, name: str, member: Member) -> Closing | None:
        """A proposal is decided on as one, whatever belongs to its id, and shown in one person's name."""
        if name != name_of(member):
            return Unheld(CloseCode.NOT_ALLOWED, "a proposal in somebody else's name")
        first = self._first.get(_id_of(attribute))
        author = read_author(*first) if first else None
        if author and author[0].partition("|")[0] != str(member.person):
            return Closing(CloseCode.NOT_ALLOWED, "part of somebody else's proposal")
        return None


def _id_of(attribute: Attribute) -> str:
    return attribute[0].partition(":")[2] if is_proposal(attribute[0]) else ""


def name_of(member: Member) -> str:
    """As proposals name their author."""
    return f"{member.person}|{member.municipality.replace('|', ' ')}"
