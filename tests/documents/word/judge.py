"""`make judge`: LibreOffice reads the whole corpus, and what the service makes of it, with all changes
accepted and all rejected. What the service writes is held to the published schemas too (`schemas.py`). The
verdicts are kept as data: the tests need neither.
"""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final
from zipfile import ZipFile

from server.documents.word.reading import read_file
from server.documents.word.writing import FileFormat, write_file
from server.domain.text.files.deciding import decide, lines
from server.domain.text.files.manuscript import Manuscript
from tests.documents.word.combinations import combinations
from tests.documents.word.corpus import corpus

VERDICTS: Final = Path(__file__).parent / "verdicts.json"
_OFFICE: Final = Path(__file__).parent / "office.py"
_SCHEMAS: Final = Path(__file__).parent / "schemas.py"
_WRITTEN: Final = (FileFormat.DOCX, FileFormat.ODT)


def texts(manuscript: Manuscript, *, accept: bool) -> list[str]:
    """As LibreOffice reports them."""
    return [line.rstrip() for line in lines(decide(manuscript.blocks, accept=accept))]


@cache
def written() -> dict[str, tuple[bytes, Manuscript]]:
    """Each file of the corpus written again, in both formats."""
    made = {}
    for name, data in corpus().items():
        manuscript = read_file(data)
        for file_format in _WRITTEN:
            again = f"again-{name.replace('.', '-')}.{file_format.value}"
            made[again] = (write_file(manuscript, "Erklärung", file_format), manuscript)
    return made


@cache
def paired() -> dict[str, tuple[bytes, Manuscript]]:
    """All meetings of two proposals, as DOCX."""
    return {
        f"{name}.docx": (write_file(manuscript, "Erklärung", FileFormat.DOCX), manuscript)
        for name, manuscript in combinations().items()
    }


def digest_of_parts(data: bytes) -> str:
    """Of what is in the archive: how it is packed differs between computers."""
    digest = hashlib.sha256()
    with ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            digest.update(name.encode() + b"\0" + archive.read(name) + b"\0")
    return digest.hexdigest()[:16]


def digest_of_texts(found: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(found).encode()).hexdigest()[:16]


def main(schema_python: str) -> int:
    """`schema_python`: one that has openxml-audit."""
    ours = {**written(), **paired()}
    files = {**corpus(), **{name: data for name, (data, _) in ours.items()}}
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            (Path(folder) / name).write_bytes(data)
        found = _said(["/usr/bin/python3", str(_OFFICE), folder])
        for name in corpus():
            (Path(folder) / name).unlink()
        faults = _said([schema_python, str(_SCHEMAS), folder])
    kept = {name: _verdict(name, found[name], files[name], faults.get(name)) for name in sorted(files)}
    rows = ",\n".join(
        f"{json.dumps(name)}: {json.dumps(row, ensure_ascii=False)}" for name, row in kept.items()
    )
    VERDICTS.write_text(f"{{\n{rows}\n}}\n", encoding="utf-8")
    meant = {
        **{name: read_file(data) for name, data in corpus().items()},
        **{n: m for n, (_, m) in ours.items()},
    }
    wrong = [name for name in files if not _agrees(found[name], meant[name])]
    for name in wrong:
        sys.stdout.write(f"not the same: {name}\n")
    against = {name: said for name, said in faults.items() if said}
    for name, said in against.items():
        sys.stdout.write(f"against its schema: {name}: {'; '.join(said)}\n")
    sys.stdout.write(
        f"{len(files)} files judged, {len(wrong)} read differently; "
        f"{len(faults)} held to their schemas, {len(against)} against them\n"
    )
    return 1 if wrong or against else 0


def _said(command: list[str]) -> dict[str, Any]:
    said = subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=1_200)
    found: dict[str, Any] = json.loads(said.stdout)
    return found


def _verdict(name: str, found: dict[str, Any], data: bytes, faults: Sequence[str] | None) -> dict[str, Any]:
    """Of what we wrote the digests are enough."""
    row = {"file": digest_of_parts(data), "comments": found["comments"]}
    if name in corpus():
        return row | {"accepted": found["accepted"], "rejected": found["rejected"]}
    numbers = [label for label in found["labels"] if label]
    return row | {
        "faults": faults,
        "accepted": digest_of_texts(found["accepted"]),
        "rejected": digest_of_texts(found["rejected"]),
        **({"labels": numbers} if "numbers" in name else {}),
    }


def _agrees(found: dict[str, Any], manuscript: Manuscript) -> bool:
    return found["accepted"] == texts(manuscript, accept=True) and found["rejected"] == texts(
        manuscript, accept=False
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
