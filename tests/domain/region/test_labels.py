"""Names that fit on a tile, and three letters that tell places apart."""

from __future__ import annotations

import json

from server.domain.region.labels import lines_of, short_keys, short_name
from server.storage.declarations.seeding import REGION

NAMES = {t["ags"]: t["name"] for t in json.loads(REGION.read_text("utf-8"))["municipalities"]}


def test_what_only_tells_a_name_from_others_is_left_out() -> None:
    assert short_name("Lahr/Schwarzwald") == "Lahr"
    assert short_name("Gutach (Schwarzwaldbahn)") == "Gutach"
    assert short_name("Ottenhöfen im Schwarzwald") == "Ottenhöfen"
    assert short_name("Im Winkel") == "Im Winkel"


def test_long_names_are_broken_where_one_would_break_them() -> None:
    assert lines_of("Sasbachwalden") == ("Sasbach-", "walden")
    assert lines_of("Bad Peterstal-Griesbach") == ("Bad", "Peterstal-", "Griesbach")
    assert lines_of("Kehl") == ("Kehl",)


def test_every_name_of_the_region_fits_on_three_lines() -> None:
    assert all(1 <= len(lines_of(name)) <= 3 for name in NAMES.values())
    assert max(len(line) for name in NAMES.values() for line in lines_of(name)) <= 12


def test_three_letters_tell_all_places_of_the_region_apart() -> None:
    short = short_keys(NAMES)
    assert len(set(short.values())) == len(NAMES)
    assert all(len(letters) == 3 for letters in short.values())
