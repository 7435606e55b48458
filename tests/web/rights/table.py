"""What everybody may do, as it should be: written down here a second time, from the roles alone.

Nothing is taken from the service's own permissions: whatever the two say differently is found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tests.web.rights.people import KINDS

PHASES: Final = {"D": "drafting", "S": "signing", "L": "sealed", "P": "published", "W": "withdrawn"}
ALWAYS: Final = "DSLPW"


@dataclass(frozen=True, slots=True)
class Rule:
    """For each kind of person, or a single one, the phases' letters. `of_a_town`: where somebody is refused
    because the municipality is another's, it may be as if it were not there."""

    phases: Mapping[str, str]
    of_a_town: bool = False

    def allows(self, name: str, letter: str) -> bool:
        return letter in self._letters(name)

    def refusals(self, name: str) -> frozenset[int]:
        if self.of_a_town:
            return frozenset({403, 404, 409})
        return frozenset({409 if self._letters(name) else 403})

    def _letters(self, name: str) -> str:
        return self.phases.get(name, self.phases.get(KINDS[name], ""))


def rule(phases: str, *kinds: str) -> Rule:
    return Rule(dict.fromkeys(kinds, phases))


TAKING_PART: Final = (
    "coordinator", "editor", "suggester", "signatory", "former signatory", "press", "observer",
)  # fmt: skip
STAFF: Final = ("coordinator", "editor", "suggester")

everybody_here: Final = rule(ALWAYS, *TAKING_PART)
coordination: Final = rule(ALWAYS, "coordinator")
while_drafting: Final = rule("D", "coordinator")
while_signing: Final = rule("S", "coordinator")
until_the_seal: Final = rule("DS", "coordinator")
until_published: Final = rule("DSL", "coordinator")
sealing: Final = rule("SLP", "coordinator")
"""Who asks for the seal a moment too late is handed what is there."""
hall: Final = rule("DSLP", "coordinator")
writing: Final = rule("DS", *STAFF)
beginning: Final = rule("D", *STAFF)
own_comment: Final = Rule({"coordinator": "DS"}, of_a_town=True)
"""The comment that there is is of the coordination; others are told which of both is against it."""
translating: Final = rule("DSLP", *STAFF)
own_remark: Final = Rule({"coordinator": "DSLP"}, of_a_town=True)
editing: Final = rule("D", "coordinator", "editor")
about_proposals: Final = Rule({"coordinator": "D", "editor": "D"}, of_a_town=True)
"""The proposal that there is is somebody else's; who may only suggest takes back their own."""
signing: Final = rule("S", "signatory")
following: Final = rule(ALWAYS, "coordinator", "editor", "signatory", "former signatory", "observer")
own_answers: Final = rule(ALWAYS, "signatory")
fixed_texts: Final = Rule(
    {kind: "LP" if kind == "press" else ALWAYS for kind in TAKING_PART},
)
taken_along: Final = Rule(
    {kind: {"press": "P", "observer": "DSPW"}.get(kind, ALWAYS) for kind in TAKING_PART},
)
kept_states: Final = Rule({"coordinator": ALWAYS, "editor": "DS", "suggester": "DS"})
kept_translations: Final = Rule({"coordinator": ALWAYS, "editor": "DSLP", "suggester": "DSLP"})
final: Final = rule("LP", *TAKING_PART)
edition: Final = Rule({kind: "P" if kind in ("press", "observer") else "LP" for kind in TAKING_PART})
newsroom: Final = rule("LP", "coordinator", "press")
deciding: Final = rule("L", "coordinator", "press")
planning: Final = rule("L", "coordinator")
published_newsroom: Final = rule("P", "coordinator", "press")
reporting: Final = rule("P", "coordinator", "editor", "suggester", "signatory")
offenburgs_report: Final = Rule({"coordinator": "P", "anna": "P", "doris": "P"}, of_a_town=True)
admitting: Final = rule("P", "coordinator")
editing_press: Final = rule("LP", "coordinator")

own_town: Final = rule(ALWAYS, "editor", "suggester", "signatory")
offenburg: Final = Rule({"coordinator": ALWAYS, "anna": ALWAYS, "doris": ALWAYS}, of_a_town=True)
offenburgs_colleagues: Final = Rule({"coordinator": "DSL", "anna": "DS"}, of_a_town=True)
"""Where the coordination lets offices ask people in."""
offenburgs_mayor: Final = Rule({"coordinator": "DSL"}, of_a_town=True)

