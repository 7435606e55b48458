"""Renders and seals with the project's own code, once for every line on standard input.

`ours.py TEXT_JSON FONTS`: answers a line of JSON with seconds, CPU seconds, peak memory, pages, bytes.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import pikepdf

from server.documents.model import Attachment, FinalText, SignatoryLine
from server.documents.parts.seal_box import seal_lines
from server.documents.render import render_document
from server.domain.people.municipalities import Municipality, MunicipalityKind
from server.domain.sign_offs.answers import Answer
from server.domain.sign_offs.statements import Level
from server.domain.text.content import Block, Content, Run
from server.signing.seal.seal import Sealer
from server.signing.seal.trial_certificate import create_test_key, load_key

AT = datetime(2027, 6, 17, 16, 0, tzinfo=UTC)


def main(path: str, fonts: str) -> None:
    text = final_text(json.loads(Path(path).read_text(encoding="utf-8")))
    files = [Attachment("text.json", "application/json", "Text", "Source", text.content.canonical())]
    with tempfile.TemporaryDirectory() as folder:
        key = Path(folder, "seal.p12")
        create_test_key(key, "Kraftakt", datetime.now(UTC))
        sealer = Sealer(load_key(key), Path(fonts, "NotoSans-Seal.ttf"))
    lines = seal_lines(sealer.subject, AT, is_test=True)
    for _ in sys.stdin:
        began, spent = time.perf_counter(), time.process_time()
        unsealed = render_document(text, files)
        rendered = time.perf_counter() - began
        pdf = sealer.seal(unsealed, reason="Bench", location="Offenburg", lines=lines)
        answer = {
            "seconds": time.perf_counter() - began,
            "rendering": rendered,
            "cpu": time.process_time() - spent,
            "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "bytes": len(pdf),
        }
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            answer["pages"] = len(opened.pages)
        print(json.dumps(answer), flush=True)


def final_text(source: dict[str, list[list[object]]]) -> FinalText:
    blocks = [
        Block(kind, level, (Run(text),), number or None) for kind, level, text, number in source["blocks"]
    ]
    content = Content(tuple(blocks))
    return FinalText(
        content=content,
        issuer="Städte und Gemeinden",
        revision=1,
        digest=content.digest,
        fixed_at=AT,
        signatories=tuple(
            SignatoryLine(
                Municipality(ags, town, MunicipalityKind(kind)),
                name,
                title,
                deputy=False,
                answer=Answer.SIGNS,
                level=Level.PASSKEY,
                at=AT,
            )
            for ags, town, kind, name, title in source["signatories"]
        ),
        short_code="7Q4K-9M2P-C3DX",
        verify_url="https://kraftakt.example/v/7Q4K-9M2P-C3DX",
        created=AT,
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
