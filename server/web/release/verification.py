"""Is this PDF genuine? For anyone, without signing in."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Final, Literal

from babel.numbers import format_decimal
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.domain.errors import InvalidInput
from server.domain.release.difference_sentences import difference_sentences
from server.domain.release.finding_sentences import headline
from server.domain.release.report_lines import report_lines
from server.domain.release.verification import CheckedFile, Outcome, SignOffLine, Verdict, VerificationReport
from server.domain.sign_offs.answers import Answer
from server.domain.sign_offs.statements import Level, parse_timestamp, timestamp
from server.dossier.published import PublishedFile, published_file
from server.storage.release.accessions import find_by_code
from server.storage.release.final_documents import FinalDocument, list_files_of
from server.storage.release.published import read_is_public, read_is_withdrawn
from server.web.http.bodies.bodies import Takes
from server.web.http.context import network_of, services_of, web_of
from server.web.http.errors import problem_of
from server.web.http.forms import Form, form_route
from server.web.http.pages.rendering import render
from server.web.http.visits import visit_of
from server.web.release.afterwards import Afterwards, load_afterwards, said_of
from server.web.release.browser_check import INDEPENDENT, browser_check
from server.web.sentences.messages import N_, Message
from server.web.sentences.words import ANSWERS, LEVELS

STRANGE: Final = frozenset({Verdict.FOREIGN, Verdict.UNREADABLE})
"""Nothing of ours is in such a file, or can be got out of it."""
Standing = Literal["", "waits", "void"]
"""Not published yet; withdrawn before that."""
MAX_NAME: Final = 200
"""Characters of a file's name."""
KINDS: Final[Mapping[Verdict, str]] = {
    Verdict.GENUINE: "good",
    Verdict.ISSUER_UNCHECKED: "careful",
    Verdict.TRIAL: "careful",
    Verdict.NOT_GENUINE: "bad",
    Verdict.FOREIGN: "careful",
    Verdict.UNREADABLE: "careful",
}
"""How a verdict looks; `client/src/verify/page/report-view.ts` has the same."""


@dataclass(frozen=True, slots=True)
class ShownLine:
    municipality: str
    signatory: str
    title: str
    answer: Message
    level: Message
    at: datetime


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
    return await _form(request)


async def _form(
    request: Request,
    status: int = 200,
    known: FinalDocument | None = None,
    published: PublishedFile | None = None,
    code: str = "",
    problem: Message | None = None,
    public: str = "",
    standing: Standing = "",
) -> Response:
    """`known`: the document with that code, `published` its digests; `problem`: why the upload could not be
    checked. `public`: the declaration's address below `/e/`; `standing` of a code that is
    known while nothing is public."""
    everything = await load_afterwards(request)
    about = [each for each in everything if public and each.slug == public]
    return render(
        request,
        "release/verify.html",
        status,
        known=known,
        code=code,
        problem=problem,
        public=public,
        standing=standing,
        afterwards=about,
        words=browser_check(request, published, everything),
    )


async def verify_code(request: Request) -> Response:
    """Where the QR code leads. Says nothing of a text that may still be under a release block."""
    services, code = services_of(request), str(request.path_params["code"])
    web_of(request).limits.code_by_network.take(network_of(request))
    now = services.now()
    async with services.database.read() as db:
        known = await find_by_code(db, code)
        public = await db.run_sync(read_is_public, known.declaration_id, now) if known else None
        is_void = known is not None and await db.run_sync(read_is_withdrawn, known.declaration_id)
    if known is None or public is None:
        standing: Standing = "" if known is None else "void" if is_void else "waits"
        return await _form(request, 200 if known else 404, code=code, standing=standing)
    published = await asyncio.to_thread(published_file, known.pdf)
    return await _form(request, 200, known, published, code, public=public.slug)


def _limit(request: Request) -> None:
    web_of(request).limits.verify_by_network.take(network_of(request))


async def verify(request: Request, form: Form) -> Response:
    try:
        upload = form.upload("pdf", may_be_empty=True)
    except InvalidInput as error:
        return await _form(
            request, problem_of(error).status, problem=Message(N_("Please choose a PDF file first."))
        )
    digest = await asyncio.to_thread(_digest, upload.file)
    file = CheckedFile(
        (upload.filename or "")[:MAX_NAME],
        upload.size or 0,
        digest,
        timestamp(web_of(request).services.clock()),
    )
    await asyncio.to_thread(upload.file.seek, 0)
    services = services_of(request)
    report = await services.checks.verify(upload.file, services.sealer.roots, services.relying_party)
    afterwards = said_of(await load_afterwards(request), report.digest)
    ours = await _expected_holder(request, report, upload.file)
    return _report(request, report.expecting(ours), file, afterwards)


async def _expected_holder(request: Request, report: VerificationReport, file: BinaryIO) -> str:
    """Ours as we seal now, or as we sealed that very file."""
    services = services_of(request)
    ours = services.sealer.subject
    if report.verdict is not Verdict.GENUINE or report.seal is None or report.seal.holder == ours:
        return ours
    async with services.database.read() as db:
        kept = await list_files_of(db, report.digest)
    same = [await asyncio.to_thread(_is_sealed_part_of, file, pdf) for pdf in kept]
    return report.seal.holder if any(same) else ours


def _is_sealed_part_of(file: BinaryIO, kept: bytes) -> bool:
    """Time stamps behind it may be others."""
    known = published_file(kept)
    file.seek(0)
    return hashlib.sha256(file.read(known.sealed_length)).hexdigest() == known.sealed_digest


def _digest(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while piece := file.read(1 << 20):
        digest.update(piece)
    return digest.hexdigest()


def _report(
    request: Request, report: VerificationReport, file: CheckedFile, afterwards: Sequence[Afterwards]
) -> Response:
    title, text = headline(report)
    lines = report_lines(report.findings)
    seal = report.seal
    language = visit_of(request).language

    def translate(sentence: str) -> str:
        return web_of(request).pages.translate(language, {"it": sentence})["it"]

    return render(
        request,
        "release/report.html",
        report=report,
        afterwards=afterwards,
        file=file,
        size=format_decimal(file.size, locale=language),
        checked_at=parse_timestamp(file.at),
        kind=KINDS[report.verdict],
        title=Message(title),
        text=Message(text),
        places=lambda line: difference_sentences(line.differences, translate),
        wrong=[line for line in lines if line.outcome in (Outcome.BROKEN, Outcome.MISSING)],
        limited=[line for line in lines if line.outcome is Outcome.LIMITED],
        proven=[line for line in lines if line.outcome is Outcome.PROVEN],
        sealed_at=parse_timestamp(seal.at) if seal and seal.at else None,
        sign_offs=[show_line(line) for line in report.sign_offs],
        independent=INDEPENDENT[:-1] if report.verdict in STRANGE else INDEPENDENT,
        saved=_as_data(report, file),
    )


def _as_data(report: VerificationReport, file: CheckedFile) -> str:
    """The report as an address of its own: the file is not kept, so nothing could be fetched later."""
    saved = json.dumps(report.to_json(file), ensure_ascii=False, indent=1).encode()
    return f"data:application/json;base64,{base64.b64encode(saved).decode()}"


ROUTES = [
    Route("/verify", verify_form),
    form_route("/verify", verify, Takes.UPLOAD, _limit),
    Route("/v/{code}", verify_code),
]
