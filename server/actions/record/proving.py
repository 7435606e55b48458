"""Proves the log from its first entry, and against the heads that sealed documents carry."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.services import Services
from server.documents.reading.attachments import read_attachments
from server.dossier.attachment_names import HEAD_NAME, LOG_NAME
from server.storage.record.reading import load_entries
from server.storage.record.walking import Difference, Walked, walk
from server.storage.release import final_documents


@dataclass(frozen=True, slots=True)
class Head:
    """What a sealed document says the log was. `declaration_id`: whose document it is."""

    declaration_id: int
    code: str
    size: int
    root: str


@dataclass(frozen=True, slots=True)
class Proof:
    """`heads`: how many sealed documents agree; `difference`: the first one, None if the log holds."""

    size: int
    root: str
    heads: int
    difference: Difference | None


async def prove_log(services: Services) -> Proof:
    """Changes nothing; the log may grow meanwhile. Memory: a thousand entries and one document at a time."""
    async with services.database.read() as db:
        heads: list[Head] = []
        for declaration_id in await final_documents.list_sealed(db):
            found = await _read_head(db, declaration_id)
            if isinstance(found, Difference):
                return Proof(0, "", 0, found)
            heads.append(found)
        walked = await walk(db, [head.size for head in heads])
        if walked.difference is not None:
            return _proof(walked, 0, walked.difference)
        for number, head in enumerate(heads):
            if (difference := await _compare(db, walked, head)) is not None:
                return _proof(walked, number, difference)
        return _proof(walked, len(heads), None)


def _proof(walked: Walked, heads: int, difference: Difference | None) -> Proof:
    return Proof(walked.size, walked.roots.get(walked.size, b"").hex(), heads, difference)


async def _read_head(db: AsyncSession, declaration_id: int) -> Head | Difference:
    document = await final_documents.find_final(db, declaration_id)
    if document is None:
        raise LookupError("a sealed document has gone meanwhile")
    try:
        attached = await asyncio.to_thread(read_attachments, document.pdf)
        told = [json.loads(attached[name]) for name in (LOG_NAME, HEAD_NAME) if name in attached]
        heads = {(int(value["size"]), str(value["root"])) for value in told}
        ((size, root),) = heads
    except (ValueError, KeyError, TypeError):
        return Difference(
            0, f"the sealed document {document.short_code} names no head of the log, or two of them"
        )
    return Head(declaration_id, document.short_code, size, root)


async def _compare(db: AsyncSession, walked: Walked, head: Head) -> Difference | None:
    if head.size > walked.size:
        return Difference(
            walked.size, f"the sealed document {head.code} knows a log of {head.size} entries: some are gone"
        )
    if walked.roots[head.size].hex() == head.root:
        return None
    position = await _first_changed(db, head)
    where = "" if position is not None else " (none of the entries it discloses differs)"
    return Difference(
        position or 0, f"the sealed document {head.code} has another head for {head.size} entries{where}"
    )


async def _first_changed(db: AsyncSession, head: Head) -> int | None:
    """Of the entries that the document discloses, the first that the log tells otherwise now."""
    document = await final_documents.find_final(db, head.declaration_id)
    if document is None:
        return None
    attached = await asyncio.to_thread(read_attachments, document.pdf)
    told = {leaf["index"]: leaf["entry"].encode() for leaf in json.loads(attached[LOG_NAME])["leaves"]}
    kept = await load_entries(db, told)
    return min((index for index, entry in told.items() if kept.get(index) != entry), default=None)
