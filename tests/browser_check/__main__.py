"""`python -m tests.browser_check FOLDER`: writes honest files for the tests of the browser's verifier.

What it says of forged ones is held against the server's word by `tests/vectors`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from server.documents.advance_copy import CopyMark, render_advance_copy
from tests.browser_check.copies import with_signed_copies
from tests.browser_check.examples import demo
from tests.browser_check.sealed_files import with_a_passkey_and_a_code


def main(out: Path) -> None:
    demo(out / "demo.pdf")
    with tempfile.TemporaryDirectory() as folder:
        honest = with_a_passkey_and_a_code(Path(folder) / "honest").seal()
        (out / "honest.pdf").write_bytes(honest)
        (out / "advance.pdf").write_bytes(render_advance_copy(honest, CopyMark("Probe", (), "7F3A-91C2")))
        (out / "copies.pdf").write_bytes(with_signed_copies(Path(folder) / "copies").file.seal())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
