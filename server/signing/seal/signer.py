"""What makes a seal's revision: the same for who seals and for who checks how it was sealed."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession

FIELD: Final = "Siegel"
DIGEST: Final = "sha256"


class SignerAt(PdfSigner):
    """The library asks the processor's clock; here the time is one of the facts. None: that clock."""

    def __init__(self, at: datetime | None, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)  # Any: as the library has them
        self._at = at

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at or session.system_time
        return session


def seal_metadata(field: str, *, reason: str, location: str) -> PdfSignatureMetadata:
    return PdfSignatureMetadata(
        field_name=field,
        subfilter=SigSeedSubFilter.PADES,
        md_algorithm=DIGEST,
        certify=True,
        docmdp_permissions=MDPPerm.FILL_FORMS,
        reason=reason,
        location=location,
    )
