"""The parts of a CMS value that its own signature does not cover (RFC 5652, 5.1 and 5.3): versions,
algorithms, certificates beside the signer's, what is unsigned. Their damage harms nobody, but a changed byte
is a changed byte.
`client/src/verify/seal/envelope.ts` follows the same rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from asn1crypto import algos, cms
from cryptography import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.validation import EmbeddedPdfSignature

from server.signing.seal.certificates import is_issued_by
from server.signing.seal.check.ber import BadEncoding, ensure_well_formed, value_length

_NO_PARAMETERS: Final = (b"", b"\x05\x00")
"""Absent or NULL: writers differ."""
_UTF8: Final = 0x0C
_TEXTS: Final = frozenset({_UTF8, 0x13, 0x14, 0x16, 0x1C, 0x1E})
"""Printable, Teletex, IA5, Universal and BMP strings (RFC 5280, 4.1.2.4)."""
_STAMP: Final = "signature_time_stamp_token"


def has_regular_envelope(seal: EmbeddedPdfSignature) -> bool:
    """As our signer writes it. Unsigned is nothing but one time stamp."""
    data, signer = seal.signed_data, seal.signer_info
    algorithms = [algorithm.dump() for algorithm in data["digest_algorithms"]]
    return (
        data["version"].native == signer["version"].native == "v1"
        and algorithms == [signer["digest_algorithm"].dump()]
        and _has_no_more(data, signer)
        and len(unsigned := list(_unsigned(signer))) <= 1
        and all(a["type"].native == _STAMP and len(a["values"]) == 1 for a in unsigned)
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
    """The signer's own first. Raises ValueError for one that is not written as certificates are."""
    found: Any = extract_certificate_info(signed)
    return [_read_certificate(certificate) for certificate in (found.signer_cert, *found.other_certs)]


def _read_certificate(certificate: Any) -> x509.Certificate:
    """With what the reader passes over: both places name the same algorithm (RFC 5280, 4.1.1.2), keys and
    signatures are whole bytes, names are text."""
    signed_part = certificate["tbs_certificate"]
    whole_bytes = (certificate["signature_value"], signed_part["subject_public_key_info"]["public_key"])
    if signed_part["signature"].dump() != certificate["signature_algorithm"].dump():
        raise ValueError("two algorithms of a signature")
    if any(value.contents[:1] != b"\0" for value in whole_bytes):
        raise ValueError("a key or a signature with half a byte")
    for name in (signed_part["issuer"], signed_part["subject"]):
        _ensure_text(name)
    return x509.load_der_x509_certificate(certificate.dump())


def _ensure_text(name: Any) -> None:
    for pair in (pair for parts in name.chosen for pair in parts):
        value = pair["value"].dump()
        if value[0] not in _TEXTS:
            raise ValueError("a name that is no text")
        if value[0] == _UTF8:
            pair["value"].native.encode()


def stray_certificates(
    embedded: Sequence[x509.Certificate], trusted: Sequence[x509.Certificate]
) -> list[x509.Certificate]:
    """Embedded certificates that nothing embedded or trusted has issued: the signature does not cover
    them, so this is how a damaged one shows. The signer's own issuer may be left out."""
    known = [*embedded, *trusted]
    return [c for c in embedded[1:] if not any(is_issued_by(c, issuer) for issuer in known)]


def are_above_the_signer(embedded: Sequence[x509.Certificate]) -> bool:
    """Nothing but issuers of the signer's certificate, of theirs, and so on: anybody could add another."""
    return len(_above(embedded)) == len(embedded)


def _above(embedded: Sequence[x509.Certificate]) -> list[x509.Certificate]:
    above, left = [embedded[0]], list(embedded[1:])
    for certificate in above:  # grows
        issuers = [other for other in left if is_issued_by(certificate, other)]
        above += issuers
        left = [other for other in left if other not in issuers]
    return above


def _belong_together(embedded: Sequence[x509.Certificate]) -> bool:
    """Authorities enclose others that theirs have issued, too."""
    above = _above(embedded)
    return all(any(c == top or is_issued_by(c, top) for top in above) for c in embedded)


def has_sound_certificates(token: cms.SignedData, trusted: Sequence[x509.Certificate] | None) -> bool:
    """`trusted` is None where nobody is: authorities leave their root out, so then one certificate need have
    no issuer, as it issued another one. Who trusts that root sees every changed byte."""
    embedded = embedded_certificates(token)
    if not _belong_together(embedded):
        return False
    stray = stray_certificates(embedded, trusted or ())
    if trusted is not None or len(stray) != 1:
        return not stray
    top = stray[0]
    return top.issuer != top.subject  # a root would have issued itself
