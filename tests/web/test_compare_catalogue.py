"""`make catalogues` names what a catalogue lacks and what is left over, and adds what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.catalogue import sentences
from tests.web.compare_catalogue import GERMAN, add_missing, compare, main

CATALOGUE = """\
# German.
msgid ""
msgstr ""
"Language: de\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

msgid "Declaration"
msgstr "Erklärung"

msgid "Open"
msgstr ""
"""
SAID = ["Declaration", "Open", "Answer", ("%(num)s town", "%(num)s towns")]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "kraftakt.po"
    path.write_text(CATALOGUE, "utf-8")
    return path


def test_what_is_missing_untranslated_or_left_over_is_named(path: Path) -> None:
    difference = compare(path, SAID[1:])
    assert difference.missing == [("%(num)s town", "%(num)s towns"), "Answer", "Open"]
    assert difference.obsolete == ["Declaration"]


def test_what_is_missing_is_added_in_order_and_the_rest_stays(path: Path) -> None:
    add_missing(path, compare(path, SAID).missing)
    head, plural, *others = path.read_text("utf-8").split("\n\n")
    assert head == CATALOGUE.split("\n\n", maxsplit=1)[0]
    assert 'msgid_plural "%(num)s towns"\nmsgstr[0] ""\nmsgstr[1] ""' in plural
    assert [entry.splitlines()[0] for entry in others] == [
        'msgid "Answer"',
        'msgid "Declaration"',
        'msgid "Open"',
    ]
    before = path.read_text("utf-8")
    add_missing(path, compare(path, SAID).missing)
    assert path.read_text("utf-8") == before


def test_adding_to_our_own_catalogue_changes_nothing(tmp_path: Path) -> None:
    copy = tmp_path / "kraftakt.po"
    copy.write_bytes(GERMAN.read_bytes())
    add_missing(copy, sentences())
    assert copy.read_bytes() == GERMAN.read_bytes()


def test_ours_is_complete(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert capsys.readouterr().out.startswith("The German catalogue")
