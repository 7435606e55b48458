"""The one place that builds and wires."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.requests import HTTPConnection
from starlette.routing import WebSocketRoute

from server.actions.notices.daily import work_daily_forever
from server.actions.notices.delivery import deliver_forever
from server.actions.notices.returned import watch_returned_forever
from server.actions.operation.health import Health
from server.actions.operation.warm_up import warm_up
from server.actions.people.accounts import keep_session
from server.actions.release.opening import open_forever
from server.actions.release.renewal import remind_forever
from server.actions.services import Services
from server.actions.text.checkpoints import keep_before_compaction, keep_forever
from server.actions.text.visit_book import VisitBook
from server.actions.text.visits import note_forever, note_visits
from server.actions.webhooks.client import WebhookClient
from server.actions.webhooks.delivery import deliver_webhooks_forever
from server.documents.seal_font import SEAL_FONT
from server.domain.errors import NotSignedIn, SealFailed
from server.domain.permissions import Access, can_see
from server.mail.messages import Messages
from server.mail.transport import FolderTransport, MailTransport, SmtpTransport
from server.settings import LOOPBACK, BadSettings, FastPath, Settings
from server.signing.passkeys.relying_party import RelyingParty
from server.signing.seal.authority import Authority
from server.signing.seal.certificates import read_pem
from server.signing.seal.seal import Sealer
from server.signing.seal.seal_key import SealKey
from server.signing.seal.token_key import open_token
from server.signing.seal.trial_certificate import create_test_key, load_key
from server.storage.declarations.access import read_access
from server.storage.engine.database import open_database
from server.storage.engine.types import Reader
from server.storage.people.sessions import Session, find_session, hash_token
from server.storage.text.notifications import Notifications
from server.storage.text.room_log import open_update_log
from server.sync.rooms import Rooms
from server.web.http.context import Folders, create_web
from server.web.http.errors import exception_handlers
from server.web.http.middleware import create_middleware
from server.web.http.visits import visit_of
from server.web.live.endpoint import Admission, Place, live_endpoint
from server.web.live.http import LiveHttp
from server.web.live.places import ROOMS, read_place
from server.web.routes import create_routes

ROOT: Final = Path(__file__).parent.parent
CLOSE_TIMEOUT: Final = 1.0
"""Seconds that a stopping server gives the database to say goodbye, and its own work to end."""


def create_app(settings: Settings, services: Services | None = None) -> Starlette:
    """The ASGI application. The database is opened at once, background work starts with the lifespan."""
    services = services or build_services(settings)
    health = Health(services)
    web = create_web(
        services,
        health.check_alive,
        Folders.below(ROOT),
        origins_of(settings),
        health.check_ready,
        quick=FastPath.ANSWERS in settings.fast_paths,
    )

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with running(services):
            yield

    admit = _admission_to_room(services)
    live = live_endpoint(services.rooms, admit, origins_of(settings))
    fallback = LiveHttp(services.rooms, admit)
    sockets = [WebSocketRoute(f"/ws{path}", live) for path in ROOMS]
    routes = [*sockets, *fallback.routes(), *create_routes()]
    app = Starlette(
        routes=routes,
        middleware=create_middleware(web),
        exception_handlers=exception_handlers(),
        lifespan=lifespan,
    )
    app.state.quick = web.quick
    app.router.redirect_slashes = False  # it would send people to whatever host the request names
    return app


def build_services(settings: Settings) -> Services:
    database, visits = open_database(settings.database), VisitBook()
    process = secrets.token_hex(8)
    update_log = open_update_log(database, process, quick=FastPath.COMMITS in settings.fast_paths)
    exchange = None if database.is_sqlite else Notifications(database.engine, process)
    return Services(
        database=database,
        update_log=update_log,
        clock=_now,
        rooms=Rooms(
            update_log,
            _now,
            exchange=exchange,
            before_compaction=partial(keep_before_compaction, database, _now),
            witness=visits.note,
        ),
        visits=visits,
        messages=Messages(ROOT / "templates" / "mail"),
        transport=_transport(settings),
        sealer=open_sealer(settings),
        relying_party=RelyingParty(settings.host_name, "Kraftakt", (settings.base_url,)),
        base_url=settings.base_url,
        secret=settings.secret,
        demo=settings.demo,
        process=process,
        returned_mail=settings.returned_mail,
        session_limits=settings.session_limits,
        retention=settings.retention,
        providers=settings.providers,
        xdomea=settings.xdomea,
        webhook_client=WebhookClient(allow_private=settings.webhooks_private),
    )


def _now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def open_services(settings: Settings) -> AsyncIterator[Services]:
    """For the command line: no rooms, no background work."""
    services = build_services(settings)
    try:
        yield services
    finally:
        await services.close()


@asynccontextmanager
async def running(services: Services) -> AsyncIterator[None]:
    """Mail leaves and rooms write while the block runs; at its end everything taken in is on disk."""
    services.rooms.start()
    await warm_up(services)
    background = [
        asyncio.create_task(work(services))
        for work in (
            deliver_forever,
            remind_forever,
            open_forever,
            keep_forever,
            note_forever,
            work_daily_forever,
            watch_returned_forever,
            deliver_webhooks_forever,
        )
    ]
    try:
        yield
    finally:
        await services.rooms.close()
        with contextlib.suppress(Exception):  # a database that is gone must not keep the server from stopping
            await asyncio.wait_for(note_visits(services), CLOSE_TIMEOUT)
        for task in background:
            task.cancel()
        await asyncio.wait(background, timeout=CLOSE_TIMEOUT)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(services.close(), CLOSE_TIMEOUT)


def origins_of(settings: Settings) -> tuple[str, ...]:
    """Where pages may open sockets from. On one's own machine both of its names are the same place."""
    if settings.host_name not in LOOPBACK:
        return (settings.base_url,)
    return (settings.base_url, *(f"http://{name}:{settings.port}" for name in ("localhost", "127.0.0.1")))


