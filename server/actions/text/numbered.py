"""A state of the text as a draft with line numbers, to be printed and quoted from."""

from __future__ import annotations

import asyncio
from datetime import datetime

from server.documents.model import FinalText, Mark
from server.documents.numbered import render_numbered
from server.domain.declarations import Declaration
from server.domain.text.content import Content


async def numbered_draft(declaration: Declaration, content: Content, revision: int, at: datetime) -> bytes:
    """`revision` 0: a text that is not fixed, as it stood `at`. Raises UnprintableText."""
    text = FinalText(
        content=content,
        issuer=declaration.issuer,
        revision=revision,
        digest=content.digest,
        fixed_at=at,
        signatories=(),
        short_code="",
        verify_url="",
        created=at,
        marks=frozenset({Mark.DRAFT}),
        place=declaration.place,
        day=declaration.day,
    )
    return await asyncio.to_thread(render_numbered, text)
