"""The API in OpenAPI 3.1. A test asks the server for what stands here."""

from __future__ import annotations

from typing import Any, Final

_TEXT: Final[dict[str, Any]] = {"type": "string"}
_TIME: Final[dict[str, Any]] = {"type": "string", "format": "date-time"}
_DIGEST: Final[dict[str, Any]] = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_ADDRESS: Final[dict[str, Any]] = {"type": "string", "format": "uri"}
_COUNT: Final[dict[str, Any]] = {"type": "integer", "minimum": 0}


def _object(**properties: dict[str, Any]) -> dict[str, Any]:
    """All of them are there, and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


_HEAD: Final[dict[str, Any]] = {
    "slug": _TEXT,
    "title": _TEXT,
    "issuer": _TEXT,
    "status": {"enum": ["published", "withdrawn"]},
    "published_at": {"type": ["string", "null"], "format": "date-time"},
    "url": _ADDRESS,
    "api_url": _ADDRESS,
}
_SIGNATORY: Final = _object(
    ags={"type": "string", "pattern": "^[0-9]{8}$"},
    municipality=_TEXT,
    kind=_TEXT,
    name=_TEXT,
    title=_TEXT,
    in_place_of=_TEXT,
    answer={"enum": ["signs", "signs_with_statement", "subject_to_council"]},
    statement=_TEXT,
    at=_TIME,
    annex={"type": ["integer", "null"], "minimum": 1},
)
_SCHEMAS: Final[dict[str, Any]] = {
    "Head": _object(**_HEAD),
    "Signatory": _SIGNATORY,
    "Annex": _object(
        number={"type": "integer", "minimum": 1},
        url=_ADDRESS,
        sha256=_DIGEST,
        sealed_at=_TIME,
        short_code=_TEXT,
        municipalities={"type": "array", "items": {"type": "string", "pattern": "^[0-9]{8}$"}},
    ),
    "Translation": _object(
        language=_TEXT,
        url=_ADDRESS,
        number={"type": "integer", "minimum": 1},
        sha256=_DIGEST,
        fixed_at=_TIME,
        translates=_object(number={"type": "integer", "minimum": 1}, sha256=_DIGEST),
        is_current={"type": "boolean"},
        text=_TEXT,
    ),
    "Addendum": _object(
        number={"type": "integer", "minimum": 1},
        kind={"enum": ["erratum", "withdrawal"]},
        reason=_TEXT,
        corrections={"type": "array", "items": _object(place=_TEXT, wrong=_TEXT, right=_TEXT)},
        url=_ADDRESS,
        sha256=_DIGEST,
        sealed_at=_TIME,
        short_code=_TEXT,
    ),
    "Report": _object(
        year={"type": "integer"},
        published_at=_TIME,
        url=_ADDRESS,
        entries={
            "type": "array",
            "items": _object(
                ags={"type": "string", "pattern": "^[0-9]{8}$"},
                clause=_TEXT,
                progress={"enum": ["done", "under_way", "not_begun", "not_planned"]},
                note=_TEXT,
            ),
        },
    ),
    "Block": {
        "type": "object",
        "properties": {
            "kind": {"enum": ["paragraph", "heading", "clause", "bullet", "quote"]},
            "level": _COUNT,
            "number": _TEXT,
            "runs": {"type": "array", "items": {"type": "object"}},
        },
        "required": ["kind", "level", "runs"],
    },
    "List": _object(declarations={"type": "array", "items": {"$ref": "#/components/schemas/Head"}}),
    "Declaration": _object(
        **_HEAD,
        updated_at=_TIME,
        revision=_object(number={"type": "integer", "minimum": 1}, sha256=_DIGEST, url=_ADDRESS),
        document=_object(
            url=_ADDRESS,
            sha256=_DIGEST,
            size=_COUNT,
            sealed_at=_TIME,
            short_code=_TEXT,
        ),
        annexes={"type": "array", "items": {"$ref": "#/components/schemas/Annex"}},
        translations={"type": "array", "items": {"$ref": "#/components/schemas/Translation"}},
        addenda={"type": "array", "items": {"$ref": "#/components/schemas/Addendum"}},
        reports={"type": "array", "items": {"$ref": "#/components/schemas/Report"}},
        text=_TEXT,
        blocks={"type": "array", "items": {"$ref": "#/components/schemas/Block"}},
        municipalities=_COUNT,
        subject_to_council=_COUNT,
        signatories={"type": "array", "items": {"$ref": "#/components/schemas/Signatory"}},
    ),
    "Error": _object(error=_TEXT, message=_TEXT),
}


def describe(base_url: str) -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Kraftakt: published declarations",
            "version": "1.0.0",
            "description": "Public data only, for reading. Nothing is found before the hour of publication.",
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": base_url}],
        "paths": {
            "/api/v1/declarations": {
                "get": {
                    "operationId": "listDeclarations",
                    "summary": "All published declarations, newest first",
                    "responses": {"200": _answer("The list", "List"), "304": _UNCHANGED},
                }
            },
            "/api/v1/declarations/{slug}": {
                "get": {
                    "operationId": "getDeclaration",
                    "summary": "One with its text and signatories",
                    "parameters": [
                        {"name": "slug", "in": "path", "required": True, "schema": {"type": "string"}}
                    ],
                    "responses": {
                        "200": _answer("The declaration", "Declaration"),
                        "304": _UNCHANGED,
                        "404": _answer("Unknown, or not published yet", "Error"),
                    },
                }
            },
        },
        "components": {"schemas": _SCHEMAS},
    }


_UNCHANGED: Final[dict[str, Any]] = {"description": "The client has these bytes (If-None-Match)"}


def _answer(words: str, schema: str) -> dict[str, Any]:
    reference = {"$ref": f"#/components/schemas/{schema}"}
    return {"description": words, "content": {"application/json": {"schema": reference}}}
