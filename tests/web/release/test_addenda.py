"""After the publication: an erratum and a withdrawal, proposed by one and confirmed by another, sealed, never
silent. The original stays, byte for byte."""

from __future__ import annotations

import re
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import schemathesis
from PIL import Image
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.routing import Route

from server.actions.release.archiving import Wanted, hand_to_archive
from server.documents.archive_guide import commands
from server.documents.later.addendum import addendum_guide
from server.documents.reading.attachments import read_attachments
from server.domain.release.addenda import AddendumKind, parse_addendum
from server.domain.release.verification import Verdict
from server.dossier.attachment_names import ADDENDUM_NAME
from server.dossier.check.document import verify_document
from server.storage.release.addenda import AddendumFile, list_files
from server.storage.tables.declarations import DeclarationRow
from server.web.http.kept import feeds
from server.web.routes import create_routes
from tests.web.release.test_accession import KARL, E, public
from tests.web.release.test_yearly_reports import fill, publish
from tests.web.site import HOME, Site
from tests.web.text.test_translations import begin, fix
from tests.world import OFFENBURG, SLUG

__all__ = ["public"]
PAGE = f"{HOME}/addenda"
API = f"/api/v1/declarations/{SLUG}"
REASON = "In Ziffer 1 stand ein falsches Wort. Der Fehler fiel beim Druck auf."


