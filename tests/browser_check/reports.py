"""What the server's verifier says of a file."""

from __future__ import annotations

import logging

from server.dossier.check.document import verify_document


def report_on(pdf: bytes) -> dict[str, object]:
    """Without trusted roots, as the browser has none."""
    logging.disable()  # the library tells at length of every certificate that nobody trusts
    return verify_document(pdf).to_json()
