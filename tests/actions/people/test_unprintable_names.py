"""What the document cannot print is refused where it is entered, never at the seal."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sqlalchemy import update

from server.actions.declarations.start import Invitee, Start, start_declaration
from server.actions.sign_offs import by_code, by_passkey
from server.actions.sign_offs.request import Reply
from server.documents.printable import ensure_printable_text
from server.domain.errors import NotFound
from server.domain.people.roles import Role
from server.domain.sign_offs.answers import Answer
from server.domain.text.errors import UnprintableText
from server.storage.declarations.declarations import load_declaration
from server.storage.declarations.seeding import REGION
from server.storage.tables.people import MunicipalityRow, PersonRow
from tests.world import BLOCKS, OFFENBURG, World

SMILE = "\U0001f600"
START = Start("zweite", "Zweite Erklärung", "Städte und Gemeinden", None, None, BLOCKS, [])
SIGNATORY = Invitee("berta@example.org", "Berta", Role.SIGNATORY, OFFENBURG, "Bürgermeisterin")


def said(text: str) -> Reply:
    return Reply(Answer.SIGNS_WITH_STATEMENT, text=text)


@pytest.mark.parametrize(
    "start",
    [
        replace(START, title=f"Erklärung {SMILE}"),
        replace(START, issuer=f"Städte {SMILE}"),
        replace(START, invitees=[replace(SIGNATORY, name=f"Berta {SMILE}")]),
        replace(START, invitees=[replace(SIGNATORY, title=f"{SMILE}")]),
    ],
    ids=["title", "issuer", "name", "official title"],
)
def test_an_invitation_that_could_not_be_printed_stores_nothing(world: World, start: Start) -> None:
    with pytest.raises(UnprintableText) as refused:
        world.run(start_declaration(world.services, start=start))
    assert refused.value.facts["characters"] == ["U+1F600 GRINNING FACE"]
    with pytest.raises(NotFound):
        world.read(load_declaration, "zweite")


@pytest.mark.parametrize("ask", [by_passkey.begin_with_passkey, by_code.send_code])
def test_a_statement_that_could_not_be_printed_is_refused_before_it_is_confirmed(
    world: World, ask: object
) -> None:
    world.freeze()
    world.authenticator("doris")
    with pytest.raises(UnprintableText) as refused:
        world.run(ask(world.services, **world.asked("doris", reply=said(f"Gern.\n{SMILE}"))))
    assert refused.value.facts["where"] == ["Offenburg"]


def test_a_statement_of_several_paragraphs_in_every_letter_of_the_registers_is_taken(world: World) -> None:
    world.freeze()
    world.authenticator("doris")
    reply = said("Erster Absatz.\n\nZweiter: Çağla, Łukasz, Æsa, ẞ, Ș, „so“ – und ©.")
    assert world.run(by_passkey.begin_with_passkey(world.services, **world.asked("doris", reply=reply)))


@pytest.mark.parametrize("row", [PersonRow, MunicipalityRow])
def test_a_name_that_came_in_another_way_is_refused_at_the_latest_when_signing(
    world: World, row: type[PersonRow] | type[MunicipalityRow]
) -> None:
    async def rename() -> None:
        async with world.services.database.write() as db:
            await db.execute(update(row).values(name=row.name + SMILE))

    world.freeze()
    asked = world.asked("doris")
    world.run(rename())
    asked["actor"] = replace(asked["actor"], name=world.person("doris").name)
    with pytest.raises(UnprintableText):
        world.run(by_code.send_code(world.services, **asked))


def test_every_municipality_of_the_region_can_be_printed() -> None:
    for town in json.loads(REGION.read_text(encoding="utf-8"))["municipalities"]:
        ensure_printable_text(town["name"], town["ags"])
