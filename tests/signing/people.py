"""Doris, mayor of Offenburg, and others who sign the same text."""

import hashlib
from datetime import UTC, datetime

from server.domain.canonical import digest
from server.domain.people.mandates import MandateKind
from server.domain.people.municipalities import MunicipalityKind
from server.domain.sign_offs.answers import Answer
from server.domain.sign_offs.statements import Level, SignOff, Statement
from server.domain.text.content import Block, Content, Run
from server.signing.evidence.kinds.email_code import email_evidence
from server.signing.evidence.kinds.paper import paper_evidence
from server.signing.evidence.kinds.passkey import passkey_evidence
from server.signing.passkeys.ceremonies import KnownPasskey, verify_assertion, verify_registration
from server.signing.passkeys.relying_party import RelyingParty

from .authenticator import ES256, Authenticator

RP = RelyingParty("kraftakt.example", "Kraftakt", ("https://kraftakt.example",))
AT = datetime(2026, 6, 18, 9, 0, tzinfo=UTC)
CONTENT = Content((Block("paragraph", 0, (Run("Wir stehen füreinander ein."),)),)).canonical()
TOWNS = {
    "08317096": ("Offenburg", MunicipalityKind.GROSSE_KREISSTADT),
    "08317065": ("Lahr/Schwarzwald", MunicipalityKind.GROSSE_KREISSTADT),
    "08317001": ("Achern", MunicipalityKind.GROSSE_KREISSTADT),
}


def statement(ags="08317096", *, content=CONTENT, answer=Answer.SIGNS, text=""):
    name, kind = TOWNS[ags]
    return Statement(
        declaration="digitaltag",
        declaration_title="Erklärung zum Digitaltag",
        revision=3,
        revision_digest=digest(content),
        ags=ags,
        municipality=name,
        municipality_kind=kind,
        signatory="Doris Beispiel",
        title="Oberbürgermeisterin",
        capacity=MandateKind.MAYOR,
        answer=answer,
        wording="Ich zeichne die Erklärung in dieser Fassung mit.",
        at=AT,
        nonce=ags,
        text=text,
    )


def authenticator(algorithm=ES256):
    return Authenticator(RP.id, RP.origins[0], algorithm)


def register(device, challenge=b"r" * 32):
    r = verify_registration(RP, response=device.create(challenge), challenge=challenge)
    return KnownPasskey(r.credential_id, r.cose_key, r.sign_count, r.registration)


def sign_off(said, level, evidence):
    return SignOff(1, 1, 1, said, said.canonical(), level, evidence)


def by_passkey(ags="08317096", *, algorithm=ES256, device=None, said=None):
    device, said = device or authenticator(algorithm), said or statement(ags)
    challenge = hashlib.sha256(said.canonical()).digest()
    known = register(device)
    assertion = verify_assertion(RP, response=device.get(challenge), challenge=challenge, passkey=known)
    return sign_off(said, Level.PASSKEY, passkey_evidence(known, assertion))


def by_email_code(ags="08317065"):
    said = statement(ags)
    evidence = email_evidence(
        sent_at=AT,
        confirmed_at=AT,
        address_hash="a" * 64,
        code_hash="c" * 64,
        statement_digest=digest(said.canonical()),
    )
    return sign_off(said, Level.EMAIL_CODE, evidence)


def on_paper(ags="08317001"):
    said = statement(ags)
    evidence = paper_evidence(recorded_at=AT, scan_digest="5" * 64, statement_digest=digest(said.canonical()))
    return sign_off(said, Level.PAPER, evidence)
