"""Frames as no honest client sends them: seeded, so that whatever is found can be found again."""

from __future__ import annotations

import random
from collections.abc import Sequence

from server.sync.wire import messages
from tests.sync.yjs_updates import histories

HISTORIES = 12


class Damage:
    """`valid` are whole updates (each with all its predecessors); the methods spoil them."""

    def __init__(self, seed: int) -> None:
        self._rng = random.Random(seed)
        self.valid = [update for n in range(HISTORIES) for update in histories(n, steps=30)]

    def state(self) -> tuple[list[bytes], list[bytes]]:
        """The updates that somebody has, and the next few of the same history."""
        history = histories(self._rng.randrange(10_000), steps=30)
        at = self._rng.randrange(len(history) - 3)
        return history[:at], history[at : at + 4]

    def update(self, among: Sequence[bytes] = ()) -> bytes:
        """An update with some bytes changed, cut out, doubled or cut off."""
        rng = self._rng
        data = bytearray(rng.choice(among or self.valid))
        for _ in range(rng.choice((1, 1, 1, 2, 3, 8))):
            at = rng.randrange(len(data))
            how = rng.random()
            if how < 0.6:
                data[at] = rng.choice(
                    (rng.randrange(256), 0, 1, 127, 128, 255, data[at] ^ 1 << rng.randrange(8))
                )
            elif how < 0.75:
                del data[at : at + rng.randint(1, 4)]
            elif how < 0.9:
                data[at:at] = data[at : at + rng.randint(1, 8)]
            else:
                data = data[: at + 1]
            if not data:
                break
        return bytes(data) or b"\x00"

    def frame(self) -> bytes:
        """Any message: random bytes, damaged updates, cut frames, lying lengths, damaged awareness."""
        rng = self._rng
        return rng.choice(
            (self._random, self._update, self._update, self._cut, self._lying, self._awareness)
        )()

    def _random(self) -> bytes:
        return self._rng.randbytes(self._rng.randint(0, 40))

    def _update(self) -> bytes:
        return self._rng.choice((messages.update_frame, messages.step_2, messages.step_1))(self.update())

    def _cut(self) -> bytes:
        frame = messages.update_frame(self._rng.choice(self.valid))
        return frame[: self._rng.randrange(len(frame))]

    def _lying(self) -> bytes:
        return b"\x00\x02" + messages.encode_uint(self._rng.randrange(1 << 53)) + self._rng.choice(self.valid)

    def _awareness(self) -> bytes:
        state = self._rng.choice((b'{"a":1}', b"null", b"NaN", b"[", b"\xff", b"1", b'"x"'))
        body = bytearray(b"\x01\x07\x01" + messages.encode_chunk(state))
        body[self._rng.randrange(len(body))] = self._rng.randrange(256)
        return messages.awareness_frame(bytes(body))
