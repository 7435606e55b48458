"""Random histories of an original and a branch: people write in both, and updates arrive late, twice, in any
order."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from pycrdt import Doc, Text

from server.sync.gaps import load_log
from server.sync.projection import TEXT, load_doc
from server.sync.wire.messages import decode_state_vector
from server.sync.wire.update_check import check_update

PREFIX = "b9_"
MARKS = ("strong", "em")


class Peer:
    """Somebody's window. `waiting`: what the server has sent and has not arrived."""

    def __init__(self, client: int, log: list[bytes]) -> None:
        self.client = client
        self.doc: Doc[Text] = Doc(client_id=client)
        self.waiting = list(log)

    @property
    def text(self) -> Text:
        return self.doc.get(TEXT, type=Text)

    def receive(self, random: Random, share: float) -> None:
        """Some of what waits arrives, in any order, some of it twice."""
        random.shuffle(self.waiting)
        count = round(len(self.waiting) * share)
        arrived, self.waiting = self.waiting[:count], self.waiting[count:]
        for update in arrived + arrived[: random.randint(0, len(arrived))]:
            self.doc.apply_update(update)


class History:
    """`original` and `own` are the two logs, as the server keeps them."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        start: Doc[Text] = Doc(client_id=15)
        for words in ("Erklärung", "Wir handeln gemeinsam.", "Wir bauen Netze aus 🌲."):
            text = start.get(TEXT, type=Text)
            text.insert(len(text), words, {})
            text.insert(len(text), "\n", {"b": "paragraph:0"})
        self.original, self.own = [start.get_update()], list[bytes]()
        self.writers = [Peer(client, self.original) for client in (11, 12)]
        ids = (21, 22) if seed % 2 else (1, 2)  # who has the smaller id stands first
        self.preparing = [Peer(client, self.original) for client in ids]
        self.clients = ids
        self._count = 0

    def run(self, steps: int) -> None:
        for _ in range(steps):
            peer = self.random.choice(self.writers + self.preparing)
            peer.receive(self.random, self.random.choice((0, 0.5, 1)))
            if peer in self.writers:
                self._store(peer, self.original, self._write)
            else:
                self._store(peer, self.own, self._propose)

    def _store(self, peer: Peer, log: list[bytes], change: Callable[[Peer], None]) -> None:
        before = peer.doc.get_state()
        with peer.doc.transaction():
            change(peer)
        update = peer.doc.get_update(before)
        known = load_log([*self.original, *(self.own if log is self.own else [])]).doc.get_state()
        assert not check_update(update).lacks_in(decode_state_vector(known))
        log.append(update)
        others = self.preparing if log is self.own else self.writers + self.preparing
        for other in others:
            if other is not peer:
                other.waiting.append(update)

    def _write(self, peer: Peer) -> None:
        """Anything: words, blocks, formats, deletions."""
        random, text = self.random, peer.text
        places = _places(peer.doc)
        at = random.choice(places)
        match random.randint(0, 4):
            case 0 if len(places) > 4:
                first = random.randrange(len(places) - 1)
                del text[places[first] : places[min(first + random.randint(1, 12), len(places) - 1)]]
            case 1:
                text.insert(at, "\n", {"b": random.choice(("paragraph:0", "clause:1", "heading:2"))})
            case 2 if len(places) > 2:
                begin, end = sorted(random.sample(places, 2))
                text.format(begin, end, {random.choice(MARKS): random.choice((True, None))})
            case _:
                text.insert(at, random.choice(("neu ", "ß", "🌲")), random.choice(({}, {"strong": True})))

    def _propose(self, peer: Peer) -> None:
        """A proposal of one's own, or one of one's own taken back."""
        random, text, places = self.random, peer.text, _places(peer.doc)
        self._count += 1
        key, mark = f"{PREFIX}{peer.client}-{self._count}", f"{peer.client}|Lahr|1781690400"
        at = random.choice(places)
        match random.randint(0, 4):
            case 0 if len(places) > 2:
                begin, end = sorted(random.sample(places, 2))
                if end > begin:
                    text.format(begin, end, {f"del:{key}": mark})
            case 1:
                text.insert(at, "\n", {"b": "clause:1", f"ins:{key}": mark})
            case 2:
                self._take_back(peer)
            case _:
                text.insert(at, random.choice(("Vorschlag ", "🌲 ")), {f"ins:{key}": mark})

    def _take_back(self, peer: Peer) -> None:
        at = 0
        for value, marks in peer.text.diff():
            size = len(str(value).encode())
            for key, mark in (marks or {}).items():
                if key.startswith(("ins:b9_", "del:b9_")) and str(mark).startswith(f"{peer.client}|"):
                    if key.startswith("ins:"):
                        del peer.text[at : at + size]
                    else:
                        peer.text.format(at, at + size, {key: None})
                    return
            at += size


def _places(doc: Doc[Text]) -> list[int]:
    """Between letters, in bytes of UTF-8."""
    found = [0]
    for letter in str(doc.get(TEXT, type=Text)):
        found.append(found[-1] + len(letter.encode()))
    return found


Letters = list[tuple[str, dict[str, object]]]


def letters_of(log: list[bytes]) -> Letters:
    found = load_doc(log).get(TEXT, type=Text).diff()
    return [(letter, dict(marks or {})) for value, marks in found for letter in str(value)]


def settled_letters(letters: Letters) -> Letters:
    """Without what the branch proposed."""
    return [
        (letter, {key: mark for key, mark in marks.items() if PREFIX not in key})
        for letter, marks in letters
        if not any(key.startswith(f"ins:{PREFIX}") for key in marks)
    ]


def proposed(letters: Letters) -> dict[str, str]:
    """By the key of its mark, the letters that it lies on."""
    found: dict[str, str] = {}
    for letter, marks in letters:
        for key in marks:
            if PREFIX in key:
                found[key] = found.get(key, "") + letter
    return found
