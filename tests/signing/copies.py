"""Signing a copy as a person's own software does, with a certificate of a trust service or a homemade one."""

import asyncio
import io
import subprocess
import tempfile
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from asn1crypto import pem
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference
from pyhanko_certvalidator import ValidationContext

from server.signing.evidence.signed_copy import FIELD

TOGETHER = SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE


def homemade(name, *, rsa=False, days=(-4000, 365)):
    """A certificate that nobody vouches for, valid between these days from now."""
    key = generate_private_key(65537, 2048) if rsa else ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
        .sign(key, hashes.SHA256())
    )
    packed = pkcs12.serialize_key_and_certificates(None, key, certificate, None, NoEncryption())
    return SimpleSigner.load_pkcs12_data(packed, other_certs=[])


def sign_copy(pdf, signer, *, field=FIELD, change=None, revocation_root=None, **more):
    """In one revision, and with the library's own writer, which touches the metadata as others do too.

    `change` alters something else in the same revision. `revocation_root`: the copy also carries proof,
    fetched now, that nothing up to this root was revoked. `authority` puts a time stamp on the signature.
    """
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    if change:
        change(writer)
    return asyncio.run(_sign(writer, signer, revocation_root, field_name=field, **more))


def sign_with_openssl(pdf, name):
    """The envelope is made by other software: its own order of attributes, and some more of them."""
    signer, writer, out = homemade(name, rsa=True), IncrementalPdfFileWriter(io.BytesIO(pdf)), io.BytesIO()
    metadata = PdfSignatureMetadata(field_name=FIELD, subfilter=SigSeedSubFilter.PADES)
    work = PdfSigner(metadata, signer).async_digest_doc_for_signing(writer, bytes_reserved=16384, output=out)
    prepared, _, _ = asyncio.run(work)
    document, start, end = out.getvalue(), prepared.reserved_region_start, prepared.reserved_region_end
    with tempfile.TemporaryDirectory() as folder:
        key, certificate, content = (Path(folder, part) for part in ("key.der", "own.pem", "content"))
        key.write_bytes(signer.signing_key.dump())
        certificate.write_bytes(pem.armor("CERTIFICATE", signer.signing_cert.dump()))
        content.write_bytes(document[:start] + document[end:])
        command = (
            f"openssl cms -sign -binary -cades -md sha384 -outform DER -in {content} -signer {certificate}"
        )
        made = subprocess.run([*command.split(), "-inkey", key], check=True, capture_output=True).stdout
    prepared.fill_with_cms(out, made)
    return out.getvalue()


async def _sign(writer, signer, root, *, subfilter=SigSeedSubFilter.PADES, authority=None, **more):
    client = authority and authority.client(3)
    if root is None:
        metadata = PdfSignatureMetadata(subfilter=subfilter, **more)
        return (await PdfSigner(metadata, signer, timestamper=client).async_sign_pdf(writer)).getvalue()
    context = ValidationContext(trust_roots=[root], allow_fetching=True, revocation_mode="hard-fail")
    async with aclosing(context):
        metadata = PdfSignatureMetadata(
            subfilter=subfilter,
            embed_validation_info=True,
            validation_context=context,
            dss_settings=DSSContentSettings(placement=TOGETHER, include_vri=False),
            **more,
        )
        return (await PdfSigner(metadata, signer, timestamper=client).async_sign_pdf(writer)).getvalue()
