"""What a certificate says of itself: is it a qualified one (ETSI EN 319 412-5)?"""

from __future__ import annotations

from asn1crypto import x509
from pyhanko.sign.ades.qualified_asn1 import get_qc_statements


def says_qualified(certificate: x509.Certificate) -> bool:
    """Qualified, for signatures of a natural person, with its key in a qualified device. The issuer's own
    word: it counts only as far as the issuer is trusted."""
    said = {statement["statement_id"].native: statement for statement in get_qc_statements(certificate)}
    if not {"qc_compliance", "qc_sscd"} <= set(said):
        return False
    kinds = said["qc_type"]["statement_info"].native if "qc_type" in said else ["qct_esign"]
    return kinds == ["qct_esign"]
