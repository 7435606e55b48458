"""Comments belong to their author, not to the text: no digest knows them, who wrote them takes them along."""

from __future__ import annotations

from pycrdt import Text
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.record.erasure import erase_own
from server.storage.engine.types import Reader
from server.storage.tables.comments import CommentRow
from server.storage.tables.people import PersonRow
from server.storage.tables.text import UpdateRow
from server.storage.text import update_log
from server.sync.projection import load_doc
from tests.web.record.test_own_data import unpack
from tests.web.site import Site
from tests.web.text.comments.test_commenting import arrive, begin
from tests.world import World


def mark(world: World, key: str) -> None:
    """The passage of a thread, as the editor marks it; one letter of it on both sides of a block's end."""

    text_id = world.text_id

    async def append() -> None:
        async with world.services.database.write() as db:
            doc = load_doc(await update_log.load_updates(db, text_id))
            before = doc.get_state()
            doc.get("text", type=Text).format(3, 20, {f"comment:{key}": True})
            db.add(UpdateRow(text_id=text_id, data=doc.get_update(before)))

    world.run(append())


def test_a_comment_never_changes_the_digest(site: Site) -> None:
    before = site.world.freeze().digest
    site.world.reopen()
    mark(site.world, begin(arrive(site, "anna"))["key"])
    assert site.world.freeze().digest == before


def test_its_author_takes_it_along_and_leaves_no_name_in_it(site: Site) -> None:
    world = site.world
    name = "Anna Ahornblatt"
    site.write(rename, world.person("anna").id, name)
    anna = arrive(site, "anna")
    key = begin(anna, body=f"Das sieht {name} anders.")["key"]
    arrive(site, "ben").post_json(f"/declarations/erklaerung/comments/{key}", body=f"Fragt {name}!")
    taken, page = unpack(site.visitor("anna"))
    assert [row["body"] for row in taken["data"]["comments"]] == [f"Das sieht {name} anders."]
    assert "Das sieht" in page
    assert "Fragt" not in page
    world.run(erase_own(world.services, actor=world.person("anna"), proven_at=world.time))
    assert name not in " ".join(world.ask(bodies))


async def rename(db: AsyncSession, person: int, name: str) -> None:
    await db.execute(update(PersonRow).where(PersonRow.id == person).values(name=name))


def bodies(db: Reader) -> list[str]:
    return list(db.scalars(select(CommentRow.body)))
