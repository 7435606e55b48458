"""`python -m tests.browser_check.kept bcprov.jar:bcutil.jar:bcpkix.jar`: makes the kept file anew.

Its time stamps, on the seal and over the whole file, come from `Authority.java` beside it. Needs Java
and Bouncy Castle (Debian: libbcpkix-java); whoever runs the tests needs neither.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from server.signing.seal.authority import Authority
from server.signing.seal.seal import Sealer
from tests.browser_check.kept import ROOT, STAMPED
from tests.browser_check.sealed_files import Unsealed, a_world, signed
from tests.ports import free_port
from tests.signing.pki import trust_service
from tests.waiting import HANG

AT: Final = datetime(2026, 6, 18, 12, 0, tzinfo=UTC)
PASSWORD: Final = "authority"
SOURCE: Final = Path(__file__).parent / "Authority.java"


def main(jars: str) -> None:
    with tempfile.TemporaryDirectory() as name, trust_service(Path(name)) as service:
        folder = Path(name)
        (folder / "keys.p12").write_bytes(locked(service.packed("tsa")))
        with authority(jars, folder / "keys.p12") as stamping, a_world(folder / "world") as world:
            sealer = Sealer(
                service.key(), world.services.sealer.font, [stamping], [service.root()], timeout=HANG
            )
            STAMPED.write_bytes(Unsealed(signed(world, sealer).pdf, sealer).seal(at=AT))
            ROOT.write_bytes(service.root())


def locked(store: bytes) -> bytes:
    """Java reads no PKCS#12 file without a password."""
    key, certificate, above = pkcs12.load_key_and_certificates(store, None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    lock = BestAvailableEncryption(PASSWORD.encode())
    return pkcs12.serialize_key_and_certificates(b"tsa", key, certificate, above, lock)


@contextmanager
def authority(jars: str, keys: Path) -> Iterator[Authority]:
    port = free_port()
    time = AT.isoformat().replace("+00:00", "Z")
    command = ["java", "-cp", jars, str(SOURCE), str(keys), PASSWORD, str(port), time]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None
            assert running.stdout.readline() == "ready\n"
            yield Authority(f"http://127.0.0.1:{port}/")
        finally:
            running.terminate()


if __name__ == "__main__":
    main(sys.argv[1])
