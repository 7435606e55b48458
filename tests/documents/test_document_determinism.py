"""The same facts give the same bytes: in one process, in another, in several threads."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from server.documents.model import FinalText
from server.documents.render import render_document
from tests.documents import document_examples as examples

PROGRAM = """
import hashlib, document_examples as e
from server.documents.model import Mark
from server.documents.render import render_document
text = e.final(e.every_construct(2), e.signatories(9), Mark.DRAFT, Mark.TEST)
print(hashlib.sha256(render_document(text, e.files(text))).hexdigest())
"""


def test_two_builds_are_the_same_bytes(medium_text: FinalText, medium_pdf: bytes) -> None:
    assert render_document(medium_text, examples.files(medium_text)) == medium_pdf


def test_another_process_makes_the_same_bytes(medium_pdf: bytes) -> None:
    here = Path(__file__).parent
    environment = {"PYTHONPATH": f"{here}:{here.parents[1]}", "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == hashlib.sha256(medium_pdf).hexdigest()


def test_threads_do_not_disturb_each_other(medium_text: FinalText, medium_pdf: bytes) -> None:
    small = examples.small()
    texts = [medium_text, small] * 4
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda text: render_document(text, examples.files(text)), texts))
    assert made[::2] == [medium_pdf] * 4
    assert len(set(made[1::2])) == 1