own_receipts: Final = Rule({"doris": ALWAYS}, of_a_town=True)
"""Of what Doris answered."""
own_office: Final = rule(ALWAYS, "editor", "suggester")
own_office_while_signing: Final = rule("S", "editor", "suggester")
papers: Final = rule(ALWAYS, "coordinator", "editor", "signatory", "former signatory")
claras_draft: Final = Rule({"clara": "DS"}, of_a_town=True)
"""She prepares it alone; to all others, the coordination too, it does not exist."""
claras_draft_while_drafting: Final = Rule({"clara": "D"}, of_a_town=True)
nothing_there: Final = Rule({}, of_a_town=True)
"""A draft that is not discarded cannot be brought back."""
offenburg_while_signing: Final = Rule({"coordinator": "S", "anna": "S", "doris": "S"}, of_a_town=True)

D: Final = "/declarations/{slug}"
HERE_RULES: Final[Mapping[str, Rule]] = {
    f"GET {D}": everybody_here,
    f"GET {D}/edit": writing,
    f"GET {D}/revisions/{{number}}": fixed_texts,
    f"GET {D}/freeze": while_drafting,
    f"POST {D}/freeze": while_drafting,
    f"GET {D}/reopen": while_signing,
    f"POST {D}/reopen": while_signing,
    f"GET {D}/unknown-content": while_drafting,
    f"POST {D}/unknown-content": while_drafting,
    f"GET {D}/comments": writing,
    f"POST {D}/comments": beginning,
    f"GET {D}/comments/names": writing,
    f"GET {D}/comments/{{key}}": writing,
    f"POST {D}/comments/{{key}}": writing,
    f"POST {D}/comments/{{key}}/resolve": writing,
    f"POST {D}/comments/{{key}}/reopen": writing,
    f"POST {D}/comments/{{key}}/{{comment:int}}": own_comment,
    f"POST {D}/comments/{{key}}/{{comment:int}}/remove": own_comment,
    f"GET {D}/text/files": writing,
    f"POST {D}/text/files": editing,
    f"GET {D}/text/files/text.{{format}}": writing,
    f"GET {D}/text/files/check": editing,
    f"POST {D}/text/files/take-over": editing,
    f"POST {D}/text/files/drop": editing,
    f"GET {D}/translations": fixed_texts,
    f"POST {D}/translations": hall,
    f"GET {D}/translations/{{language}}": fixed_texts,
    f"GET {D}/translations/{{language}}/edit": translating,
    f"POST {D}/translations/{{language}}/fix": hall,
    f"GET {D}/translations/{{language}}/revisions/{{number}}": fixed_texts,
    f"GET {D}/translations/{{language}}/versions": fixed_texts,
    f"POST {D}/translations/{{language}}/versions": rule("DSLP", "coordinator", "editor"),
    f"POST {D}/translations/{{language}}/versions/restore": hall,
    f"GET {D}/translations/{{language}}/versions/{{checkpoint:int}}": kept_translations,
    f"GET {D}/translations/{{language}}/versions/{{checkpoint:int}}/scrub": hall,
    f"POST {D}/translations/{{language}}/versions/{{checkpoint:int}}/scrub": hall,
    f"GET {D}/translations/{{language}}/compare": fixed_texts,
    f"GET {D}/translations/{{language}}/authorship": kept_translations,
    f"GET {D}/translations/{{language}}/decisions": kept_translations,
    f"GET {D}/translations/{{language}}/comments": translating,
    f"POST {D}/translations/{{language}}/comments": translating,
    f"GET {D}/translations/{{language}}/comments/names": translating,
    f"GET {D}/translations/{{language}}/comments/{{key}}": translating,
    f"POST {D}/translations/{{language}}/comments/{{key}}": translating,
    f"POST {D}/translations/{{language}}/comments/{{key}}/resolve": translating,
    f"POST {D}/translations/{{language}}/comments/{{key}}/reopen": translating,
    f"POST {D}/translations/{{language}}/comments/{{key}}/{{comment:int}}": own_remark,
    f"POST {D}/translations/{{language}}/comments/{{key}}/{{comment:int}}/remove": own_remark,
    f"POST {D}/translations/{{language}}/decisions": Rule(
        {"coordinator": "DSLP", "editor": "DSLP"}, of_a_town=True
    ),
    f"GET {D}/versions": fixed_texts,
    f"POST {D}/versions": rule("D", "coordinator", "editor"),
    f"POST {D}/versions/restore": while_drafting,
    f"GET {D}/versions/{{checkpoint:int}}": kept_states,
    f"GET {D}/versions/{{checkpoint:int}}/scrub": while_drafting,
    f"POST {D}/versions/{{checkpoint:int}}/scrub": while_drafting,
    f"GET {D}/decisions": kept_states,
    f"POST {D}/decisions": about_proposals,
    f"GET {D}/compare": fixed_texts,
    f"GET {D}/workshops": while_drafting,
    f"POST {D}/workshops": while_drafting,
    f"POST {D}/workshops/{{workshop:int}}/close": while_drafting,
    f"POST {D}/workshops/notes/{{note:int}}/take": while_drafting,
    f"POST {D}/workshops/notes/{{note:int}}/reject": while_drafting,
    f"GET {D}/branches": writing,
    f"POST {D}/branches": beginning,
    f"GET {D}/batches": writing,
    f"GET {D}/sections": writing,
    f"GET {D}/sections.json": writing,
    f"POST {D}/sections/{{key}}/agree": editing,
    f"POST {D}/sections/{{key}}/reopen": editing,
    f"POST {D}/sections/{{key}}/assign": while_drafting,
    f"GET {D}/branches/{{branch:int}}": claras_draft,
    f"GET {D}/branches/{{branch:int}}/share": claras_draft_while_drafting,
    f"POST {D}/branches/{{branch:int}}/share": claras_draft_while_drafting,
    f"POST {D}/branches/{{branch:int}}/discard": claras_draft,
    f"POST {D}/branches/{{branch:int}}/restore": nothing_there,
    f"POST {D}/branches/{{branch:int}}/put-off": while_drafting,
    f"POST {D}/branches/{{branch:int}}/take-up": while_drafting,
    f"GET {D}/lines.pdf": taken_along,
    f"GET {D}/authorship": kept_states,
    f"GET {D}/lines.json": writing,
    f"GET {D}/sign": own_answers,
    f"GET {D}/sign/preview": own_office,
    f"POST {D}/sign/preview": own_office_while_signing,
    f"GET {D}/sign/receipt/{{sign_off:int}}.pdf": own_receipts,
    f"GET {D}/draft.pdf": taken_along,
    f"POST {D}/sign/code": signing,
    f"GET {D}/sign/code/{{challenge}}": signing,
    f"POST {D}/sign/code/{{challenge}}": signing,
    f"POST {D}/sign/differs": signing,
    f"POST {D}/sign/passkey/begin": signing,
    f"POST {D}/sign/passkey/finish": signing,
    f"POST {D}/sign/withdraw": signing,
    f"POST {D}/sign/copy": signing,
    f"GET {D}/sign/copy/{{challenge}}": signing,
    f"GET {D}/sign/copy/{{challenge}}/copy.pdf": signing,
    f"POST {D}/sign/copy/{{challenge}}": signing,
    f"GET {D}/paper": papers,
    f"POST {D}/paper": while_signing,
    f"GET {D}/paper/{{record}}": offenburg,
    f"GET {D}/paper/{{record}}/scan": offenburg,
    f"POST {D}/paper/{{record}}/confirm": offenburg_while_signing,
    f"POST {D}/paper/{{record}}/discard": offenburg_while_signing,
    f"GET {D}/seal": while_signing,
    f"POST {D}/seal": sealing,
    f"GET {D}/final.pdf": final,
    f"GET {D}/final.html": edition,
    f"GET {D}/release": newsroom,
    f"GET {D}/release/rehearsal": newsroom,
    f"GET {D}/release/rehearsal.pdf": newsroom,
    f"GET {D}/accessions": admitting,
    f"POST {D}/accessions": admitting,
    f"POST {D}/accessions/{{accession:int}}/admit": admitting,
    f"POST {D}/accessions/{{accession:int}}/refuse": admitting,
    f"POST {D}/accessions/seal": admitting,
    f"GET {D}/archive.zip": editing_press,
    f"GET {D}/press": newsroom,
    f"GET {D}/press/kit.zip": newsroom,
    f"GET {D}/press/copy.pdf": newsroom,
    f"GET {D}/press/templates/{{kind}}": editing_press,
    f"POST {D}/press/templates/{{kind}}": editing_press,
    f"POST {D}/press/previews": planning,
    f"POST {D}/press/previews/{{preview:int}}/close": editing_press,
    f"GET {D}/webhooks": coordination,
    f"POST {D}/webhooks": coordination,
    f"POST {D}/webhooks/{{webhook:int}}/remove": coordination,
    f"POST {D}/webhooks/{{webhook:int}}/enable": coordination,
    f"POST {D}/webhooks/{{webhook:int}}/test": coordination,
    f"POST {D}/webhooks/{{webhook:int}}/deliveries/{{delivery:int}}": coordination,
    f"GET {D}/reports": reporting,
    f"POST {D}/reports": offenburgs_report,
    f"POST {D}/reports/publish": admitting,
    f"POST {D}/reports/remind": admitting,
    f"GET {D}/addenda": published_newsroom,
    f"POST {D}/addenda/propose": admitting,
    f"POST {D}/addenda/confirm": published_newsroom,
    f"POST {D}/addenda/discard": published_newsroom,
    f"POST {D}/release/propose": planning,
    f"POST {D}/release/confirm": deciding,
    f"POST {D}/release/discard": deciding,
    f"POST {D}/release/lock": planning,
    f"GET {D}/log": coordination,
    f"GET {D}/board": following,
    f"GET {D}/board/live": following,
    f"GET {D}/board.csv": following,
    f"GET {D}/board.json": following,
    f"POST {D}/board/walls": hall,
    f"POST {D}/board/walls/{{wall:int}}/close": hall,
    f"GET {D}/log.csv": coordination,
    f"GET {D}/log.json": coordination,
    f"GET {D}/deadline.ics": everybody_here,
    f"GET {D}/mails": coordination,
    f"POST {D}/mails": coordination,
    f"GET {D}/reminders": while_signing,
    f"POST {D}/reminders": while_signing,
    f"POST {D}/reminders/send": while_signing,
    f"GET {D}/settings": coordination,
    f"POST {D}/settings/creators": coordination,
    f"GET {D}/settings/{{section}} title": while_drafting,
    f"GET {D}/settings/{{section}} deadline": until_the_seal,
    f"GET {D}/settings/{{section}} embargo": until_published,
    f"POST {D}/settings/{{section}} title": while_drafting,
    f"POST {D}/settings/{{section}} deadline": until_the_seal,
    f"POST {D}/settings/{{section}} embargo": until_published,
    f"POST {D}/archive": coordination,
    f"GET {D}/withdraw": until_published,
    f"POST {D}/withdraw": until_published,
    f"GET {D}/municipality": own_town,
    f"GET {D}/municipalities/{{ags}}": offenburg,
    f"GET {D}/municipalities/{{ags}}/invite": offenburgs_colleagues,
    f"POST {D}/municipalities/{{ags}}/invite": offenburgs_colleagues,
    f"GET {D}/municipalities/{{ags}}/mandates": offenburgs_colleagues,
    f"POST {D}/municipalities/{{ags}}/mandates": offenburgs_colleagues,
    f"GET {D}/municipalities/{{ags}}/mandates/{{mandate:int}}": offenburgs_mayor,
    f"POST {D}/municipalities/{{ags}}/mandates/{{mandate:int}}": offenburgs_mayor,
    f"GET {D}/municipalities/{{ags}}/mandates/{{mandate:int}}/end": offenburgs_mayor,
    f"POST {D}/municipalities/{{ags}}/mandates/{{mandate:int}}/end": offenburgs_mayor,
    f"GET {D}/people": coordination,
    f"GET {D}/people/invite": until_published,
    f"POST {D}/people/invite": until_published,
    f"POST {D}/people/chosen": until_published,
    f"POST {D}/people/chosen/send": until_published,
    f"POST {D}/people/chosen/revoke": until_published,
    f"GET {D}/people/{{person:int}}": until_published,
    f"POST {D}/people/{{person:int}}": until_published,
    f"GET {D}/people/{{person:int}}/remove": until_published,
    f"POST {D}/people/{{person:int}}/remove": until_published,
    f"POST {D}/people/invitations/{{invitation:int}}/send": until_published,
    f"GET {D}/people/invitations/{{invitation:int}}/revoke": until_published,
    f"POST {D}/people/invitations/{{invitation:int}}/revoke": until_published,
    f"GET {D}/people/import": until_published,
    f"POST {D}/people/import": until_published,
    f"POST {D}/people/import/pick": until_published,
    f"GET {D}/people/import/check": until_published,
    f"POST {D}/people/import/check": until_published,
    f"POST {D}/people/import/confirm": until_published,
    f"POST {D}/people/import/drop": until_published,
    f"GET {D}/people/send": until_published,
    f"POST {D}/people/send": until_published,
}
"""Routes of a declaration."""

