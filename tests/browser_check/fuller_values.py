"""Values of seal and time stamps with more in them than their signers put there: anybody can add to what no
signature covers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from asn1crypto import cms, x509

from tests.browser_check.later_revisions import forgers_certificate

Fill = Callable[[Any], None]


def filled(pdf: bytes, fill: Fill) -> bytes:
    """The value of the seal, written anew into the same room."""
    value = next(re.finditer(rb"/Contents <([0-9A-F]+)>", pdf))
    content = cms.ContentInfo.load(bytes.fromhex(value[1].decode()))
    fill(content["content"])
    written = content.dump(force=True).hex().upper().encode()
    assert len(written) <= len(value[1])
    return pdf[: value.start(1)] + written.ljust(len(value[1]), b"0") + pdf[value.end(1) :]


def _a_certificate_more(signed: Any) -> None:
    """It issued itself, so its issuer is there."""
    signed["certificates"].append(x509.Certificate.load(forgers_certificate()))


def _two_stamps(signed: Any) -> None:
    """On the seal; the second one is never looked at by who expects one."""
    [attribute] = signed["signer_infos"][0]["unsigned_attrs"]
    attribute["values"].append(attribute["values"][0].copy())


FULLER: Final[Mapping[str, Fill]] = {
    "a strange certificate in the bare seal": _a_certificate_more,
    "two on the bare seal": _two_stamps,
}
