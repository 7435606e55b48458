"""Words are divided as pyphen divides them, without its half second at the start."""

from __future__ import annotations

import random
import re

import pyphen

from server.documents.typeset.hyphenation import positions
from tests.documents import document_examples as examples


def test_words_are_divided_as_pyphen_divides_them() -> None:
    reference = pyphen.Pyphen(lang="de_DE", left=3, right=3)
    lines = pyphen.LANGUAGES["de_DE"].read_text(encoding="iso-8859-1").splitlines()
    listed = {re.sub(r"[\W\d_]", "", line) for line in lines}
    parts = sorted(word for word in listed if len(word) > 3)
    rng = random.Random(7)
    words = [*rng.sample(parts, 3000), *("".join(rng.sample(parts, 2)) for _ in range(1000))]
    words += re.findall(r"\w+", examples.every_construct(4).plain_text + examples.starter().plain_text)
    assert len(words) > 4000
    different = [word for word in words if positions(word) != tuple(reference.positions(word))]
    assert different == []
