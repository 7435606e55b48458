"""The HTML edition: the text of the revision, everybody who signed it, and nothing that runs or loads."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace

import pytest

from server.documents.edition.page import render_edition
from server.documents.model import Attachment, FinalText, Mark
from server.documents.parts.content_story import label_text
from server.documents.parts.proof import proof_texts
from server.documents.parts.signatories import cell_texts
from server.documents.parts.statements import numbered_statements, statement_texts
from server.documents.parts.verification_block import digest_groups
from server.domain.text.content import Content, Run
from tests.documents import document_examples as examples
from tests.documents.edition.reading_html import Node, parse

FILES = (
    Attachment("erklaerung.json", "application/json", "Text", "Source", b'{"a":1}'),
    Attachment("kopie.pdf", "application/pdf", "Signierte Ausfertigung: Stadt Lahr", "Data", b"%PDF"),
)


@pytest.fixture(scope="module")
def text() -> FinalText:
    return examples.final(examples.every_construct(), examples.signatories(51))


@pytest.fixture(scope="module")
def page(text: FinalText) -> Node:
    return parse(render_edition(text, FILES, only_in_pdf=["kopie.pdf"]))


def said_blocks(page: Node) -> list[str]:
    """Text of headings and paragraphs, in order, with the number or bullet of their item before it."""
    found, label = [], ""
    for part in page.by_class("text"):
        for node in part.all("h1", "h2", "h3", "p", "a", "span"):
            if node.attributes.get("class") == "n":
                label = node.text
            elif node.tag[0] in "hp":
                found.append(f"{label} {node.text}".strip())
                label = ""
    return found


def test_it_says_the_text_of_the_revision_and_nothing_else(text: FinalText, page: Node) -> None:
    labels = [label_text(b) if b.kind in ("clause", "bullet") else "" for b in text.content.blocks]
    wanted = [f"{label} {b.text}".strip() for label, b in zip(labels, text.content.blocks, strict=True)]
    assert said_blocks(page) == wanted


def test_marks_and_links_of_the_text_are_kept(text: FinalText, page: Node) -> None:
    parts = page.by_class("text")
    runs = [run for block in text.content.blocks for run in block.runs]
    for tag, wanted in (
        ("em", [run.text for run in runs if run.em]),
        ("strong", [run.text for run in runs if run.strong]),
        ("a", [run.text for run in runs if run.link]),
    ):
        nodes = [node for part in parts for node in part.all(tag) if node.attributes.get("class") != "n"]
        assert [node.text for node in nodes] == wanted
    assert {a.attributes["href"] for p in parts for a in p.all("a") if "rel" in a.attributes} == {
        examples.LINK
    }


def test_every_clause_has_an_address_of_its_own_made_of_its_numbers(page: Node) -> None:
    ids = [li.attributes["id"] for li in page.all("li") if "id" in li.attributes]
    assert ids[:5] == ["ziffer-1", "ziffer-1-a", "ziffer-1-a-aa", "ziffer-1-a-bb", "ziffer-1-b"]
    everything = [node.attributes["id"] for node in nodes(page) if "id" in node.attributes]
    assert len(everything) == len(set(everything))
    targets = {a.attributes["href"][1:] for a in page.all("a") if a.attributes["href"].startswith("#")}
    assert targets <= set(everything)


def test_numbers_that_come_twice_still_have_different_addresses() -> None:
    clause = replace(examples.block("clause", 1, "Wir handeln."), number="1.")
    page = parse(render_edition(examples.final(Content((clause, clause)), examples.signatories(1))))
    assert [li.attributes.get("id") for li in page.all("li")][:2] == ["ziffer-1", "ziffer-1.2"]


def test_the_table_names_everybody_as_the_pages_do(text: FinalText, page: Node) -> None:
    [table] = page.by_class("names")
    cells = [cell for cell in table.all("th", "td") if cell.attributes.get("scope") in ("row", None)]
    said = [kid.text for cell in cells for kid in cell.kids if isinstance(kid, Node)]
    assert said == cell_texts(text.signatories)
    assert [row.text for row in table.by_class("group")] == ["Große Kreisstädte", "Städte", "Gemeinden"]
    assert [head.attributes["scope"] for head in table.all("thead")[0].all("th")] == ["col", "col"]


def test_statements_and_proof_are_those_of_the_pages(text: FinalText, page: Node) -> None:
    [heading] = [h for h in page.all("h2") if h.attributes.get("id") == "protokollerklaerungen"]
    entries = [node.text for entry in page.by_class("entry") for node in entry.all("h3", "p")]
    assert [heading.text, *entries] == statement_texts(text.signatories)
    [proof] = page.by_class("proof")
    assert [node.text for node in proof.all("h2", "th", "td", "p")] == proof_texts(text.signatories)


def test_a_statement_and_its_row_lead_to_each_other(text: FinalText, page: Node) -> None:
    rows = {row.attributes["id"]: row for row in page.all("tr") if "id" in row.attributes}
    entries = [heading for entry in page.by_class("entry") for heading in entry.all("h3")]
    assert len(rows) == len(entries) == len(numbered_statements(text.signatories)) > 1
    for heading in entries:
        [back] = heading.all("a")
        row = rows[back.attributes["href"].removeprefix("#")]
        [there] = row.all("a")
        assert there.attributes["href"] == f"#{heading.attributes['id']}"


def test_two_who_signed_jointly_share_one_address() -> None:
    line = replace(examples.signatories(1)[0], statement="Ja.", joint=True)
    lines = (line, replace(line, name="Edda Eibe"))
    page = parse(render_edition(examples.final(examples.starter(), lines)))
    assert [row.attributes.get("id") for row in page.all("tr") if "id" in row.attributes] == ["kommune-1"]


def test_it_names_code_address_and_digest(text: FinalText, page: Node) -> None:
    [check] = page.by_class("check")
    assert text.short_code in check.text
    assert digest_groups(text.digest) in check.text
    assert text.verify_url in [a.attributes["href"] for a in check.all("a")]


def test_attached_evidence_lies_in_the_file(page: Node) -> None:
    [link] = [a for a in page.all("a") if "download" in a.attributes]
    assert link.attributes["download"] == "erklaerung.json"
    kind, data = link.attributes["href"].split(",")
    assert (kind, base64.b64decode(data)) == ("data:application/json;base64", FILES[0].data)
    [files] = page.by_class("files")
    assert "kopie.pdf · Liegt nur der PDF-Datei bei" in files.text


def test_nothing_in_it_runs_or_is_loaded(page: Node) -> None:
    assert not page.all("script", "link", "img", "iframe", "form", "object", "embed", "base")
    attributes = [name for node in nodes(page) for name in node.attributes]
    assert not [name for name in attributes if name.startswith("on") or name == "style"]
    [style] = page.all("style")
    digest = base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode()
    [policy] = [m.attributes["content"] for m in page.all("meta") if "http-equiv" in m.attributes]
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'; ")
    assert "url(" not in style.text
    assert "@import" not in style.text


def nodes(node: Node) -> list[Node]:
    return [node, *(below for kid in node.kids if isinstance(kid, Node) for below in nodes(kid))]


def test_what_looks_like_markup_is_shown_as_it_was_written() -> None:
    words = "<script>alert('&amp;')</script> \"x\""
    content = Content((examples.block("paragraph", 0, Run(words, link='https://x.example/"><b>')),))
    page = parse(render_edition(examples.final(content, examples.signatories(1))))
    assert said_blocks(page) == ["Erklärung", words]
    assert not page.all("script", "b")


def test_the_same_facts_give_the_same_bytes(text: FinalText) -> None:
    assert render_edition(text, FILES) == render_edition(text, FILES)


def test_a_trial_says_so(text: FinalText) -> None:
    page = parse(render_edition(replace(text, marks=frozenset({Mark.TEST}))))
    [mark] = page.by_class("mark")
    assert mark.text.startswith("Test: ")


@pytest.mark.parametrize("change", [{"digest": "0" * 64}, {"signatories": ()}, {"short_code": ""}])
def test_what_could_not_be_checked_is_refused(text: FinalText, change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"digest|checked"):
        render_edition(replace(text, **change))  # type: ignore[arg-type]
