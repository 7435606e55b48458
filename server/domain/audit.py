"""The log of decisive acts. Every act is a leaf of a Merkle log (RFC 9162, `server.domain.merkle`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self

from server.domain.canonical import canonical_bytes
from server.domain.sentences import N_
from server.domain.sign_offs.statements import timestamp


class Tag(StrEnum):
    """`area:subject:action`, and what the log's page calls the act."""

    _value_: str
    sentence: str

    def __new__(cls, tag: str, sentence: str = "") -> Self:
        """Of a new member; `Tag("…")` finds one by its tag alone."""
        if not sentence:
            raise TypeError(f"{tag} has no sentence")
        member = str.__new__(cls, tag)
        member._value_ = tag
        member.sentence = sentence
        return member

    DECLARATION_CREATE = "declaration:declaration:create", N_("Declaration created")
    PERSON_INVITE = "declaration:person:invite", N_("Person invited")
    PEOPLE_IMPORT = "declaration:people:import", N_("People added from a table")
    INVITATION_SEND = "declaration:invitation:send", N_("Invitations sent")
    INVITATION_OPEN = "declaration:invitation:open", N_("Invitation opened")
    INVITATION_REFUSE = "declaration:invitation:refuse", N_("Wrong code for an invitation entered")
    INVITATION_ACCEPT = "declaration:invitation:accept", N_("Invitation accepted")
    INVITATION_REVOKE = "declaration:invitation:revoke", N_("Invitation revoked")
    PERSON_CHANGE = "declaration:person:change", N_("Role changed")
    PERSON_REMOVE = "declaration:person:remove", N_("Person removed")
    MANDATE_GIVE = "declaration:mandate:give", N_("Mandate given")
    MANDATE_CHANGE = "declaration:mandate:change", N_("Mandate changed")
    MANDATE_END = "declaration:mandate:end", N_("Mandate ended")
    REGISTER_IMPORT = "register:municipality:import", N_("Register of municipalities changed")
    REGISTER_MERGE = "register:municipality:merge", N_("Municipality merged")
    LOGIN_LINK_SEND = "account:login_link:send", N_("Login link sent")
    LOGIN_LINK_USE = "account:login_link:use", N_("Signed in")
    LOGIN_LINK_REFUSE = "account:login_link:refuse", N_("Login link refused")
    LOGIN_CODE_REFUSE = "account:login_code:refuse", N_("Wrong code for signing in entered")
    SESSION_END = "account:session:end", N_("Signed out")
    PASSKEY_REGISTER = "account:passkey:register", N_("Passkey set up")
    PASSKEY_USE = "account:passkey:use", N_("Signed in with a passkey")
    PASSKEY_REMOVE = "account:passkey:remove", N_("Passkey removed")
    PASSKEY_REFUSE = "account:passkey:refuse", N_("Passkey refused")
    PROOF_CODE_SEND = "account:proof_code:send", N_("Code for a confirmation sent")
    PROOF_CODE_REFUSE = "account:proof_code:refuse", N_("Wrong code for a confirmation entered")
    IDENTITY_LINK = "account:identity:link", N_("Account at a provider linked")
    IDENTITY_USE = "account:identity:use", N_("Signed in through a provider")
    IDENTITY_REFUSE = "account:identity:refuse", N_("Wrong code for linking an account entered")
    IDENTITY_REMOVE = "account:identity:remove", N_("Account at a provider removed")
    PROOF_GIVE = "account:proof:give", N_("Confirmed who they are")
    TEXT_FREEZE = "declaration:text:freeze", N_("Text fixed as a revision")
    TEXT_REOPEN = "declaration:text:reopen", N_("Text opened again")
    TEXT_CLEAN = "declaration:text:clean", N_("Unknown content removed from the text")
    TEXT_BRING_BACK = (
        "declaration:text:bring_back",
        N_("Earlier words brought back into the text"),
    )
    SUGGESTIONS_DECIDE = "declaration:suggestions:decide", N_("Suggestions decided")
    THREAD_OPEN = "declaration:thread:open", N_("Comment on a passage begun")
    THREAD_RESOLVE = "declaration:thread:resolve", N_("Comment resolved")
    THREAD_REOPEN = "declaration:thread:reopen", N_("Comment reopened")
    COMMENT_WRITE = "declaration:comment:write", N_("Comment answered")
    COMMENT_CHANGE = "declaration:comment:change", N_("Comment changed")
    COMMENT_REMOVE = "declaration:comment:remove", N_("Comment removed")
    TEXT_IMPORT = "declaration:text:import", N_("Text taken over from a file")
    CHECKPOINT_NAME = "declaration:checkpoint:name", N_("State of the text kept under a name")
    CHECKPOINT_SCRUB = (
        "declaration:checkpoint:scrub",
        N_("Passage taken out of the text's history"),
    )
    WORKSHOP_OPEN = "declaration:workshop:open", N_("Link for a workshop made")
    WORKSHOP_CLOSE = "declaration:workshop:close", N_("Workshop ended")
    NOTE_TAKE = "declaration:note:take", N_("Words from a workshop taken over")
    NOTE_REJECT = "declaration:note:reject", N_("Words from a workshop rejected")
    BRANCH_SHARE = "declaration:branch:share", N_("Private draft shared")
    BATCH_PUT_OFF = "declaration:batch:put_off", N_("Proposals kept for the next round")
    BATCH_TAKE_UP = "declaration:batch:take_up", N_("Proposals of an earlier round taken up again")
    SECTION_AGREE = "declaration:section:agree", N_("Section agreed")
    SECTION_OPEN = "declaration:section:reopen", N_("Section open again")
    SECTION_ASSIGN = "declaration:section:assign", N_("Section given to somebody to look after")
    SIGN_OFF_GIVE = "declaration:sign_off:give", N_("Signed")
    SIGN_OFF_WITHDRAW = "declaration:sign_off:withdraw", N_("Answer taken back")
    SIGN_OFF_CODE_SEND = "declaration:sign_off_code:send", N_("Code for signing sent")
    SIGN_OFF_CODE_REFUSE = "declaration:sign_off_code:refuse", N_("Wrong code for signing entered")
    SIGN_OFF_COPY_ISSUE = "declaration:sign_off_copy:issue", N_("Copy for signing handed out")
    SIGN_OFF_PAPER_RECORD = "declaration:sign_off_paper:record", N_("Answer on paper recorded")
    SIGN_OFF_PAPER_DISCARD = (
        "declaration:sign_off_paper:discard",
        N_("Answer on paper discarded"),
    )
    OFFICE_NOTE_WRITE = "declaration:office_note:write", N_("Note for those who sign left")
    MAIL_RETURN = "declaration:mail:return", N_("Mail marked as returned")
    REMINDER_SEND = "declaration:reminder:send", N_("Reminder sent")
    TRANSLATION_BEGIN = "declaration:translation:begin", N_("Translation begun")
    TRANSLATION_FIX = "declaration:translation:fix", N_("Translation fixed")
    DOCUMENT_SEAL = "document:final:seal", N_("Final document sealed")
    DOCUMENT_RENEW = "document:final:renew", N_("Archive time stamp renewed")
    DOCUMENT_DOWNLOAD = "document:final:download", N_("Final document downloaded")
    DOCUMENT_ARCHIVE = "document:final:archive", N_("Package for the E-Akte made")
    DECLARATION_PUBLISH = "declaration:declaration:publish", N_("Declaration published")
    RELEASE_PROPOSE = "declaration:release:propose", N_("Step of the publication proposed")
    RELEASE_DECIDE = "declaration:release:decide", N_("Step of the publication decided")
    RELEASE_DISCARD = "declaration:release:discard", N_("Proposed step of the publication discarded")
    PRESS_DOWNLOAD = "document:press:download", N_("File for newsrooms downloaded")
    PRESS_TEMPLATE = "document:press:change", N_("Template of the press release changed")
    PREVIEW_OPEN = "document:preview:open", N_("Preview link made")
    PREVIEW_CLOSE = "document:preview:close", N_("Preview link taken back")
    ACCESSION_ASK = "declaration:accession:ask", N_("Municipality asked to join")
    ACCESSION_ADMIT = "declaration:accession:admit", N_("Municipality may join")
    ACCESSION_REFUSE = "declaration:accession:refuse", N_("Municipality may not join")
    ANNEX_SEAL = "document:annex:seal", N_("Annex of those who joined sealed")
    ADDENDUM_PROPOSE = "document:addendum:propose", N_("Erratum or withdrawal proposed")
    ADDENDUM_SEAL = "document:addendum:seal", N_("Erratum or withdrawal sealed")
    ADDENDUM_DISCARD = "document:addendum:discard", N_("Proposed erratum or withdrawal discarded")
    WEBHOOK_ADD = "declaration:webhook:add", N_("Webhook set up")
    WEBHOOK_REMOVE = "declaration:webhook:remove", N_("Webhook removed")
    WEBHOOK_DISABLE = "declaration:webhook:disable", N_("Webhook switched off because it failed")
    WEBHOOK_ENABLE = "declaration:webhook:enable", N_("Webhook switched on again")
    REPORT_WRITE = "declaration:report:write", N_("Yearly report filled in")
    REPORT_REMIND = "declaration:report:remind", N_("Reminder of the yearly report sent")
    REPORT_PUBLISH = "declaration:report:publish", N_("Yearly report published")
    RELEASE_LOCK = "declaration:release:lock", N_("Document locked as confidential")
    DECLARATION_WITHDRAW = "declaration:declaration:withdraw", N_("Declaration withdrawn")
    DECLARATION_ARCHIVE = "declaration:declaration:archive", N_("Declaration archived")
    DECLARATION_UNARCHIVE = "declaration:declaration:unarchive", N_("Declaration taken out of the archive")
    WALL_OPEN = "declaration:wall:open", N_("Link to the page for the hall made")
    WALL_CLOSE = "declaration:wall:close", N_("Link to the page for the hall taken back")
    SETTING_CHANGE = "declaration:setting:change", N_("Settings changed")
    PERSON_ALLOW = "account:person:allow", N_("Allowed to create declarations")
    PAGE_CHANGE = "service:page:change", N_("Public page of the service changed")
    DATA_EXPORT = "account:data:export", N_("Own data downloaded")
    PERSON_ERASE = "account:person:erase", N_("Personal data erased")
    RETENTION_APPLY = "service:retention:apply", N_("Data whose time is over cleared away")


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """`actor` is a person's id (0: the service itself); `facts` hold digests and keys, never free text."""

    at: datetime
    tag: Tag
    actor: int
    declaration: str
    facts: Mapping[str, object]

    def canonical(self) -> bytes:
        """The leaf's entry."""
        return canonical_bytes(
            {
                "at": timestamp(self.at),
                "tag": self.tag.value,
                "actor": self.actor,
                "declaration": self.declaration,
                "facts": dict(self.facts),
            }
        )
