"""Documents that several files of tests look at, made once."""

from __future__ import annotations

import pytest

from server.documents.model import FinalText, Mark
from server.documents.render import render_document
from tests.documents import document_examples as examples


@pytest.fixture(scope="session")
def medium_text() -> FinalText:
    lines = examples.signatories(9)
    return examples.final(examples.every_construct(2), lines, Mark.DRAFT, Mark.TEST)


@pytest.fixture(scope="session")
def medium_pdf(medium_text: FinalText) -> bytes:
    return render_document(medium_text, examples.files(medium_text))