def _admission_to_room(services: Services) -> Callable[[HTTPConnection], Awaitable[Admission]]:
    """Session and rights in one query: after an outage everybody reconnects at once."""

    async def admit(connection: HTTPConnection) -> Admission:
        path = connection.path_params
        token, now = visit_of(connection).session_token, services.now()
        if token is None:
            raise NotSignedIn()

        def ask(db: Reader) -> tuple[Access, Place, Session]:
            session = find_session(db, token, now)
            if session is None:
                raise NotSignedIn()
            access = read_access(db, session.person, path["slug"], can_see, now)
            return access, read_place(db, access, path), session

        access, place, session = await services.database.ask(ask)
        session = await keep_session(services, session_token=token, session=session)
        lasts = (session.ends_at - services.clock()).total_seconds()
        return Admission(access, place, lasts, hash_token(token))

    return admit


def _transport(settings: Settings) -> MailTransport:
    if settings.smtp:
        return SmtpTransport(settings.smtp, settings.mail_from)
    return FolderTransport(settings.data / "mail", settings.mail_from)


def open_sealer(settings: Settings) -> Sealer:
    """Without a key of its own the service seals with a test certificate, made at the first start.

    Raises BadSettings for a file that cannot be read or opened.
    """
    return Sealer(
        key=_seal_key(settings),
        font=SEAL_FONT,
        authorities=tuple(Authority(url) for url in settings.timestamp_urls),
        trust_roots=_trust(settings),
    )


def _seal_key(settings: Settings) -> SealKey:
    if settings.seal_module is not None and settings.seal_file is not None:
        return _token_key(settings, settings.seal_module, settings.seal_file)
    path = settings.seal_file or settings.data / "test-seal.p12"
    if settings.seal_file is None and not path.exists():
        with contextlib.suppress(FileExistsError):  # another process was faster
            create_test_key(path, "Kraftakt", datetime.now(UTC))
    try:
        return load_key(path, settings.seal_password)
    except OSError as error:
        raise BadSettings(f"The seal's file {path} cannot be read: {error.strerror}.") from error
    except SealFailed as error:
        raise BadSettings(
            f"{path} is no PKCS#12 file with a key and its certificate that KRAFTAKT_SEAL_PASSWORD opens."
        ) from error


def _token_key(settings: Settings, module: Path, certificates: Path) -> SealKey:
    """The session with the token lasts as long as the process."""
    session = contextlib.ExitStack()
    try:
        key = session.enter_context(
            open_token(
                module,
                token=settings.seal_token,
                pin=settings.seal_password,
                label=settings.seal_label,
                chain=certificates.read_bytes(),
            )
        )
    except OSError as error:
        raise BadSettings(f"The certificates {certificates} cannot be read: {error.strerror}.") from error
    except (SealFailed, ValueError) as error:
        raise BadSettings(
            f"The token {settings.seal_token} does not open: look at KRAFTAKT_SEAL_MODULE, _TOKEN, _LABEL, "
            "_PASSWORD (the PIN) and _FILE (PEM certificates, the seal's own first)."
        ) from error
    atexit.register(session.close)
    return key


def _trust(settings: Settings) -> Sequence[bytes]:
    if settings.seal_trust is None:
        return ()
    try:
        return read_pem(settings.seal_trust.read_bytes())
    except (OSError, ValueError) as error:
        raise BadSettings(f"KRAFTAKT_SEAL_TRUST: {settings.seal_trust} is no readable PEM file.") from error
