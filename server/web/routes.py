"""All addresses. Whatever changes something is made by `form_route`, which checks the form's token."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from server.web.declarations.overview import overview
from server.web.declarations.start import start
from server.web.http.forms import form_route
from server.web.http.static import EDITOR_WORKER
from server.web.operation.health import editor_worker, health, static_file
from server.web.people.login import link_sent, login_form, look_at_link, send_link, sign_out, use_link
from server.web.people.passkey_setup import begin_registration, finish_registration
from server.web.record.log_page import log_page
from server.web.release.final_document import final_pdf
from server.web.release.verification import verify, verify_code, verify_form
from server.web.sign_offs.by_code import code_form, confirm_code, send_code
from server.web.sign_offs.by_passkey import begin_sign_off, finish_sign_off
from server.web.sign_offs.signing import sign_page
from server.web.text.editing import editor
from server.web.text.milestones import confirm_freeze, confirm_reopen, confirm_seal, freeze, reopen, seal
from server.web.text.reading import changes, revision

DECLARATION = "/declarations/{slug}"


def create_routes() -> list[BaseRoute]:
    return [*_public(), *_declaration(), *_signing()]


def _public() -> list[BaseRoute]:
    return [
        Route("/", start),
        Route("/login", login_form),
        form_route("/login", send_link),
        Route("/login/sent", link_sent),
        Route("/login/{token}", look_at_link),
        form_route("/login/{token}", use_link),
        form_route("/logout", sign_out),
        Route("/verify", verify_form),
        form_route("/verify", verify),
        Route("/v/{code}", verify_code),
        Route("/health", health),
        Route("/static/{name:path}", static_file),
        Route(f"/{EDITOR_WORKER}", editor_worker),
    ]


def _declaration() -> list[BaseRoute]:
    return [
        Route(DECLARATION, overview),
        Route(f"{DECLARATION}/edit", editor),
        Route(f"{DECLARATION}/freeze", confirm_freeze),
        form_route(f"{DECLARATION}/freeze", freeze),
        Route(f"{DECLARATION}/reopen", confirm_reopen),
        form_route(f"{DECLARATION}/reopen", reopen),
        Route(f"{DECLARATION}/seal", confirm_seal),
        form_route(f"{DECLARATION}/seal", seal),
        Route(f"{DECLARATION}/revisions/{{number}}", revision),
        Route(f"{DECLARATION}/revisions/{{number}}/changes", changes),
        Route(f"{DECLARATION}/final.pdf", final_pdf),
        Route(f"{DECLARATION}/log", log_page),
    ]


def _signing() -> list[BaseRoute]:
    return [
        Route(f"{DECLARATION}/sign", sign_page),
        form_route(f"{DECLARATION}/sign/passkey/begin", begin_sign_off),
        form_route(f"{DECLARATION}/sign/passkey/finish", finish_sign_off),
        form_route(f"{DECLARATION}/sign/code", send_code),
        Route(f"{DECLARATION}/sign/code/{{challenge}}", code_form),
        form_route(f"{DECLARATION}/sign/code/{{challenge}}", confirm_code),
        form_route("/passkeys/begin", begin_registration),
        form_route("/passkeys/finish", finish_registration),
    ]
