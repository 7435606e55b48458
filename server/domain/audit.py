"""The log of decisive acts. Every act is a leaf of a Merkle log (RFC 9162, `server.domain.merkle`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from server.domain.canonical import canonical_bytes
from server.domain.sign_offs import timestamp


class Tag(StrEnum):
    """`area:subject:action`."""

    DECLARATION_CREATE = "declaration:declaration:create"
    PERSON_INVITE = "declaration:person:invite"
    LOGIN_LINK_SEND = "account:login_link:send"
    LOGIN_LINK_USE = "account:login_link:use"
    SESSION_END = "account:session:end"
    PASSKEY_REGISTER = "account:passkey:register"
    TEXT_FREEZE = "declaration:text:freeze"
    TEXT_REOPEN = "declaration:text:reopen"
    SIGN_OFF_GIVE = "declaration:sign_off:give"
    SIGN_OFF_CODE_SEND = "declaration:sign_off_code:send"
    SIGN_OFF_CODE_REFUSE = "declaration:sign_off_code:refuse"
    SIGN_OFF_COPY_ISSUE = "declaration:sign_off_copy:issue"
    DOCUMENT_SEAL = "document:final:seal"
    DOCUMENT_RENEW = "document:final:renew"
    DOCUMENT_DOWNLOAD = "document:final:download"
    DECLARATION_PUBLISH = "declaration:declaration:publish"
    DECLARATION_WITHDRAW = "declaration:declaration:withdraw"


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """`actor` is a person's id (0: the service itself); `facts` hold digests and keys, never free text."""

    at: datetime
    tag: Tag
    actor: int
    declaration: str
    facts: Mapping[str, object]

    def canonical(self) -> bytes:
        """The leaf's entry."""
        return canonical_bytes(
            {
                "at": timestamp(self.at),
                "tag": self.tag.value,
                "actor": self.actor,
                "declaration": self.declaration,
                "facts": dict(self.facts),
            }
        )
