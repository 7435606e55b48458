"""All tables, one module a noun. `migrations/` leads an empty database to these; a test compares the two."""

from server.storage.tables import (
    comments,
    declarations,
    doors,
    imports,
    invitations,
    legal,
    notices,
    people,
    record,
    release,
    sign_offs,
    text,
    translations,
    workshops,
)
from server.storage.tables.base import Base

__all__ = [
    "Base",
    "comments",
    "declarations",
    "doors",
    "imports",
    "invitations",
    "legal",
    "notices",
    "people",
    "record",
    "release",
    "sign_offs",
    "text",
    "translations",
    "workshops",
]
