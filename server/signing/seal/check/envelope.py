"""The parts of a CMS value that its own signature does not cover (RFC 5652, 5.1 and 5.3): versions,
algorithms, certificates beside the signer's, what is unsigned. Their damage harms nobody, but a changed byte
is a changed byte.
`client/src/verify/seal/envelope.ts` follows the same rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from asn1crypto import algos, cms  # type: ignore[import-untyped]  # it ships no types
from cryptography import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.validation import EmbeddedPdfSignature

from server.signing.seal.certificates import is_issued_by
from server.signing.seal.check.ber import BadEncoding, ensure_well_formed, value_length

_NO_PARAMETERS: Final = (b"", b"\x05\x00")
"""Absent or NULL: writers differ."""
_STAMP: Final = "signature_time_stamp_token"


def has_regular_envelope(seal: EmbeddedPdfSignature) -> bool:
    """As our signer writes it. Unsigned is nothing but a time stamp."""
    data, signer = seal.signed_data, seal.signer_info
    algorithms = [algorithm.dump() for algorithm in data["digest_algorithms"]]
    return (
        data["version"].native == signer["version"].native == "v1"
        and algorithms == [signer["digest_algorithm"].dump()]
        and _has_no_more(data, signer)
        and len(unsigned := list(_unsigned(signer))) <= 1
        and all(attribute["type"].native == _STAMP for attribute in unsigned)
        and is_well_formed(seal)
    )


def has_regular_token(token: cms.SignedData) -> bool:
    """As an authority writes it (RFC 3161, 2.4.2): version 3, and nothing unsigned but certificates."""
    [signer] = token["signer_infos"]
    listed = list(token["digest_algorithms"])
    return (
        (token["version"].native, signer["version"].native) == ("v3", "v1")
        and len(listed) == 1
        and listed[0]["algorithm"].dump() == signer["digest_algorithm"]["algorithm"].dump()
        and all(map(_is_plain, listed))
        and not list(_unsigned(signer))
        and _has_no_more(token, signer)
    )


def _has_no_more(data: cms.SignedData, signer: cms.SignerInfo) -> bool:
    """No revocation lists, no certificates of other kinds, algorithms without parameters that say nothing."""
    algorithm = signer["signature_algorithm"]
    return (
        data["crls"].native is None
        and all(certificate.name == "certificate" for certificate in data["certificates"])
        and _names_as_written(data, signer)
        and _is_plain(signer["digest_algorithm"])
        and (algorithm["algorithm"].native == "rsassa_pss" or _is_plain(algorithm))
    )


def _names_as_written(data: cms.SignedData, signer: cms.SignerInfo) -> bool:
    """The signer's certificate, by its issuer's very bytes: the library takes names as equal in any case."""
    if signer["sid"].name != "issuer_and_serial_number":
        return False
    certificate: Any = extract_certificate_info(data).signer_cert
    return bool(signer["sid"].chosen["issuer"].dump() == certificate.issuer.dump())


def _is_plain(algorithm: algos.DigestAlgorithm | algos.SignedDigestAlgorithm) -> bool:
    return algorithm["parameters"].dump() in _NO_PARAMETERS


def _unsigned(signer: cms.SignerInfo) -> Iterator[cms.CMSAttribute]:
    if signer["unsigned_attrs"].native is not None:
        yield from signer["unsigned_attrs"]


def tokens(reader: PdfFileReader, seal: EmbeddedPdfSignature) -> Iterator[cms.SignedData]:
    """All time stamps of the file: the one on the seal, and those over the whole file."""
    for attribute in _unsigned(seal.signer_info):
        if attribute["type"].native == _STAMP:
            yield from (value["content"] for value in attribute["values"])
    yield from (stamp.signed_data for stamp in reader.embedded_timestamp_signatures)


def is_well_formed(signature: EmbeddedPdfSignature) -> bool:
    """Whether its value is written in the one form that DER has, but for the order of sets."""
    return _is_well_formed(bytes(signature.pkcs7_content))


def is_regular_stamp(stamp: cms.ContentInfo) -> bool:
    """As it comes from its authority, before it is in a file."""
    token = stamp["content"]
    return _is_well_formed(stamp.dump()) and has_regular_token(token) and has_sound_certificates(token, None)


def _is_well_formed(value: bytes) -> bool:
    try:
        ensure_well_formed(value[: value_length(value)])
    except BadEncoding:
        return False
    return True


def embedded_certificates(signed: cms.SignedData) -> list[x509.Certificate]:
    """The signer's own first."""
    found: Any = extract_certificate_info(signed)
    embedded = [found.signer_cert, *found.other_certs]
    return [x509.load_der_x509_certificate(certificate.dump()) for certificate in embedded]


def stray_certificates(
    embedded: Sequence[x509.Certificate], trusted: Sequence[x509.Certificate]
) -> list[x509.Certificate]:
    """Embedded certificates that nothing embedded or trusted has issued: the signature does not cover
    them, so this is how a damaged one shows. The signer's own issuer may be left out."""
    known = [*embedded, *trusted]
    return [c for c in embedded[1:] if not any(is_issued_by(c, issuer) for issuer in known)]


def has_sound_certificates(token: cms.SignedData, trusted: Sequence[x509.Certificate] | None) -> bool:
    """`trusted` is None where nobody is: authorities leave their root out, so then one certificate need have
    no issuer, if it issued another one. Who trusts that root sees every changed byte."""
    embedded = embedded_certificates(token)
    stray = stray_certificates(embedded, trusted or ())
    if trusted is not None or len(stray) != 1:
        return not stray
    top = stray[0]
    is_root = top.issuer == top.subject  # which would have issued itself
    return not is_root and any(is_issued_by(certificate, top) for certificate in embedded)
