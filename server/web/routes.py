"""All pages. Each module of pages ends with its `ROUTES`; this only joins them."""

from __future__ import annotations

from starlette.routing import BaseRoute

from server.web.declarations import create, ending, listing, overview, start
from server.web.declarations.board import export
from server.web.declarations.board import live as board_live
from server.web.declarations.board import page as board
from server.web.declarations.settings import page as settings
from server.web.declarations.wall import links as wall_links
from server.web.declarations.wall import page as wall
from server.web.help import pages as help_pages
from server.web.notices import calendar, choosing, demo_mails, mail_states, reminding
from server.web.operation import health
from server.web.people import chosen, login, passkey_setup, people_page, person_page, register
from server.web.people.account import by_passkey as enter_by_passkey
from server.web.people.account import confirmation, page, provider
from server.web.people.invitations import answer_page, import_page, send_page
from server.web.people.municipalities import mandate_pages
from server.web.people.municipalities import page as town_page
from server.web.record import legal_pages, log_export, log_page, own_data
from server.web.release import (
    accessions,
    addenda,
    archive,
    draft,
    final_document,
    hour,
    rehearsal,
    reports,
    sealing,
    verification,
    webhooks,
)
from server.web.release.api import answers as api
from server.web.release.press import previews as press_previews
from server.web.release.press import room as press_room
from server.web.release.press import templates as press_templates
from server.web.release.public import embeds as public_embeds
from server.web.release.public import feed as public_feed
from server.web.release.public import files as public_files
from server.web.release.public import joining as public_joining
from server.web.release.public import page as public_page
from server.web.release.public import progress as public_progress
from server.web.release.public import translations as public_translations
from server.web.sign_offs import (
    by_code,
    by_passkey,
    by_pdf,
    differing,
    preview,
    receipt,
    signing,
    withdrawing,
)
from server.web.sign_offs.paper import recording as paper_recording
from server.web.sign_offs.paper import settling as paper_settling
from server.web.text import (
    decisions,
    editing,
    files,
    milestones,
    numbered,
    reading,
    sections,
    unknown_content,
)
from server.web.text.branches import batches as branch_batches
from server.web.text.branches import listing as branch_listing
from server.web.text.branches import preparing as branch_preparing
from server.web.text.comments import asking as asking_comments
from server.web.text.comments import saying as saying_comments
from server.web.text.history import authorship, compare, kept, versions
from server.web.text.translations import editing as translation_editor
from server.web.text.translations import listing as translations
from server.web.text.translations import reading as translation_page
from server.web.text.workshops import guest as workshop_guest
from server.web.text.workshops import running as workshops


def create_routes() -> list[BaseRoute]:
    return [
        *start.ROUTES,
        *enter_by_passkey.ROUTES,
        *provider.ROUTES,
        *login.ROUTES,
        *passkey_setup.ROUTES,
        *answer_page.ROUTES,
        *people_page.ROUTES,
        *chosen.ROUTES,
        *person_page.ROUTES,
        *register.ROUTES,
        *town_page.ROUTES,
        *mandate_pages.ROUTES,
        *import_page.ROUTES,
        *send_page.ROUTES,
        *confirmation.ROUTES,
        *page.ROUTES,
        *listing.ROUTES,
        *create.ROUTES,
        *overview.ROUTES,
        *board.ROUTES,
        *board_live.ROUTES,
        *export.ROUTES,
        *wall_links.ROUTES,
        *wall.ROUTES,
        *settings.ROUTES,
        *ending.ROUTES,
        *editing.ROUTES,
        *branch_listing.ROUTES,
        *branch_preparing.ROUTES,
        *branch_batches.ROUTES,
        *sections.ROUTES,
        *decisions.ROUTES,
        *reading.ROUTES,
        *translations.ROUTES,
        *translation_editor.ROUTES,
        *translation_page.ROUTES,
        *milestones.ROUTES,
        *unknown_content.ROUTES,
        *asking_comments.ROUTES,
        *saying_comments.ROUTES,
        *workshops.ROUTES,
        *workshop_guest.ROUTES,
        *versions.ROUTES,
        *kept.ROUTES,
        *compare.ROUTES,
        *authorship.ROUTES,
        *numbered.ROUTES,
        *files.ROUTES,
        *signing.ROUTES,
        *preview.ROUTES,
        *receipt.ROUTES,
        *by_code.ROUTES,
        *by_passkey.ROUTES,
        *differing.ROUTES,
        *withdrawing.ROUTES,
        *by_pdf.ROUTES,
        *paper_recording.ROUTES,
        *paper_settling.ROUTES,
        *draft.ROUTES,
        *sealing.ROUTES,
        *final_document.ROUTES,
        *verification.ROUTES,
        *public_page.ROUTES,
        *public_files.ROUTES,
        *public_feed.ROUTES,
        *public_embeds.ROUTES,
        *api.ROUTES,
        *archive.ROUTES,
        *hour.ROUTES,
        *addenda.ROUTES,
        *reports.ROUTES,
        *public_progress.ROUTES,
        *webhooks.ROUTES,
        *accessions.ROUTES,
        *public_joining.ROUTES,
        *public_translations.ROUTES,
        *rehearsal.ROUTES,
        *press_room.ROUTES,
        *press_templates.ROUTES,
        *press_previews.ROUTES,
        *log_page.ROUTES,
        *log_export.ROUTES,
        *legal_pages.ROUTES,
        *own_data.ROUTES,
        *choosing.ROUTES,
        *reminding.ROUTES,
        *calendar.ROUTES,
        *mail_states.ROUTES,
        *demo_mails.ROUTES,
        *help_pages.ROUTES,
        *health.ROUTES,
    ]
