"""A time-stamp authority by `openssl ts`, as many ordinary ones are: ESSCertID with either hash, certificates
in no order."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs12

from server.signing.seal.authority import Authority

CONFIG: Final = """\
[tsa]
default_tsa = one
[one]
serial = {folder}/serial
signer_cert = {folder}/signer.pem
certs = {folder}/chain.pem
signer_key = {folder}/key.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
ess_cert_id_chain = yes
ess_cert_id_alg = {algorithm}
"""


@contextmanager
def openssl_authority(folder: Path, packed: bytes, root: bytes, algorithm: str) -> Iterator[Authority]:
    """`packed`: its key and certificates (PKCS#12 without a password); `root`: DER."""
    folder.mkdir()
    key, certificate, above = pkcs12.load_key_and_certificates(packed, None)
    assert key is not None
    assert certificate is not None
    (folder / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    (folder / "signer.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    top = x509.load_der_x509_certificate(root)
    others = [top, *(c for c in above if c not in (top, certificate))]
    (folder / "chain.pem").write_bytes(b"".join(c.public_bytes(Encoding.PEM) for c in others))
    (folder / "serial").write_text("01")
    (folder / "openssl.cnf").write_text(CONFIG.format(folder=folder, algorithm=algorithm))

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = folder / "query"
            query.write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            command = ["openssl", "ts", "-reply", "-config", str(folder / "openssl.cnf"), "-queryfile", query]
            reply = subprocess.run(command, check=True, capture_output=True).stdout
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *_: object) -> None:
            """Nothing is said of each stamp."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    running = Thread(target=server.serve_forever)
    running.start()
    try:
        yield Authority(f"http://127.0.0.1:{server.server_port}/")
    finally:
        server.shutdown()
        running.join()
        server.server_close()
