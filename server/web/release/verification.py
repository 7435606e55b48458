"""Is this PDF genuine? For anyone, without signing in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.domain.answers import Answer
from server.domain.errors import InvalidInput, TooLarge
from server.domain.sign_offs import Level, parse_timestamp
from server.domain.verification import Finding, Outcome, SignOffLine
from server.storage.release import final_documents
from server.storage.release.final_documents import FinalDocument
from server.web.http.bodies import Takes
from server.web.http.context import network_of, services_of, web_of
from server.web.http.errors import problem_of
from server.web.http.forms import Form, form_route
from server.web.http.rendering import render
from server.web.release.browser_check import MAX_MEGABYTES, browser_check
from server.web.sentences.finding_sentences import CHECKS, LIMITS
from server.web.sentences.messages import N_, Message
from server.web.sentences.words import ANSWERS, LEVELS, OUTCOMES

TEST_CERTIFICATE: Final = "seal.test_certificate"


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """`limit` says what is not proven, if that is known; `detail` is the check's own English sentence."""

    outcome: Outcome
    word: Message
    check: Message
    limit: Message | None
    detail: str
    subject: str


@dataclass(frozen=True, slots=True)
class ShownLine:
    municipality: str
    signatory: str
    title: str
    answer: Message
    level: Message
    at: datetime


def show_finding(finding: Finding) -> ShownFinding:
    """A check that is new here is shown by its code."""
    limit = LIMITS.get(finding.check) if finding.outcome is Outcome.LIMITED else None
    return ShownFinding(
        finding.outcome,
        Message(OUTCOMES[finding.outcome]),
        Message(CHECKS.get(finding.check, finding.check)),
        Message(limit) if limit else None,
        finding.detail,
        finding.subject,
    )


def show_line(line: SignOffLine) -> ShownLine:
    return ShownLine(
        line.municipality,
        line.signatory,
        line.title,
        Message(ANSWERS[Answer(line.answer)]),
        Message(LEVELS[Level(line.level)]),
        parse_timestamp(line.at),
    )


async def verify_form(request: Request) -> Response:
    return _form(request)


def _form(
    request: Request,
    status: int = 200,
    known: FinalDocument | None = None,
    code: str = "",
    problem: Message | None = None,
) -> Response:
    """`known`: the document with that code; `problem`: why the upload could not be checked."""
    words = browser_check(request)
    return render(
        request, "release/verify.html", status, known=known, code=code, problem=problem, words=words
    )


async def verify_code(request: Request) -> Response:
    """Where the QR code leads. Says nothing of a text that may still be under a release block."""
    services, code = services_of(request), str(request.path_params["code"])
    web_of(request).limits.code_by_network.take(network_of(request))
    async with services.database.read() as db:
        known = await final_documents.find_by_short_code(db, code)
    return _form(request, 200 if known else 404, known, code)


def _limit(request: Request) -> None:
    web_of(request).limits.verify_by_network.take(network_of(request))


async def verify(request: Request, form: Form) -> Response:
    try:
        upload = form.upload("pdf")
    except InvalidInput as error:
        return _form(
            request, problem_of(error).status, problem=Message(N_("Please choose a PDF file first."))
        )
    if (upload.size or 0) > MAX_MEGABYTES * 1024 * 1024:
        raise TooLarge(megabytes=MAX_MEGABYTES)
    services = services_of(request)
    report = await services.checks.verify(upload.file, services.sealer.roots, services.relying_party)
    return render(
        request,
        "release/report.html",
        report=report,
        is_test=any(finding.check == TEST_CERTIFICATE for finding in report.findings),
        findings=[show_finding(finding) for finding in report.findings],
        sign_offs=[show_line(line) for line in report.sign_offs],
    )


ROUTES = [
    Route("/verify", verify_form),
    form_route("/verify", verify, Takes.UPLOAD, _limit),
    Route("/v/{code}", verify_code),
]
