"""The service's seal: a certification signature after ETSI EN 319 142-1 (PAdES).

With a time-stamp authority the level is B-LTA: time stamp on the signature, everything needed to validate
it, and a document time stamp over all. Without one it is B-B, and the report of a check says so.
"""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.signers.pdf_signer import TimestampDSSContentSettings
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore, collect_validation_info
from pyhanko_certvalidator import ValidationContext

from server.domain.errors import SealFailed
from server.signing.seal.authority import Authority
from server.signing.seal.pdf_writer import MetadataKeepingWriter, empty_fields, spare_archive_field, writer
from server.signing.seal.seal_key import SealKey
from server.signing.seal.signer import DIGEST, FIELD, SignerAt, seal_metadata
from server.signing.seal.stamp import ensure_font, stamp_style

_log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sealer:
    """`authorities` are tried in their order. `trust_roots` (DER) lie above them and above the key; the
    key's own are added. `timeout` in seconds bounds each request, `attempt_timeout` a whole attempt."""

    key: SealKey
    font: Path
    authorities: Sequence[Authority] = ()
    trust_roots: Sequence[bytes] = ()
    timeout: float = 10.0
    attempt_timeout: float = 60.0

    @property
    def is_test(self) -> bool:
        return self.key.is_test

    @property
    def roots(self) -> tuple[bytes, ...]:
        """What verification may trust (DER)."""
        return (*self.trust_roots, *self.key.roots)

    @property
    def subject(self) -> str:
        return self.key.subject

    @property
    def level(self) -> str:
        return "B-LTA" if self.authorities else "B-B"

    def check(self, now: datetime) -> list[str]:
        """Everything that would keep a seal from being made, in plain English; asks the authorities."""
        found = self.key.check(now)
        try:
            ensure_font(self.font)
        except Exception as error:  # missing, unreadable, no font at all
            found.append(f"The font of the seal cannot be read ({type(error).__name__}).")
        for authority in self.authorities:
            try:
                asyncio.run(self._probe(authority))
            except Exception as error:  # network, protocol, trust: all mean that it is of no use today
                found.append(f"The time-stamp authority {authority.url} fails ({type(error).__name__}).")
        return found

    def seal(
        self,
        pdf: bytes,
        *,
        field: str = FIELD,
        reason: str,
        location: str,
        lines: Sequence[str],
        at: datetime | None = None,
    ) -> bytes:
        """Fills the existing signature field. `lines` are printed in it; none for an invisible seal. `at` is
        the time that the signature names, by default now.

        Blocks on processor and network: run it in a thread. Raises SealFailed; nothing is changed then.
        """
        metadata = seal_metadata(field, reason=reason, location=location)
        _ensure_field(pdf, field)
        style = stamp_style(self.font, lines)

        async def attempt(authority: Authority | None) -> bytes:
            client = authority.client(self.timeout) if authority else None
            signer = SignerAt(at, metadata, self.key.signer, timestamper=client, stamp_style=style)
            sealed = await _bytes(signer.async_sign_pdf(writer(pdf), existing_fields_only=True))
            return await self._archive(sealed, client) if client else sealed

        return self._first_success(attempt)

    def renew(self, pdf: bytes) -> bytes:
        """Adds a document time stamp over everything so far, before the last one's algorithms or
        certificates grow old (EN 319 142-1, 5.5). It goes into the next spare field of the base file; when
        all are used up a new field is made, which is no longer tagged as PDF/UA asks for.

        Blocks as `seal` does. Raises SealFailed without an authority that answers.
        """
        if not self.authorities:
            raise SealFailed(reason="no_authority")

        async def attempt(authority: Authority | None) -> bytes:
            if authority is None:
                raise SealFailed(reason="no_authority")
            return await self._archive(pdf, authority.client(self.timeout))

        return self._first_success(attempt)

    def _first_success(self, attempt: Callable[[Authority | None], Awaitable[bytes]]) -> bytes:
        """One authority serves a whole document; if it fails, the next starts over."""
        last: Exception | None = None
        for authority in self.authorities or (None,):
            try:
                return asyncio.run(_within(attempt(authority), self.attempt_timeout))
            except Exception as error:  # network, protocol, trust, a token's driver: the next may do
                _log.warning("sealing with %r failed: %s", authority, type(error).__name__)
                last = error
        raise SealFailed(reason=type(last).__name__) from last

    async def _archive(self, pdf: bytes, client: TimeStamper) -> bytes:
        """One revision with what validates the newest signature and a document time stamp over it all."""
        async with aclosing(self._context()) as context:
            pdf_out = writer(pdf)
            await _add_validation_data(pdf_out, context)
            stamper = PdfTimeStamper(client, field_name=spare_archive_field(pdf_out))
            return await _bytes(
                stamper.async_timestamp_pdf(
                    pdf_out,
                    DIGEST,
                    validation_context=context,
                    dss_settings=TimestampDSSContentSettings(update_before_ts=True, include_vri=False),
                )
            )

    async def _probe(self, authority: Authority) -> None:
        async with aclosing(self._context()) as context:
            # the library leaves this one method without annotations
            async for _ in authority.client(self.timeout).validation_paths(context):  # type: ignore[no-untyped-call]
                pass

    def _context(self) -> ValidationContext:
        """Revocation lists and answers are fetched now and must be had where a certificate names them."""
        return ValidationContext(
            trust_roots=[c for der in self.roots for c in load_certs_from_pemder_data(der)],
            other_certs=list(self.key.signer.cert_registry),
            allow_fetching=True,
            revocation_mode="hard-fail",
        )


async def _add_validation_data(pdf_out: MetadataKeepingWriter, context: ValidationContext) -> None:
    newest = pdf_out.prev.embedded_signatures[-1]
    paths = await collect_validation_info(newest, context)
    DocumentSecurityStore.supply_dss_in_writer(
        pdf_out, newest.pkcs7_content.hex().encode(), paths=paths, validation_context=context
    )


async def _bytes(output: Awaitable[io.BytesIO]) -> bytes:
    return (await output).getvalue()


async def _within(work: Awaitable[bytes], seconds: float) -> bytes:
    async with asyncio.timeout(seconds):
        return await work


def _ensure_field(pdf: bytes, field: str) -> None:
    try:
        fields = empty_fields(writer(pdf))
    except Exception as error:  # not a PDF, or a damaged one
        raise SealFailed(reason="unreadable") from error
    if field not in fields:
        raise SealFailed(reason="no_field")
