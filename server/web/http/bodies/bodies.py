"""What a form's body may be, and how it is read: bounded in size, in memory and in what it costs."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request

from server.domain.errors import InvalidInput, TooMuchText, WrongType
from server.web.http.bodies.multipart import MAX_FIELD, MultipartReader

PIECE: Final = 64 * 1024
"""Bytes of an upload that are looked at together, off the event loop."""
URLENCODED: Final = "application/x-www-form-urlencoded"
MULTIPART: Final = "multipart/form-data"
JSON: Final = "application/json"

Fields = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much a form may hold. `body`: bytes that are held in memory; `field`: of one beside a file."""

    body: int = 128 * 1024
    fields: int = 40
    field: int = MAX_FIELD


USUAL: Final = Bounds()


class Takes(Enum):
    """Media types of bodies that a route takes."""

    FORM = (URLENCODED,)
    JSON = (JSON,)
    UPLOAD = (MULTIPART, URLENCODED)
    """A form with a file. Without one, browsers of old send it as any other form."""


def media_type(request: Request) -> str:
    """Without parameters, in small letters; empty where the request names none."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def ensure_type(request: Request, takes: Takes) -> None:
    """Raises WrongType. A form without any field has no body and needs no type."""
    if media_type(request) not in (*takes.value, *([] if takes is Takes.JSON else [""])):
        raise WrongType()


async def read_fields(
    request: Request, ensure_token: Callable[[Fields], None], bounds: Bounds = USUAL
) -> Fields:
    """`ensure_token` is called when the form's token must have come: before a file, else at the end.

    Raises InvalidInput, TooMuchText, and what `ensure_token` raises.
    """
    kind = media_type(request)
    if kind == MULTIPART:
        return await _read_upload(request, ensure_token, bounds)
    body = await _read_whole(request, bounds)
    fields = _json_object(body) if kind == JSON else _form(body, bounds)
    ensure_token(fields)
    return fields


async def _read_whole(request: Request, bounds: Bounds) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > bounds.body:
            raise TooMuchText()
    return bytes(body)


def _form(body: bytes, bounds: Bounds) -> Fields:
    if body.count(b"&") >= bounds.fields:
        raise InvalidInput(field="body")
    return dict(parse_qsl(body.decode("latin-1"), keep_blank_values=True))


def _json_object(body: bytes) -> Fields:
    try:
        value: object = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InvalidInput(field="body") from error
    if not isinstance(value, dict):
        raise InvalidInput(field="body")
    return value


async def _read_upload(request: Request, ensure_token: Callable[[Fields], None], bounds: Bounds) -> Fields:
    reader = MultipartReader(request.headers["content-type"], ensure_token, bounds.field)
    try:
        waiting = bytearray()
        async for piece in request.stream():
            waiting += piece
            if len(waiting) >= PIECE:
                await asyncio.to_thread(reader.feed, bytes(waiting))
                waiting.clear()
        await asyncio.to_thread(reader.feed, bytes(waiting))
        fields = reader.finish()
        ensure_token(fields)
    except BaseException:
        reader.close()
        raise
    return fields
