"""`python -m tests.vectors FOLDER`: writes the package of test vectors."""

from __future__ import annotations

import logging
import sys
import tempfile
from pathlib import Path

from tests.browser_check.examples import examples
from tests.vectors.checked import checking
from tests.vectors.package import vectors_of, write_package


def main(out: Path) -> None:
    logging.disable()  # the libraries tell at length of every certificate that nobody trusts
    with tempfile.TemporaryDirectory() as folder, checking() as checked:
        vectors = vectors_of(examples(Path(folder)))
        write_package(out, vectors, checked)
    sys.stdout.write(f"{len(vectors)} test vectors in {out}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
