"""„Meine Daten“: taken along as a ZIP, and erased, after a fresh proof."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import httpx
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.storage.people import persons
from server.storage.tables import Base
from tests.web.site import HOME, Site, Visitor


def unpack(visitor: Visitor) -> tuple[Any, str]:
    """JSON and page."""
    visitor.open("/account/data")
    client = visitor._client  # the bytes, which a page's text is not
    csrf = {"csrf": visitor._csrf}
    answer = visitor.site.world.run(client.post("/account/data", data=csrf))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        return json.loads(file.read("daten.json")), file.read("daten.html").decode()


def test_the_zip_holds_ones_own_and_nobody_else_s(site: Site) -> None:
    site.world.freeze()
    site.world.sign_with_passkey("doris")
    data, page = unpack(site.visitor("doris"))
    found = data["data"]
    assert found["persons"][0]["email"] == "doris@example.org"
    assert found["participants"][0]["role"] == "signatory"
    assert found["mandates"][0]["title"] == "Oberbürgermeisterin"
    assert found["sign_offs"][0]["statement"]["answer"] == "signs"
    assert found["passkeys"]
    assert {entry["entry"]["tag"] for entry in found["audit_events"]} >= {"declaration:sign_off:give"}
    assert "Antworten mit den abgegebenen Erklärungen" in page
    for other in ("anna@", "gustav@", "clara@"):
        assert other not in json.dumps(data) + page


def test_no_secret_is_in_it(site: Site) -> None:
    doris = site.visitor("doris")
    data, page = unpack(doris)
    for name in ("token", "hash", "handle", "payload", "cose", "secret", "challenge"):
        assert not [key for rows in data["data"].values() for row in rows for key in row if name in key], name
    assert str(doris.token) not in page


def test_it_needs_a_fresh_proof_and_is_on_record(site: Site) -> None:
    doris = site.visitor("doris")
    doris.open("/account/data")
    site.world.wait(minutes=11)
    assert "Bitte bestätigen" in doris.send("/account/data").text
    assert "account:data:export" not in site.world.read(all_tags)
    unpack(site.visitor("doris"))
    assert "account:data:export" in site.world.read(all_tags)


async def all_tags(db: AsyncSession) -> list[str]:
    return list(await db.scalars(select(Base.metadata.tables["audit_events"].c.tag)))


def test_nobody_gets_it_without_signing_in(site: Site) -> None:
    pages = ("/account/data", "/account/erase", f"{HOME}/people/2/erase")
    assert [site.visitor().open(page).status for page in pages] == [303, 303, 303]


def test_the_page_says_what_goes_and_stays_before_and_signs_out_after(site: Site) -> None:
    anna = site.visitor("anna")
    page = anna.open("/account/erase")
    assert "Was gelöscht wird" in page.text
    assert "Artikel 17 Absatz 3" in page.text
    done = anna.send("/account/erase")
    assert (done.status, done.location) == (303, "/account/erased")
    assert anna.open("/account/erased").heading == "Ihre Daten sind gelöscht"
    assert anna.open("/account").status == 303
    assert site.world.read(persons.find_by_email, "anna@example.org") is None


def test_the_last_of_the_coordination_is_told_what_to_do_first(site: Site) -> None:
    clara = site.visitor("clara")
    clara.open("/account/erase")
    answer = clara.send("/account/erase")
    assert answer.status == 409
    assert "Koordination" in answer.text


def test_the_coordination_erases_for_somebody_who_asked(site: Site) -> None:
    anna = site.world.person("anna")
    address = f"{HOME}/people/{anna.id}/erase"
    clara = site.visitor("clara")
    assert clara.open(address).status == 403  # may not create declarations
    site.write(persons.allow_creating, site.world.person("clara").id)
    expected = {"clara": 200, "ben": 403, "doris": 403, "emil": 403, "frank": 403}
    assert site.statuses(address, "clara ben doris emil frank") == expected
    assert clara.open(f"{HOME}/people/{site.world.person('frank').id}/erase").status == 404
    assert "Daten von Anna löschen?" in clara.open(address).text
    assert clara.send(address).location == f"{HOME}/people"
    assert f"Gelöschte Person {anna.id}" in clara.open(f"{HOME}/log").text


def test_no_network_address_is_ever_stored(site: Site) -> None:
    """Neither in the log nor with sessions nor in what is counted: nothing is there to be shortened."""
    network = "203.0.113.77"
    client = httpx.AsyncClient(
        transport=httpx.ASGITransport(site.app, client=(network, 4711)),
        base_url=site.world.settings.base_url,
        cookies={"kraftakt_session": site.sign_in("doris")},
        headers={"Accept": "text/html"},
    )
    for path in ("/", HOME, "/account", "/login/wrong", "/verify"):
        site.world.run(client.get(path))
    page = site.world.run(client.get("/login")).text
    token = page.split('name="csrf-token" content="')[1][:64]
    fields = {"csrf": token, "email": "doris@example.org"}
    assert site.world.run(client.post("/login", data=fields)).status_code in (200, 303)
    site.world.run(client.post("/login/wrong", data={"csrf": token}))
    stored = site.world.read(everything)
    assert "doris@example.org" in stored  # the walk finds what is there
    assert network not in stored


async def everything(db: AsyncSession) -> str:
    found = []
    for table in Base.metadata.sorted_tables:
        for row in await db.execute(select(table)):
            found += [v.decode("latin-1") if isinstance(v, bytes) else str(v) for v in row]
    return "\n".join(found)