@pytest.fixture(autouse=True)
def _nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Until a page is looked up again."""
    monkeypatch.setattr(feeds, "FRESH", 0.0)


def a_passage(site: Site) -> str:
    """Words that stand once in the signed text."""
    text = site.world.revision.text
    for block in text.blocks:
        words = " ".join(block.text.split()[:4])
        if block.kind == "clause" and sum(each.text.count(words) for each in text.blocks) == 1:
            return words
    raise AssertionError("no passage")


def propose(site: Site, name: str = "clara", **fields: str) -> int:
    person = site.visitor(name)
    person.open(PAGE)
    return person.send(f"{PAGE}/propose", **({"kind": "erratum", "reason": REASON} | fields)).status


def confirm(site: Site, name: str = "emil") -> int:
    person = site.visitor(name)
    draft = re.search(r'name="draft" value="(\d+)"', person.open(PAGE).source)
    assert draft is not None
    return person.send(f"{PAGE}/confirm", draft=draft[1]).status


async def _one_is_enough(db: AsyncSession) -> None:
    await db.execute(update(DeclarationRow).values(four_eyes=False))


def files(site: Site) -> list[AddendumFile]:
    return site.world.read(list_files, 1)


def test_an_erratum_is_sealed_by_two_and_everything_leads_to_it(public: Site, tmp_path: Path) -> None:
    original, wrong = public.world.seal(), a_passage(public)
    before = public.visitor().open(E)
    assert propose(public, wrong_1=wrong, right_1="Richtig ist dies") == 303
    assert "Berichtigung" not in public.visitor().open(E).source  # one person alone publishes nothing
    waits = [letter.recipient for letter in public.mails if "Bitte bestätigen" in letter.subject]
    assert waits == ["emil@example.org"]
    assert confirm(public, "clara") == 409
    assert files(public) == []
    assert confirm(public) == 303
    [file] = files(public)
    facts = parse_addendum(read_attachments(file.pdf)[ADDENDUM_NAME])
    assert facts.original.text.short_code == original.short_code
    assert facts.draft.corrections[0].place.startswith("Ziffer ")
    report = verify_document(file.pdf)
    assert report.verdict is Verdict.TRIAL, report.findings
    assert {f.check: f.outcome.value for f in report.findings}["document.pages"] == "proven"
    (tmp_path / "dokument.pdf").write_bytes(file.pdf)
    (tmp_path / "erklaerung.pdf").write_bytes(original.pdf)
    for step in commands(addendum_guide(facts)):
        subprocess.run(["sh", "-c", step], cwd=tmp_path, check=True, capture_output=True)
    page = public.visitor().open(E)
    assert page.headers["etag"] != before.headers["etag"]
    assert REASON in page.text
    assert f'href="#berichtigung-{file.number}"' in page.source  # from the passage in the text
    assert "Berichtigung: In Ziffer 1" in public.visitor().open(f"{E}/feed.atom").source
    assert "Berichtigung" in public.visitor().open(f"{E}/einbetten").text
    assert public.visitor().open(f"{E}/text.txt").source.startswith("BERICHTIGUNG 1")
    said = public.visitor().open(API).data
    assert said["status"] == "published"
    assert [each["kind"] for each in said["addenda"]] == ["erratum"]
    for code in (original.short_code, file.short_code):
        assert "Zu dieser Erklärung gibt es eine Berichtigung" in public.visitor().open(f"/v/{code}").text
    assert public.visitor().open(f"{E}/berichtigung/1.pdf").status == 200
    assert public.visitor().open(f"{E}/zurueckziehung.pdf").status == 404
    assert public.visitor().open(f"{E}/erklaerung.pdf").headers["etag"] == f'"{original.pdf_digest}"'
    told = {letter.recipient for letter in public.mails if letter.subject.startswith("Berichtigung")}
    assert {"doris@example.org", "gustav@example.org", "emil@example.org"} <= told
    assert "Berichtigung 1" in public.visitor("emil").open(f"{HOME}/press").text


def test_a_withdrawal_stays_public_and_says_so_everywhere(public: Site) -> None:
    original = public.world.seal()
    assert propose(public, kind="withdrawal", reason="Die Grundlage ist entfallen.") == 303
    assert confirm(public) == 303
    [file] = files(public)
    assert file.kind is AddendumKind.WITHDRAWAL
    page = public.visitor().open(E)
    assert page.status == 200
    assert "Diese Erklärung ist zurückgezogen" in page.text
    assert "Die Grundlage ist entfallen." in page.text
    assert "Beitritt beantragen" not in page.text
    assert public.visitor().open(API).data["status"] == "withdrawn"
    listed = public.visitor().open("/api/v1/declarations").data["declarations"]
    assert [each["status"] for each in listed] == ["withdrawn"]
    assert "Zurückgezogen" in public.visitor().open(f"{E}/zaehler.svg").source
    assert "Diese Erklärung ist zurückgezogen" in public.visitor().open(f"/v/{original.short_code}").text
    assert public.visitor().open(f"{E}/erklaerung.pdf").status == 200
    assert verify_document(public.world.read(list_files, 1)[0].pdf).verdict is Verdict.TRIAL
    frank = public.visitor()
    assert frank.open(f"{E}/beitreten").status == 409
    assert frank.send(f"{E}/beitreten", **KARL).status in {403, 409}
    assert public.visitor("emil").open(f"{HOME}/press").status == 200
    assert public.visitor("clara").open(PAGE).status == 409  # nothing comes after it
    assert "Die Erklärung ist zurückgezogen" in public.visitor("clara").open(f"{HOME}/release").text
    assert file.pdf in archived(public).values()


SILENT = {
    "erklaerung.pdf": "the sealed bytes; its QR code leads to the page",
    "erklaerung.html": "the sealed edition; its code leads to the page",
    "namen.csv": "a table of what was signed; the page beside it says it",
    "{language}/text.json": "the canonical bytes of a translation",
    "beitreten": "refused after a withdrawal",
    "berichtigung/{number:int}.pdf": "is sealed itself",
    "zurueckziehung.pdf": "is sealed itself",
    "nachtrag/{number:int}.pdf": "is sealed itself",
}
"""Below the declaration's public address."""


def words_of(site: Site, path: str) -> str:
    """Of a page, a text, or a picture's own description."""
    page = site.visitor().open(path)
    assert page.status == 200, path
    if page.headers["content-type"] != "image/png":
        return page.source.lower()
    return str(Image.open(BytesIO(site.visitor().fetch(path))).info.get("Description", "")).lower()


def that_say_nothing(site: Site, *words: str) -> set[str]:
    """Of all public addresses of the declaration those whose content has none of the words."""
    known = {"language": "fr", "year:int": "2026", "number": "1"}
    routes = {
        route.path.removeprefix("/e/{slug}").lstrip("/")
        for route in create_routes()
        if isinstance(route, Route) and route.path.startswith("/e/{slug}") and "GET" in (route.methods or ())
    }
    found = set()
    for below in routes - set(SILENT):
        path = re.sub(r"\{([\w:]+)\}", lambda part: known[part[1]], f"{E}/{below}".rstrip("/"))
        if not any(word in words_of(site, path) for word in words):
            found.add(below)
    return found


