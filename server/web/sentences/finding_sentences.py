"""What the checks of a final document mean in plain words, by the checks' stable codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from server.web.sentences.messages import N_

CHECKS: Final[Mapping[str, str]] = {
    "text.digest": N_("Attached text"),
    "evidence.format": N_("Evidence"),
    "evidence.declaration": N_("Declaration named in the evidence"),
    "evidence.relying_party": N_("Service that the passkeys answered"),
    "evidence.unique": N_("Each municipality counts once"),
    "sign_off.statement": N_("Statement of the sign-off"),
    "sign_off.passkey": N_("Sign-off with a passkey"),
    "sign_off.email_code": N_("Sign-off with a code by e-mail"),
    "sign_off.paper": N_("Sign-off on paper"),
    "sign_off.pdf_signature": N_("Sign-off with an own electronic signature"),
    "passkey.limits": N_("What a passkey does not prove"),
    "document.attachments": N_("Attachments of the file"),
    "document.pages": N_("Pages made again from the attachments"),
    "document.text": N_("Pages show the signed text"),
    "document.signatories": N_("Pages show who signed"),
    "document.copies": N_("Pages of the signed copies show the same"),
    "annex.declaration": N_("Annex belongs to the sealed declaration"),
    "log.format": N_("Proofs from the log"),
    "log.inclusion": N_("Entries stand in the log"),
    "log.sign_off": N_("Sign-off stands in the log"),
    "log.registration": N_("Registration of the passkey stands in the log"),
    "log.head": N_("Proofs lead to the head of the log"),
    "log.head_time": N_("Time stamp on the head of the log"),
    "seal.readable": N_("File is readable"),
    "seal.present": N_("File carries a seal"),
    "seal.coverage": N_("Seal covers the whole file"),
    "seal.intact": N_("Unchanged since the seal"),
    "seal.certifies": N_("Seal forbids later changes"),
    "seal.unchanged": N_("Nothing added after the seal"),
    "seal.alone": N_("No other signatures in the file"),
    "seal.trusted": N_("Issuer of the seal is trusted"),
    "seal.test_certificate": N_("Test certificate"),
    "seal.unknown_issuer": N_("Issuer of the seal"),
    "seal.revoked": N_("Certificate is not revoked"),
    "seal.time": N_("Time of the seal"),
    "seal.level": N_("Durability of the seal"),
    "seal.archive_time": N_("Time stamp for the archive"),
}
_CLOCK = N_(
    "The time comes from the service's own clock or from an authority whose trust was not established."
)
_READ_ONLY = N_(
    "Software that reads the pages finds exactly this in them. Whether people see the same was not compared."
)

LIMITS: Final[Mapping[str, str]] = {
    "sign_off.email_code": N_(
        "The code shows that someone with access to the mailbox answered. It is no signature of the person."
    ),
    "sign_off.paper": N_("The coordination recorded a decision on paper. Only the paper itself proves it."),
    "sign_off.pdf_signature": N_(
        "Exactly this text and statement were signed. What is not fully shown is whose certificate it was: "
        "whether its issuer is to be trusted, whether the name is the same, or whether it was revoked."
    ),
    "passkey.limits": N_(
        "A passkey proves that its holder confirmed exactly this statement. It proves neither what the "
        "screen showed nor who holds the passkey, and it is not a qualified electronic signature."
    ),
    "evidence.relying_party": N_("Which service the passkeys answered is stated by the document itself."),
    "document.pages": N_(
        "Another version of the software made this document. Its pages were read, but could not be made "
        "again and compared."
    ),
    "document.text": _READ_ONLY,
    "document.signatories": _READ_ONLY,
    "log.inclusion": N_(
        "The entries stand in a log. Whether it is the only log is shown by comparing its root "
        "with the published one."
    ),
    "log.registration": N_("The proofs do not show that the passkey was registered before the sign-off."),
    "log.head_time": N_("No trusted authority confirms when the log had this head."),
    "seal.trusted": N_("Whether the certificate has been revoked was not checked."),
    "seal.test_certificate": N_("Sealed with a test certificate: this is a trial, not a binding document."),
    "seal.unknown_issuer": N_("Whether the issuer of the certificate is to be trusted was not checked."),
    "seal.time": _CLOCK,
    "seal.archive_time": _CLOCK,
    "seal.level": N_(
        "The seal has no lasting time stamp: it can be checked only as long as its certificates are valid."
    ),
}
"""What a check with limits does not prove."""

BROWSER_LIMITS: Final[Mapping[str, str]] = {
    "document.pages": N_(
        "The browser does not make the pages again from the attachments. Let the server do so."
    ),
    "document.text": N_(
        "The browser does not read the pages. Compare them with the signed text below, "
        "or let the server do so."
    ),
    "document.signatories": N_(
        "The browser does not read the pages. Compare their names with the table above, "
        "or let the server do so."
    ),
    "document.copies": N_(
        "The browser does not read the pages of the signed copies. Open these attachments and compare them, "
        "or let the server do so."
    ),
}
"""Limits of the check in the browser, which sees less than the server."""
