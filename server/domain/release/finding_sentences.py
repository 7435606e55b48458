"""What the checks of a final document mean in plain words, by the checks' stable codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from server.domain.release.verification import Outcome, Verdict, VerificationReport
from server.domain.sentences import N_

ADVANCE: Final = (
    N_("An advance or rehearsal copy, not the document"),
    N_(
        "The file calls itself a copy for reading before the publication. It has no seal and proves nothing; "
        "only the sealed document counts."
    ),
)
"""In place of the verdict's own words (`foreign`), for a copy that says so."""
VERDICTS: Final[Mapping[Verdict, tuple[str, str]]] = {
    Verdict.GENUINE: (
        N_("Genuine and unchanged"),
        N_("This file is the sealed document. Nobody has changed anything in it since it was sealed."),
    ),
    Verdict.ISSUER_UNCHECKED: (
        N_("Unchanged, issuer not checked"),
        N_(
            "Nothing in this file was changed since it was sealed. Whether the issuer of the seal is to be "
            "trusted was not checked: anybody can make a seal that carries any name."
        ),
    ),
    Verdict.TRIAL: (
        N_("Only a trial"),
        N_(
            "Nothing in this file was changed since it was sealed, but it was sealed with a test "
            "certificate, which anybody can make. It binds nobody."
        ),
    ),
    Verdict.NOT_GENUINE: (
        N_("Not genuine"),
        N_("Please do not rely on this file. Ask for the original where you have it from."),
    ),
    Verdict.FOREIGN: (
        N_("Not a document from Kraftakt"),
        N_("This check knows only documents that were sealed with Kraftakt. It says nothing about others."),
    ),
    Verdict.UNREADABLE: (
        N_("The file could not be read"),
        N_("So nothing is known about it. Please ask for the file once more, as it was sealed."),
    ),
}
"""Heading, and what it means for whoever holds the file."""

OUTCOMES: Final[Mapping[Outcome, str]] = {
    Outcome.PROVEN: N_("proven"),
    Outcome.LIMITED: N_("proven with limits"),
    Outcome.BROKEN: N_("wrong"),
    Outcome.MISSING: N_("missing"),
}

CHECKS: Final[Mapping[str, str]] = {
    "text.digest": N_("Attached text is the one that was signed off"),
    "evidence.format": N_("Evidence of the sign-offs is whole"),
    "evidence.declaration": N_("Evidence belongs to this declaration"),
    "evidence.relying_party": N_("Service that the passkeys answered"),
    "evidence.unique": N_("Each municipality counts once"),
    "sign_off.statement": N_("Statement of the sign-off fits"),
    "sign_off.passkey": N_("Sign-off with a passkey"),
    "sign_off.email_code": N_("Sign-off with a code by e-mail"),
    "sign_off.paper": N_("Sign-off on paper"),
    "sign_off.pdf_signature": N_("Sign-off with an own electronic signature"),
    "passkey.limits": N_("What a passkey does not prove"),
    "file.empty": N_("File has a content"),
    "file.not_pdf": N_("File is a PDF"),
    "file.too_large": N_("File is not too large"),
    "file.encrypted": N_("File is not encrypted"),
    "file.damaged": N_("File can be read"),
    "file.published": N_("File is the one published under this code"),
    "file.unfinished": N_("Check could be finished"),
    "document.kind": N_("File is a document from Kraftakt"),
    "document.advance": N_("File calls itself an advance copy or a rehearsal"),
    "document.attachments": N_("Attachments are there"),
    "document.pages": N_("Pages made again from the attachments"),
    "document.text": N_("Pages show the signed text"),
    "document.signatories": N_("Pages show who signed"),
    "document.copies": N_("Pages of the signed copies show the same"),
    "annex.declaration": N_("Annex belongs to the sealed declaration"),
    "addendum.declaration": N_("Erratum or withdrawal names the sealed declaration"),
    "log.format": N_("Proofs from the log are whole"),
    "log.inclusion": N_("Entries stand in the log"),
    "log.sign_off": N_("Sign-off stands in the log"),
    "log.registration": N_("Registration of the passkey stands in the log"),
    "log.head": N_("Proofs lead to the head of the log"),
    "log.head_time": N_("Time stamp on the head of the log"),
    "seal.readable": N_("Seal can be read"),
    "seal.present": N_("File carries a seal"),
    "seal.coverage": N_("Seal covers the whole file"),
    "seal.intact": N_("Unchanged since the seal"),
    "seal.certifies": N_("Seal forbids later changes"),
    "seal.unchanged": N_("Nothing added after the seal"),
    "seal.alone": N_("No other signatures in the file"),
    "seal.trusted": N_("Issuer of the seal is trusted"),
    "seal.holder": N_("Holder of the seal is the expected one"),
    "seal.test_certificate": N_("Test certificate"),
    "seal.unknown_issuer": N_("Issuer of the seal"),
    "seal.revoked": N_("Certificate is not revoked"),
    "seal.time": N_("Time of the seal"),
    "seal.level": N_("Durability of the seal"),
    "seal.archive_time": N_("Time stamp for the archive"),
}
"""By what is asked; where it holds, this is what holds."""

