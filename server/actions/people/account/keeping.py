"""A person looks after their own account: passkeys, accounts at providers, sessions."""

from __future__ import annotations

from datetime import datetime

from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.errors import NotFound
from server.domain.people.persons import Person
from server.domain.people.sessions import ensure_fresh
from server.mail.notices.account import PasskeyRemoved
from server.storage.people import identities, own_sessions, passkeys
from server.storage.people.sessions import hash_token


async def rename_passkey(services: Services, *, actor: Person, passkey_id: int, name: str) -> None:
    """Raises NotFound for one that is not the person's own."""
    async with services.account_act(actor) as act:
        if await passkeys.find_own(act.db, actor.id, passkey_id) is None:
            raise NotFound(what="passkey")
        await passkeys.rename(act.db, passkey_id, name)
        act.record_nothing()


async def remove_passkey(services: Services, *, actor: Person, passkey_id: int, proven_at: datetime) -> None:
    """What was signed with it stays valid: its evidence is kept with the sign-off. Raises NotFound,
    ProofNeeded."""
    async with services.account_act(actor) as act:
        ensure_fresh(proven_at, act.now)
        passkey = await passkeys.find_own(act.db, actor.id, passkey_id)
        if passkey is None:
            raise NotFound(what="passkey")
        await passkeys.remove(act.db, passkey_id)
        left = len(await passkeys.list_for(act.db, actor.id))
        await act.notify(actor, PasskeyRemoved(name=actor.name, at=act.now.isoformat()))
        act.record(Tag.PASSKEY_REMOVE, {"left": left})


async def remove_identity(
    services: Services, *, actor: Person, identity_id: int, proven_at: datetime
) -> None:
    """Raises NotFound, ProofNeeded."""
    async with services.account_act(actor) as act:
        ensure_fresh(proven_at, act.now)
        if not await identities.remove_own(act.db, actor.id, identity_id):
            raise NotFound(what="identity")
        act.record(Tag.IDENTITY_REMOVE)


async def end_session(services: Services, *, actor: Person, key: str) -> None:
    """Its editors end with it. Raises NotFound for one that is not the person's own, or has ended."""
    async with services.account_act(actor) as act:
        open_ones = await own_sessions.list_own(act.db, actor.id, act.now)
        found = next((session for session in open_ones if session.key == key), None)
        if found is None:
            raise NotFound(what="session")
        await own_sessions.end_own(act.db, actor.id, found.token_hash)
        act.session_ended(found.token_hash)
        act.record(Tag.SESSION_END, {"sessions": 1})


async def end_other_sessions(services: Services, *, actor: Person, session_token: str) -> int:
    """All but the one this is asked from; how many."""
    async with services.account_act(actor) as act:
        own = hash_token(session_token)
        open_ones = await own_sessions.list_own(act.db, actor.id, act.now)
        others = [session.token_hash for session in open_ones if session.token_hash != own]
        for token_hash in others:
            await own_sessions.end_own(act.db, actor.id, token_hash)
            act.session_ended(token_hash)
        if others:
            act.record(Tag.SESSION_END, {"sessions": len(others)})
        else:
            act.record_nothing()
    return len(others)
