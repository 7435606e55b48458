"""What the service writes at one process is seen at the others, and belongs to the service there too."""

from __future__ import annotations

import asyncio

from pycrdt import Doc, Text

from server.sync.wire import messages
from server.sync.wire.close_codes import CloseCode
from tests.sync.processes.further_process import further_rooms
from tests.sync.service_process import House


def test_it_reaches_people_at_another_process_and_stays_the_services(house: House) -> None:
    (one,) = house.start(1)
    text_id = house.world.text_id

    async def scenario() -> None:
        async with one.client("anna") as anna, further_rooms(house.url) as rooms:
            await anna.until_saved()
            source: Doc[Text] = Doc(client_id=77)
            source.get("text", type=Text).insert(0, "Der Dienst. ", {})
            await rooms.write(text_id, source.get_update(), declaration_id=1)
            await anna.until(lambda: "Der Dienst. " in anna.content)
            await anna.catch_up()
            before = source.get_state()
            source.get("text", type=Text).insert(0, "Angeblich: ", {})
            anna.send(messages.update_frame(source.get_update(before)))
            refused = (CloseCode.NOT_ALLOWED, CloseCode.ACCESS_CHANGED)  # as soon as whose it is is known
            assert await anna.until_closed() in refused
        async with one.client("clara") as clara:
            await clara.until_synced()
            assert "Der Dienst. " in clara.content
            assert "Angeblich" not in clara.content

    asyncio.run(scenario())