SIGNED_IN: Final = frozenset(
    {
        "GET /declarations",
        "GET /account",
        "GET /account/data",
        "POST /account/data",
        "GET /account/erase",
        "POST /account/erase",
        "GET /account/notices",
        "POST /account/notices",
        "POST /help/known",
        "POST /account/passkeys/{number:int}",
        "GET /account/passkeys/{number:int}/remove",
        "POST /account/passkeys/{number:int}/remove",
        "POST /account/identities/{number:int}/remove",
        "POST /account/sessions/end-others",
        "POST /account/sessions/{key}/end",
        "GET /account/confirm",
        "POST /account/confirm/send",
        "POST /account/confirm/code",
        "POST /account/confirm/passkey/begin",
        "POST /account/confirm/passkey/finish",
        "POST /passkeys/begin",
        "POST /passkeys/finish",
    }
)
"""Of one's own account."""
CREATORS: Final = frozenset(
    {
        "GET /declarations/new",
        "POST /declarations/new",
        "GET /register",
        "POST /register",
        "POST /register/merge",
        "GET /privacy/edit",
        "POST /privacy/edit",
        "GET /imprint/edit",
        "POST /imprint/edit",
        "GET /accessibility/edit",
        "POST /accessibility/edit",
        "GET /declarations/{slug}/people/{person:int}/erase",
        "POST /declarations/{slug}/people/{person:int}/erase",
    }
)
"""For whom the operator has named, whatever they are in any declaration."""
BY_SECRET: Final = frozenset(
    {
        "GET /login/{token}",
        "POST /login/{token}",
        "GET /login/with/{provider}",
        "GET /login/with/{provider}/back",
        "GET /login/code/{challenge}",
        "POST /login/code/{challenge}",
        "POST /login/passkey/begin",
        "POST /login/passkey/finish",
        "GET /invitations/{token}",
        "POST /invitations/{token}",
        "POST /invitations/{token}/accept",
        "POST /invitations/{token}/join",
        "POST /invitations/{token}/renew",
        "GET /notices/{token}",
        "POST /notices/{token}",
        "GET /notices/{token}/stop",
        "GET /mails",
        "GET /mails/{number:int}",
        "POST /notices/{token}/stop",
        "GET /workshop/{token}",
        "POST /workshop/{token}",
        "GET /vorschau/{token}",
        "GET /vorschau/{token}/vorabexemplar.pdf",
        "GET /beitritt/{token}",
        "GET /wall/{token}",
        "GET /wall/{token}/state",
    }
)
"""Who holds the secret from a mail, or proves an account, may; nobody by what they are. The mails of a
demo are here too: nobody has them in a service that is none."""
PUBLIC: Final = frozenset(
    {
        "GET /",
        "GET /login",
        "POST /login",
        "GET /login/sent",
        "POST /logout",
        "GET /account/erased",
        "GET /privacy",
        "GET /imprint",
        "GET /accessibility",
        "GET /verify",
        "GET /help",
        "GET /help/rights",
        "GET /help/shortcuts",
        "GET /help/{guide}",
        "POST /verify",
        "GET /v/{code}",
        "GET /e/{slug}",
        "GET /e/{slug}/fassung/{number}",
        "GET /e/{slug}/erklaerung.pdf",
        "GET /e/{slug}/erklaerung.html",
        "GET /e/{slug}/text.txt",
        "GET /e/{slug}/{language}",
        "GET /e/{slug}/{language}/text.txt",
        "GET /e/{slug}/{language}/text.json",
        "GET /e/{slug}/namen.csv",
        "GET /e/{slug}/namen.json",
        "GET /e/{slug}/karte.svg",
        "GET /e/{slug}/karte.png",
        "GET /e/{slug}/bild.png",
        "GET /e/{slug}/feed.atom",
        "GET /e/{slug}/beitreten",
        "POST /e/{slug}/beitreten",
        "GET /e/{slug}/nachtrag/{number:int}.pdf",
        "GET /e/{slug}/berichtigung/{number:int}.pdf",
        "GET /e/{slug}/zurueckziehung.pdf",
        "GET /e/{slug}/umsetzung/{year:int}",
        "GET /e/{slug}/einbetten",
        "GET /e/{slug}/zaehler.svg",
        "GET /e/{slug}/oembed.json",
        "GET /api/v1/declarations",
        "GET /api/v1/declarations/{slug}",
        "GET /api/v1/openapi.json",
        "GET /api/v1/{rest:path}",
        "GET /health",
        "GET /ready",
        "GET /static/{name:path}",
        "GET /editor-worker.js",
    }
)
