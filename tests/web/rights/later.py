"""What a declaration gets in its later phases, put in as rows: whoever may name it, may name this one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import select

from server.actions.services import Services
from server.domain.declarations import Declaration
from server.domain.sign_offs.papers import PaperState
from server.storage.tables.base import Base
from server.storage.tables.notices import DeliveryRow, WebhookRow
from server.storage.tables.people import PersonRow
from server.storage.tables.release import AccessionRow, AddendumRow, PreviewRow, ReleaseProposalRow
from server.storage.tables.sign_offs import PaperRow, SignOffRow
from tests.web.rights.people import ELSEWHERE
from tests.world import OFFENBURG

NOTHING: Final = 999_999
ACHERN: Final = "08317001"


async def add_later_things(
    services: Services, declaration: Declaration, lead: int, revision: int, mandates: Mapping[str, int]
) -> dict[str, int]:
    """Ids by the names of `Things`. All were made by Otto, so that nobody is their own second person. An
    erratum waits in the declaration of the others alone: here it would stand in the way of the next."""
    now, mandate = services.now(), mandates.get("doris") or mandates["jonas"]
    async with services.database.write() as db:
        otto = (await db.scalars(select(PersonRow.id).where(PersonRow.email == "otto@example.org"))).one()
        mine = (SignOffRow.declaration_id == declaration.id, SignOffRow.ags == OFFENBURG)
        given = (await db.scalars(select(SignOffRow).where(*mine))).first()
        assert given is not None

        async def put(row: Base) -> int:
            db.add(row)
            await db.flush()
            return int(row.id)  # type: ignore[attr-defined]

        here = {"declaration_id": declaration.id}
        secret = {"token_hash": f"{declaration.id:064}"}
        webhook = await put(
            WebhookRow(**here, address="https://8.8.8.8/", salt="ab" * 16, made_by=lead, created_at=now)
        )
        sent = {"kind": "webhook.test", "body": b"{}", "created_at": now, "due_at": now, "ended_at": now}
        paper = {"decided_on": "2026-06-01", "statement": given.statement, "replaces": None, "note": ""}
        scan = {"scan": b"%PDF-", "scan_type": "application/pdf", "scan_digest": "0" * 64}
        asked = {"name": "Karl Kiefer", "title": "Bürgermeister", "email": "karl@example.org"}
        step = {"step": "stop", "hour": None, "proposed_by": otto, "proposed_at": now}
        erratum = {"kind": "erratum", "reason": "Neu.", "corrections": "[]", "proposed_by": otto}
        of_others = declaration.slug == ELSEWHERE
        return {
            "webhook": webhook,
            "delivery": await put(DeliveryRow(webhook_id=webhook, message="msg_1", **sent)),
            "preview": await put(
                PreviewRow(**here, **secret, name="Zeitung", person_id=lead, created_at=now)
            ),
            "accession": await put(
                AccessionRow(**here, **secret, **asked, ags=ACHERN, state="asked", asked_at=now)
            ),
            "record": await put(
                PaperRow(
                    **here,
                    **paper,
                    **scan,
                    revision_id=revision,
                    mandate_id=mandate,
                    person_id=given.person_id,
                    ags=OFFENBURG,
                    recorded_by=otto,
                    recorded_at=now,
                    state=PaperState.WAITS.value,
                )
            ),
            "proposal": await put(ReleaseProposalRow(**here, **step)),
            "draft": await put(AddendumRow(**here, **erratum, proposed_at=now)) if of_others else NOTHING,
        }