def kit(site: Site) -> dict[str, bytes]:
    """The words of its texts and documents, by name."""
    with ZipFile(BytesIO(site.visitor("emil").fetch(f"{HOME}/press/kit.zip"))) as packed:
        found = {name: packed.read(name) for name in packed.namelist()}
    texts = {name: data for name, data in found.items() if name.endswith(".txt") and "SUMS" not in name}
    for name, data in found.items():
        if name.endswith((".docx", ".odt")):
            with ZipFile(BytesIO(data)) as document:
                main = "word/document.xml" if name.endswith(".docx") else "content.xml"
                texts[name] = document.read(main)
    return texts


@pytest.mark.parametrize(
    ("kind", "head", "words", "more"),
    [
        ("erratum", "berichtigung", ("berichtigung", "erratum"), {"namen.json", "zaehler.svg"}),
        ("withdrawal", "zurückgezogen", ("zurückgezogen", "withdrawn"), set()),
    ],
)
def test_whatever_is_made_of_the_declaration_says_it(
    public: Site, kind: str, head: str, words: tuple[str, ...], more: set[str]
) -> None:
    """`more`: an erratum changes neither names nor their number."""
    begin(public)
    fix(public)
    fill(public, "anna", OFFENBURG, "done")
    publish(public)
    card = public.visitor().fetch(f"{E}/bild.png")
    assert {"", "{language}", "text.txt", "karte.svg", "umsetzung/{year:int}"} <= that_say_nothing(
        public, *words
    )
    propose(public, kind=kind)
    confirm(public)
    assert that_say_nothing(public, *words) - more == {"bild.png"}
    assert public.visitor().fetch(f"{E}/bild.png") != card, "a picture without words"
    described = schemathesis.openapi.from_dict(public.visitor().open("/api/v1/openapi.json").data)
    answer = public.world.run(public.visitor()._client.get(API))
    assert all(answer.json()[part] for part in ("addenda", "reports", "translations"))
    described["/api/v1/declarations/{slug}"]["GET"].validate_response(answer)
    found = kit(public)
    assert len(found) > 8
    assert [name for name, data in found.items() if head not in data.decode().lower()] == []


def archived(site: Site) -> dict[str, bytes]:
    """The files beside the message for the E-Akte."""
    made = site.world.run(
        hand_to_archive(site.world.services, actor=site.world.person("clara"), slug=SLUG, wanted=Wanted())
    )
    with ZipFile(BytesIO(made.data)) as package:
        [inner] = [name for name in package.namelist() if name.endswith(".zip")]
        with ZipFile(BytesIO(package.read(inner))) as message:
            return {name: message.read(name) for name in message.namelist()}


def test_who_checks_the_old_file_learns_of_the_erratum(public: Site) -> None:
    original = public.world.seal()
    propose(public)
    confirm(public)
    frank = public.visitor()
    page = frank.open("/verify")
    assert REASON in page.source  # the browser finds it by the text's digest and asks nobody
    assert public.world.revision.digest in page.source
    report = frank.send("/verify", files={"pdf": ("erklaerung.pdf", original.pdf, "application/pdf")})
    assert "Zu dieser Erklärung gibt es eine Berichtigung" in report.text


@pytest.mark.parametrize(
    ("wrong", "right"), [("kommt nirgends vor", "egal"), ("e", "egal"), ("", "egal"), ("x", "")]
)
def test_a_passage_that_is_not_clear_is_refused_with_a_sentence(public: Site, wrong: str, right: str) -> None:
    clara = public.visitor("clara")
    clara.open(PAGE)
    said = {"kind": "erratum", "reason": REASON, "wrong_1": wrong, "right_1": right}
    refused = clara.send(f"{PAGE}/propose", **said)
    assert refused.status == 422
    assert REASON in refused.source
    assert 'name="draft"' not in clara.open(PAGE).source


def test_one_person_is_enough_where_the_settings_say_so(public: Site) -> None:
    public.write(_one_is_enough)
    assert propose(public) == 303
    assert len(files(public)) == 1


def test_only_what_is_published_is_corrected_and_only_by_those_who_may(public: Site) -> None:
    for name, status in (("doris", 403), ("anna", 403), ("frank", 404)):
        person = public.visitor(name)
        assert person.open(PAGE).status == status, name
    emil = public.visitor("emil")
    emil.open(PAGE)
    assert emil.send(f"{PAGE}/propose", kind="erratum", reason=REASON).status == 403