FAILED: Final[Mapping[str, str]] = {
    "text.digest": N_("The attached text is not the one that was signed off"),
    "evidence.format": N_("The evidence of the sign-offs is damaged or incomplete"),
    "evidence.declaration": N_("The evidence belongs to another declaration or revision"),
    "evidence.relying_party": N_("The passkeys answered another service"),
    "evidence.unique": N_("A municipality or a signature counts twice"),
    "sign_off.statement": N_("The statement of a sign-off does not fit"),
    "sign_off.passkey": N_("A sign-off with a passkey is not valid"),
    "sign_off.email_code": N_("A sign-off with a code by e-mail is not valid"),
    "sign_off.paper": N_("A sign-off on paper is not valid"),
    "sign_off.pdf_signature": N_("A sign-off with an own electronic signature is not valid"),
    "passkey.limits": N_("What a passkey proves is stated wrongly"),
    "file.empty": N_("The file is empty"),
    "file.not_pdf": N_("The file is not a PDF"),
    "file.too_large": N_("The file is too large to be checked"),
    "file.encrypted": N_("The file is encrypted; sealed documents never are"),
    "file.damaged": N_("The file is damaged and cannot be read"),
    "file.published": N_("The file is not the one published under this code"),
    "file.unfinished": N_("The check took too long or needed too much memory; sealed documents never do"),
    "document.advance": N_("The file is not an advance copy"),
    "document.kind": N_("The file has neither our seal nor our attachments"),
    "document.attachments": N_("Attachments are missing or cannot be read"),
    "document.pages": N_("The pages are not what the attachments make"),
    "document.text": N_("The pages show something else than the signed text"),
    "document.signatories": N_("The pages name others than those who signed"),
    "document.copies": N_("The pages of a signed copy show something else"),
    "annex.declaration": N_("The annex does not belong to the sealed declaration"),
    "addendum.declaration": N_("The erratum or withdrawal is damaged or names no declaration"),
    "log.format": N_("The proofs from the log are damaged"),
    "log.inclusion": N_("Entries do not stand in the log"),
    "log.sign_off": N_("A sign-off does not stand in the log"),
    "log.registration": N_("The registration of a passkey does not stand in the log"),
    "log.head": N_("The proofs do not lead to the head of the log"),
    "log.head_time": N_("The time stamp on the head of the log is not valid"),
    "seal.readable": N_("The seal is damaged and cannot be read"),
    "seal.present": N_("The file carries no electronic seal"),
    "seal.coverage": N_("The seal does not cover the whole file"),
    "seal.intact": N_("Changed after it was sealed"),
    "seal.certifies": N_("The seal does not forbid later changes, as ours does"),
    "seal.unchanged": N_("Something was added or covered after it was sealed"),
    "seal.alone": N_("Others have signed the file as well"),
    "seal.trusted": N_("The issuer of the seal is not trusted"),
    "seal.holder": N_("Somebody else than expected sealed the file"),
    "seal.test_certificate": N_("The test certificate does not fit"),
    "seal.unknown_issuer": N_("Nobody who is trusted here vouches for the issuer of the seal"),
    "seal.revoked": N_("The certificate had been revoked before it sealed"),
    "seal.time": N_("The time stamp of the seal is not valid"),
    "seal.level": N_("The seal cannot be checked for long"),
    "seal.archive_time": N_("A later time stamp is not valid"),
}
"""By what is wrong, where a check is broken or missing."""

_CLOCK = N_(
    "The time comes from the service's own clock or from an authority whose trust was not established."
)

_READ_ONLY = N_(
    "Software that reads the pages finds exactly this in them. Whether people see the same was not compared."
)

LIMITS: Final[Mapping[str, str]] = {
    "document.advance": N_(
        "Such a copy is for reading before the publication or for a rehearsal. It has no seal and proves "
        "nothing; only the sealed document counts."
    ),
    "document.pages": N_(
        "Another version of the software made this document. Its pages were read, but could not be made "
        "again and compared."
    ),
    "document.text": _READ_ONLY,
    "document.signatories": _READ_ONLY,
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
    "file.published": N_(
        "What was sealed is what was published. Only the time stamps behind it are others: one of the two "
        "files was renewed for the archive."
    ),
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


def headline(report: VerificationReport) -> tuple[str, str]:
    """Title and sentence of a report."""
    if any(finding.check == "document.advance" for finding in report.findings):
        return ADVANCE
    return VERDICTS[report.verdict]
