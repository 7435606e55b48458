"""What the log says of each act, in sentences: who did what, for whom.

A tag may have several, the most telling first: the first whose places are all known is said. So an entry of
an earlier release, which names fewer facts, still gets a sentence of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from server.domain.audit import AuditEvent, Tag
from server.domain.people.invitations.role_words import PART_LABELS
from server.domain.people.roles import ROLES
from server.domain.release.addenda import KIND_WORDS
from server.domain.sign_offs.answers import ANSWERS
from server.domain.sign_offs.statements import LEVEL_WORDS
from server.domain.terms.settings import SECTIONS
from server.web.sentences.messages import N_, Message

SERVICE: Final = Message(N_("The service"))
OTHER_SENTENCE: Final = N_("%(who)s: %(act)s")
"""For a tag that has no sentence of its own."""

STORIES: Final[Sequence[tuple[Tag, str]]] = (
    (Tag.DECLARATION_CREATE, N_("%(who)s created the declaration.")),
    (Tag.PERSON_INVITE, N_("%(who)s invited %(person)s for %(town)s (%(role)s).")),
    (Tag.PERSON_INVITE, N_("%(who)s invited %(person)s (%(role)s).")),
    (Tag.PERSON_INVITE, N_("%(who)s invited somebody for %(town)s (%(role)s).")),
    (Tag.PERSON_INVITE, N_("%(who)s invited somebody (%(role)s).")),
    (Tag.PERSON_INVITE, N_("%(who)s invited somebody.")),
    (Tag.PEOPLE_IMPORT, N_("%(who)s added people from a table: %(count)s.")),
    (Tag.PEOPLE_IMPORT, N_("%(who)s added people from a table.")),
    (Tag.INVITATION_SEND, N_("%(who)s sent the invitation to %(person)s again.")),
    (Tag.INVITATION_SEND, N_("%(who)s sent invitations: %(count)s.")),
    (Tag.INVITATION_SEND, N_("%(who)s sent invitations.")),
    (Tag.INVITATION_OPEN, N_("%(person)s opened the invitation.")),
    (Tag.INVITATION_OPEN, N_("An invitation was opened.")),
    (Tag.INVITATION_REFUSE, N_("A wrong code was entered for the invitation of %(person)s.")),
    (Tag.INVITATION_REFUSE, N_("A wrong code was entered for an invitation.")),
    (Tag.INVITATION_ACCEPT, N_("%(who)s accepted the invitation.")),
    (Tag.INVITATION_REVOKE, N_("%(who)s revoked the invitation of %(person)s.")),
    (Tag.INVITATION_REVOKE, N_("%(who)s revoked an invitation for %(town)s (%(role)s).")),
    (Tag.INVITATION_REVOKE, N_("%(who)s revoked invitations: %(count)s.")),
    (Tag.INVITATION_REVOKE, N_("%(who)s revoked an invitation.")),
    (Tag.PERSON_CHANGE, N_("%(who)s gave %(person)s another role: %(role)s, %(town)s.")),
    (Tag.PERSON_CHANGE, N_("%(who)s gave %(person)s another role: %(role)s.")),
    (Tag.PERSON_CHANGE, N_("%(who)s changed a role.")),
    (Tag.PERSON_REMOVE, N_("%(who)s removed %(person)s.")),
    (Tag.PERSON_REMOVE, N_("%(who)s removed somebody.")),
    (Tag.MANDATE_GIVE, N_("%(who)s entered that %(person)s may sign for %(town)s.")),
    (Tag.MANDATE_GIVE, N_("%(who)s entered a mandate.")),
    (Tag.MANDATE_CHANGE, N_("%(who)s changed the mandate of %(person)s for %(town)s.")),
    (Tag.MANDATE_CHANGE, N_("%(who)s changed a mandate.")),
    (Tag.MANDATE_END, N_("%(who)s ended the mandate of %(person)s for %(town)s.")),
    (Tag.MANDATE_END, N_("%(who)s ended a mandate.")),
    (Tag.REGISTER_IMPORT, N_("%(who)s changed the register of municipalities: %(count)s.")),
    (Tag.REGISTER_IMPORT, N_("%(who)s changed the register of municipalities.")),
    (Tag.REGISTER_MERGE, N_("%(who)s merged a municipality in the register.")),
    (Tag.LOGIN_LINK_SEND, N_("A login link was sent to %(who)s.")),
    (Tag.LOGIN_LINK_USE, N_("%(who)s signed in with a link.")),
    (Tag.LOGIN_LINK_REFUSE, N_("A login link of %(who)s was refused.")),
    (Tag.LOGIN_CODE_REFUSE, N_("A wrong code was entered when signing in as %(who)s.")),
    (Tag.SESSION_END, N_("%(who)s ended sessions: %(sessions)s.")),
    (Tag.SESSION_END, N_("%(who)s signed out.")),
    (Tag.PASSKEY_REGISTER, N_("%(who)s set up a passkey.")),
    (Tag.PASSKEY_USE, N_("%(who)s signed in with a passkey.")),
    (Tag.PASSKEY_REMOVE, N_("%(who)s removed a passkey.")),
    (Tag.PASSKEY_REFUSE, N_("A passkey of %(who)s was refused.")),
    (Tag.PROOF_CODE_SEND, N_("A code for a confirmation was sent to %(who)s.")),
    (Tag.PROOF_CODE_REFUSE, N_("%(who)s entered a wrong code for a confirmation.")),
    (Tag.IDENTITY_LINK, N_("%(who)s linked an account at a provider.")),
    (Tag.IDENTITY_USE, N_("%(who)s signed in through a provider.")),
    (Tag.IDENTITY_REFUSE, N_("%(who)s entered a wrong code for linking an account.")),
    (Tag.IDENTITY_REMOVE, N_("%(who)s removed an account at a provider.")),
    (Tag.PROOF_GIVE, N_("%(who)s confirmed who they are.")),
    (Tag.TEXT_FREEZE, N_("%(who)s fixed the text as revision %(revision)s.")),
    (Tag.TEXT_FREEZE, N_("%(who)s fixed the text.")),
    (Tag.TEXT_REOPEN, N_("%(who)s opened the text again.")),
    (Tag.TEXT_CLEAN, N_("%(who)s removed unknown content from the text.")),
    (Tag.TEXT_BRING_BACK, N_("%(who)s brought earlier words back into paragraph %(block)s of the text.")),
    (Tag.TEXT_BRING_BACK, N_("%(who)s brought an earlier state of the text back.")),
    (Tag.SUGGESTIONS_DECIDE, N_("%(who)s decided about suggestions in the text.")),
    (Tag.THREAD_OPEN, N_("%(who)s began a comment on a passage.")),
    (Tag.THREAD_RESOLVE, N_("%(who)s marked a comment as resolved.")),
    (Tag.THREAD_REOPEN, N_("%(who)s reopened a comment.")),
    (Tag.COMMENT_WRITE, N_("%(who)s answered a comment.")),
    (Tag.COMMENT_CHANGE, N_("%(who)s changed a comment.")),
    (Tag.COMMENT_REMOVE, N_("%(who)s removed a comment.")),
    (Tag.WORKSHOP_OPEN, N_("%(who)s made a link for a workshop.")),
    (Tag.WORKSHOP_CLOSE, N_("%(who)s ended a workshop.")),
    (Tag.NOTE_TAKE, N_("%(who)s took words from a workshop over.")),
    (Tag.NOTE_REJECT, N_("%(who)s rejected words from a workshop.")),
    (Tag.BRANCH_SHARE, N_("%(who)s shared a draft: %(proposals)s proposals.")),
    (Tag.BRANCH_SHARE, N_("%(who)s shared a draft.")),
    (Tag.BATCH_PUT_OFF, N_("%(who)s kept proposals for the next round.")),
    (Tag.SECTION_AGREE, N_("%(who)s marked a section as agreed.")),
    (Tag.SECTION_OPEN, N_("%(who)s opened a section again.")),
    (Tag.SECTION_ASSIGN, N_("%(who)s said who looks after a section.")),
    (Tag.BATCH_TAKE_UP, N_("%(who)s took proposals of an earlier round up again.")),
    (Tag.TEXT_IMPORT, N_("%(who)s took the text of a file over.")),
    (Tag.CHECKPOINT_NAME, N_("%(who)s kept a state of the text under a name.")),
    (Tag.CHECKPOINT_SCRUB, N_("%(who)s took a passage out of the text's history.")),
    (
        Tag.SIGN_OFF_GIVE,
        N_("%(who)s answered for %(town)s to revision %(revision)s: %(answer)s (%(level)s)."),
    ),
    (Tag.SIGN_OFF_GIVE, N_("%(who)s answered for %(town)s: %(answer)s (%(level)s).")),
    (Tag.SIGN_OFF_GIVE, N_("%(who)s answered.")),
    (
        Tag.SIGN_OFF_WITHDRAW,
        N_("%(who)s took back the answer of %(town)s to revision %(revision)s."),
    ),
    (Tag.SIGN_OFF_WITHDRAW, N_("%(who)s took an answer back.")),
    (Tag.SIGN_OFF_PAPER_RECORD, N_("%(who)s recorded an answer on paper of %(town)s.")),
    (Tag.SIGN_OFF_PAPER_RECORD, N_("%(who)s recorded an answer on paper.")),
    (Tag.SIGN_OFF_PAPER_DISCARD, N_("%(who)s discarded an answer on paper of %(town)s.")),
    (Tag.SIGN_OFF_PAPER_DISCARD, N_("%(who)s discarded an answer on paper.")),
    (Tag.OFFICE_NOTE_WRITE, N_("%(who)s left a note for those who sign for %(town)s.")),
    (Tag.OFFICE_NOTE_WRITE, N_("%(who)s left a note for those who sign.")),
    (Tag.SIGN_OFF_CODE_SEND, N_("A code was sent to %(who)s to answer for %(town)s.")),
    (Tag.SIGN_OFF_CODE_SEND, N_("A code for an answer was sent to %(who)s.")),
    (Tag.SIGN_OFF_CODE_REFUSE, N_("%(who)s entered a wrong code when answering for %(town)s.")),
    (Tag.SIGN_OFF_CODE_REFUSE, N_("%(who)s entered a wrong code when answering.")),
    (Tag.SIGN_OFF_COPY_ISSUE, N_("%(who)s was handed a copy to sign for %(town)s.")),
    (Tag.SIGN_OFF_COPY_ISSUE, N_("%(who)s was handed a copy to sign.")),
    (
        Tag.DOCUMENT_SEAL,
        N_("%(who)s made the final document of revision %(revision)s with %(sign_offs)s answers."),
    ),
    (Tag.TRANSLATION_BEGIN, N_("%(who)s began a translation.")),
    (Tag.TRANSLATION_FIX, N_("%(who)s fixed a translation.")),
    (Tag.DOCUMENT_SEAL, N_("%(who)s made the final document.")),
    (Tag.DOCUMENT_RENEW, N_("%(who)s renewed the final document's archive time stamp.")),
    (Tag.DOCUMENT_DOWNLOAD, N_("%(who)s downloaded the final document.")),
    (Tag.DOCUMENT_ARCHIVE, N_("%(who)s made a package for the E-Akte.")),
    (Tag.DECLARATION_PUBLISH, N_("%(who)s published the declaration.")),
    (Tag.ACCESSION_ASK, N_("%(town)s asked to join.")),
    (Tag.ACCESSION_ASK, N_("A municipality asked to join.")),
    (Tag.ACCESSION_ADMIT, N_("%(who)s let %(town)s join.")),
    (Tag.ACCESSION_ADMIT, N_("%(who)s let a municipality join.")),
    (Tag.ACCESSION_REFUSE, N_("%(who)s did not let %(town)s join.")),
    (Tag.ACCESSION_REFUSE, N_("%(who)s did not let a municipality join.")),
    (Tag.ANNEX_SEAL, N_("%(who)s sealed annex %(number)s of those who joined.")),
    (Tag.ANNEX_SEAL, N_("%(who)s sealed an annex of those who joined.")),
    (Tag.ADDENDUM_PROPOSE, N_("%(who)s proposed after the publication: %(kind)s.")),
    (Tag.ADDENDUM_PROPOSE, N_("%(who)s proposed an erratum or the withdrawal.")),
    (Tag.ADDENDUM_SEAL, N_("%(who)s confirmed and sealed: %(kind)s.")),
    (Tag.ADDENDUM_SEAL, N_("%(who)s confirmed and sealed an erratum or the withdrawal.")),
    (Tag.ADDENDUM_DISCARD, N_("%(who)s discarded an erratum or a withdrawal that was proposed.")),
    (Tag.REPORT_WRITE, N_("%(who)s filled in the yearly report of %(town)s.")),
    (Tag.REPORT_WRITE, N_("%(who)s filled in a yearly report.")),
    (
        Tag.REPORT_REMIND,
        N_("%(who)s reminded of the yearly report for %(year)s. Recipients: %(recipients)s."),
    ),
    (Tag.REPORT_REMIND, N_("%(who)s reminded of the yearly report.")),
    (Tag.REPORT_PUBLISH, N_("%(who)s published the yearly report of %(count)s municipalities.")),
    (Tag.REPORT_PUBLISH, N_("%(who)s published a yearly report.")),
    (Tag.WEBHOOK_ADD, N_("%(who)s set up a webhook.")),
    (Tag.WEBHOOK_REMOVE, N_("%(who)s removed a webhook.")),
    (Tag.WEBHOOK_DISABLE, N_("A webhook failed for days and was switched off.")),
    (Tag.WEBHOOK_ENABLE, N_("%(who)s switched a webhook on again.")),
    (Tag.PRESS_DOWNLOAD, N_("%(who)s downloaded for newsrooms: %(file)s.")),
    (Tag.PRESS_DOWNLOAD, N_("%(who)s downloaded a file for newsrooms.")),
    (Tag.PRESS_TEMPLATE, N_("%(who)s changed a template of the press release.")),
    (Tag.PREVIEW_OPEN, N_("%(who)s made a preview link.")),
    (Tag.PREVIEW_CLOSE, N_("%(who)s took a preview link back.")),
    (Tag.RELEASE_PROPOSE, N_("%(who)s proposed a step of the publication.")),
    (Tag.RELEASE_DECIDE, N_("%(who)s decided a step of the publication.")),
    (Tag.RELEASE_DISCARD, N_("%(who)s discarded a step of the publication that was proposed.")),
    (Tag.RELEASE_LOCK, N_("%(who)s locked the document as confidential.")),
    (Tag.DECLARATION_WITHDRAW, N_("%(who)s withdrew the declaration.")),
    (Tag.DECLARATION_ARCHIVE, N_("%(who)s moved the declaration into the archive.")),
    (Tag.DECLARATION_UNARCHIVE, N_("%(who)s took the declaration out of the archive.")),
    (Tag.SETTING_CHANGE, N_("%(who)s changed the settings: %(section)s.")),
    (Tag.SETTING_CHANGE, N_("%(who)s changed the settings.")),
    (Tag.PERSON_ALLOW, N_("%(who)s allowed %(person)s to create declarations.")),
    (Tag.PERSON_ALLOW, N_("%(who)s allowed somebody to create declarations.")),
    (Tag.MAIL_RETURN, N_("%(who)s noted that mail to %(person)s came back.")),
    (Tag.MAIL_RETURN, N_("%(who)s noted that mail came back.")),
    (Tag.REMINDER_SEND, N_("%(who)s sent a reminder. Recipients: %(recipients)s.")),
    (Tag.REMINDER_SEND, N_("%(who)s sent a reminder.")),
    (Tag.WALL_OPEN, N_("%(who)s made a link to the page for the hall.")),
    (Tag.WALL_CLOSE, N_("%(who)s took a link to the page for the hall back.")),
    (Tag.PAGE_CHANGE, N_("%(who)s changed a public page of the service.")),
    (Tag.DATA_EXPORT, N_("%(who)s downloaded their own data.")),
    (Tag.PERSON_ERASE, N_("%(who)s had the personal data of %(person)s erased.")),
    (Tag.PERSON_ERASE, N_("%(who)s had personal data erased.")),
    (Tag.RETENTION_APPLY, N_("%(who)s cleared away data whose time is over.")),
)
_PLACE: Final = re.compile(r"%\((\w+)\)s")
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "answer": {answer.value: facts.label for answer, facts in ANSWERS.items()},
    "kind": {kind.value: word for kind, word in KIND_WORDS.items()},
    "level": {level.value: word for level, word in LEVEL_WORDS.items()},
    "role": {role.value: facts.label for role, facts in ROLES.items()} | dict(PART_LABELS),
    "section": {section.value: facts.label for section, facts in SECTIONS.items()},
}
"""Facts that are words of ours."""
_NUMBERS: Final = ("revision", "count", "sign_offs", "sessions", "left", "block", "recipients")


@dataclass(frozen=True, slots=True)
class Names:
    """`persons` by id, `towns` by official key."""

    persons: Mapping[int, str]
    towns: Mapping[str, str]


def story_of(event: AuditEvent, names: Names) -> Message:
    known = _places(event, names)
    candidates = [text for tag, text in STORIES if tag is event.tag]
    for text in candidates:
        if set(_PLACE.findall(text)) <= known.keys():
            return Message(text, known)
    return Message(OTHER_SENTENCE, {**known, "act": Message(event.tag.sentence)})


def _places(event: AuditEvent, names: Names) -> dict[str, object]:
    facts = event.facts
    known: dict[str, object] = {"who": names.persons.get(event.actor) or SERVICE}
    for key in _NUMBERS:
        if isinstance(facts.get(key), int):
            known[key] = facts[key]
    for key, words in _WORDS.items():
        if (word := words.get(str(facts.get(key)))) is not None:
            known[key] = Message(word)
    if isinstance(person := facts.get("person"), int) and person in names.persons:
        known["person"] = names.persons[person]
    if ags := facts.get("ags"):
        known["town"] = names.towns.get(str(ags), str(ags))
    return known
