"""The package of test vectors: the table of forgery classes as files, each with its verdict."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from server.documents.render import RENDERER
from server.domain.release.verification import VerificationReport
from server.dossier.published import published_file
from tests.browser_check.examples import Example
from tests.vectors.checked import Checked, Question
from tests.vectors.readme import README

FORMAT: Final = "kraftakt-vectors/1"
MAX_BYTES: Final = 2_000_000
"""Larger files are made to be large: they say nothing about the format, and would be most of the package."""


@dataclass(frozen=True)
class Vector:
    """An example and the name of its file, beginning with its class."""

    file: str
    example: Example

    @property
    def question(self) -> Question:
        return Question(self.example.pdf, self.example.roots or None)

    def to_json(self, report: VerificationReport, trusted: str | None) -> dict[str, Any]:
        example = self.example
        published = published_file(example.original).to_json() if example.original else None
        return {
            "file": self.file,
            "sha256": hashlib.sha256(example.pdf).hexdigest(),
            "class": example.kind,
            "what": example.name,
            "trusted": trusted,
            "verdict": example.verdict.value,
            "verdict_without_roots": example.without_roots.value,
            "failed": failed(report),
            **({"published": published} if published else {}),
        }


def failed(report: VerificationReport) -> list[str]:
    """The codes of all that is broken or missing."""
    return sorted({finding.check for finding in report.findings if not finding.holds})


def vectors_of(examples: Iterable[Example]) -> list[Vector]:
    """In the order of the table, without those that are too large."""
    small = [example for example in examples if len(example.pdf) <= MAX_BYTES]
    return [Vector(f"{_folder(e)}/{number:03}.pdf", e) for number, e in enumerate(small, 1)]


def _folder(example: Example) -> str:
    return example.kind.replace(" ", "-")


def write_package(out: Path, vectors: Sequence[Vector], checked: Checked) -> None:
    """`out` is made if it is not there. Codes are our own verifier's, verdicts the table's."""
    roots = _write_roots(out, vectors)
    rows = []
    reports = checked.ask_all([vector.question for vector in vectors])
    for vector, report in zip(vectors, reports, strict=True):
        path = out / vector.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(vector.example.pdf)
        rows.append(vector.to_json(report, roots.get(vector.example.roots)))
    index = {"format": FORMAT, "renderer": RENDERER, "vectors": rows}
    (out / "vectors.json").write_text(json.dumps(index, ensure_ascii=False, indent=1) + "\n", "utf-8")
    (out / "README.md").write_text(README, "utf-8")


def _write_roots(out: Path, vectors: Sequence[Vector]) -> dict[tuple[bytes, ...], str]:
    """One PEM file for each set of trusted certificates; its name by the set."""
    (out / "trusted").mkdir(parents=True, exist_ok=True)
    sets = list(dict.fromkeys(v.example.roots for v in vectors if v.example.roots))
    names = {found: f"trusted/{number}.pem" for number, found in enumerate(sets, 1)}
    for found, name in names.items():
        certificates = [x509.load_der_x509_certificate(der) for der in found]
        (out / name).write_bytes(b"".join(c.public_bytes(Encoding.PEM) for c in certificates))
    return names
