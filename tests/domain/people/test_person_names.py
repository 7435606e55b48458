"""A name in a certificate fits a person's in any usual spelling; the browser's check says the same."""

import json
from pathlib import Path

import pytest

from server.domain.people.person_names import fits

PAIRS = json.loads((Path(__file__).parents[2] / "contract" / "person-names.json").read_text("utf-8"))


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['person']} and {pair['named']}")
def test_a_name_fits_when_all_its_words_are_there(pair: dict[str, object]) -> None:
    assert fits(str(pair["person"]), str(pair["named"])) is pair["fits"]
