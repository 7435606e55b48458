"""`python -m tests.browser_check FOLDER`: writes files good and bad, and what the server says of each.

`client/test/verify/contract.test.ts` gives the same files to the browser's verifier.
"""

from __future__ import annotations

import json
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from tests.browser_check.examples import examples
from tests.browser_check.reports import report_on


def main(out: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = list(examples(Path(folder)))
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        reports = list(pool.map(report_on, [example.pdf for example in made], chunksize=4))
    for number, example in enumerate(made):
        (out / f"{number}.pdf").write_bytes(example.pdf)
    expected = [
        {"name": example.name, "alike": example.alike, "report": report}
        for example, report in zip(made, reports, strict=True)
    ]
    (out / "expected.json").write_text(json.dumps(expected), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
