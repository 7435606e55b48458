"""What the sign page shows is read back by the browser as the very bytes that are signed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.domain.text.content import HARD_BREAK, LEVELS, Block, Content, Run
from server.domain.text.numbering import number_clauses
from server.web.http.pages.static import StaticFiles
from server.web.http.pages.templating import Pages
from server.web.text.prose import arrange
from tests.contract.conftest import Node

ROOT = Path(__file__).parents[2]
Show = Callable[[Content], str]

LETTERS = st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\u2029\ufffc")
WORDS = st.text(LETTERS | st.sampled_from([HARD_BREAK, *' <&"\u00a0–1.']), min_size=1)
LINKS = st.none() | st.builds("https://example.org/{}".format, st.text(LETTERS, max_size=8))
RUNS = st.builds(Run, WORDS, st.booleans(), st.booleans(), LINKS)
KINDS = st.sampled_from([(kind, level) for kind, levels in LEVELS.items() for level in levels])
BLOCKS = st.lists(st.tuples(KINDS, st.lists(RUNS, max_size=5)), min_size=1, max_size=12)
MANY = 12


def fixed(blocks: list[tuple[tuple[str, int], list[Run]]]) -> Content:
    """As fixing makes it: clauses numbered, runs with equal marks joined."""
    numbers = number_clauses(level if kind == "clause" else None for (kind, level), _ in blocks)
    return Content(
        tuple(
            Block(kind, level, tuple(joined(runs)), number)  # type: ignore[arg-type]
            for ((kind, level), runs), number in zip(blocks, numbers, strict=True)
        )
    )


def joined(runs: list[Run]) -> list[Run]:
    out: list[Run] = []
    for run in runs:
        alike = out and (out[-1].strong, out[-1].em, out[-1].link) == (run.strong, run.em, run.link)
        out.append(Run(out.pop().text + run.text, run.strong, run.em, run.link) if alike else run)
    return out


@pytest.fixture(scope="module")
def show(tmp_path_factory: pytest.TempPathFactory) -> Show:
    folder = tmp_path_factory.mktemp("templates")
    shutil.copytree(ROOT / "templates", folder, dirs_exist_ok=True)
    (folder / "one.html").write_text(
        '{% import "text/prose.html" as prose %}{{ prose.text(parts, signed=true) }}', encoding="utf-8"
    )
    pages = Pages(folder, ROOT / "server" / "locale", StaticFiles(ROOT / "client" / "dist"))
    return lambda content: pages.render("one.html", "de", {"parts": arrange(content)})


@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(BLOCKS, min_size=MANY, max_size=MANY))
def test_the_shown_text_is_read_back_as_the_bytes_that_are_signed(
    show: Show, node: Node, texts: list[list[tuple[tuple[str, int], list[Run]]]]
) -> None:
    contents = [fixed(blocks) for blocks in texts]
    read = node("shown-texts", lines=[json.dumps(show(content)) for content in contents])
    assert [json.loads(line) for line in read] == [c.canonical().decode() for c in contents]


SOME = Content(
    (
        Block("heading", 1, (Run("Erklärung"),)),
        Block("clause", 1, (Run("Wir "), Run("handeln", strong=True), Run(".")), "1."),
        Block("bullet", 2, (Run("gemeinsam", link="https://example.org/"),)),
        Block("paragraph", 0, (Run("Schluss" + HARD_BREAK + "Ende"),)),
    )
)


ALTERED = [
    ("handeln", "zögern"),
    (">1.<", ">2.<"),
    ("<strong>handeln</strong>", "handeln"),
    ("https://example.org/", "https://example.com/"),
    ("<br>", " "),
    ('data-level="2"', 'data-level="1"'),
    ("<h2>Erklärung</h2>", "<h3>Erklärung</h3>"),
    ("Erklärung</h2>", 'Erklärung <font lang="en">not</font></h2>'),
    ("<strong>handeln", '<strong style="display: none">handeln'),
    ("<h2>", "<h2 hidden>"),
    ("<h2>", '<h2 class="kern-sr-only">'),
    ("</article>", "Und noch etwas.</article>"),
    ("</article>", "<div><p>Und noch etwas.</p></div></article>"),
]


def test_nothing_else_is_read_as_the_same_text(show: Show, node: Node) -> None:
    page = show(SOME)
    assert [before for before, _ in ALTERED if before not in page] == []
    pages = [page, *(page.replace(before, after, 1) for before, after in ALTERED)]
    same, *others = node("shown-texts", lines=[json.dumps(page) for page in pages])
    assert json.loads(same) == SOME.canonical().decode()
    assert len(others) == len(ALTERED)
    assert [change for change, other in zip(ALTERED, others, strict=True) if other == same] == []
