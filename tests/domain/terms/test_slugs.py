"""An address that people can read aloud."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.terms.slugs import MAX_SLUG, RESERVED, make_slug


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Ortenauer Erklärung", "ortenauer-erklaerung"),
        ("Größere Züge & Öffentliche Räume", "groessere-zuege-und-oeffentliche-raeume"),
        ("  „Digital. Gemeinsam. Vor Ort.“  ", "digital-gemeinsam-vor-ort"),
        ("Déclaration de Kehl", "declaration-de-kehl"),
        ("декларация", "erklaerung"),
        ("New", "new-2"),
        ("Ä" * 100, "ae" * 30),
    ],
)
def test_a_title_becomes_its_address(title: str, slug: str) -> None:
    assert make_slug(title, ()) == slug


def test_what_is_taken_gets_a_number() -> None:
    assert make_slug("Erklärung", {"erklaerung"}) == "erklaerung-2"
    assert make_slug("Erklärung", {"erklaerung", "erklaerung-2"}) == "erklaerung-3"


@given(st.text(max_size=300))
def test_every_title_has_one(title: str) -> None:
    slug = make_slug(title, ())
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= MAX_SLUG
    assert slug not in RESERVED
