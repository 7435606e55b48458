"""What is made once, made before anybody comes: connections, statements, threads.

Otherwise the first visitor after a restart would wait for it.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from server.actions.services import Services
from server.domain.declarations import Declaration, Phase
from server.domain.errors import NotFound, StorageFailed
from server.domain.people.persons import Person
from server.domain.permissions import can_see
from server.storage.declarations.access import find_access, read_access
from server.storage.engine.types import Reader
from server.storage.people.sessions import find_session

NOBODY: Final = Person(0, "", "")
NOTHING: Final = Declaration(0, "", "", Phase.DRAFTING, "", None, None, 0)

log = logging.getLogger(__name__)


async def warm_up(services: Services) -> None:
    """Asks for somebody who does not exist what is asked for everybody."""
    now = services.now()

    def ask(db: Reader) -> None:
        find_session(db, "", now)
        with suppress(NotFound):
            read_access(db, NOBODY, "", can_see, now)
        find_access(db, NOBODY, NOTHING, now)

    try:
        await services.database.ask(ask)
        await services.update_log.load(NOTHING.text_id)
    except (StorageFailed, SQLAlchemyError, OSError) as error:  # a database that is not there yet may come
        log.warning("the database does not answer at the start: %s", type(error.__cause__ or error).__name__)
