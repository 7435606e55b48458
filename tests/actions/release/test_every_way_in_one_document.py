"""A declaration with every kind of answer and every way of giving it: the seal prints each as what it is."""

from __future__ import annotations

from server.actions.declarations.start import Invitee
from server.actions.sign_offs.paper.recording import record_paper
from server.actions.sign_offs.paper.settling import confirm_paper
from server.domain.people.mandates import MandateKind
from server.domain.people.roles import Role
from server.domain.release.verification import Outcome
from server.domain.sign_offs.answers import Answer
from server.domain.terms.local_time import day_of
from server.dossier.check.document import verify_document
from tests.actions.sign_offs.people import with_people
from tests.dossier.scans import pdf
from tests.signing.copies import homemade, sign_copy
from tests.world import SLUG, World

TOWNS = {
    "Malve": "08317001",
    "Nelke": "08317005",
    "Primel": "08317008",
    "Rose": "08317009",
    "Salbei": "08317011",
    "Tulpe": "08317021",
    "Veilchen": "08317026",
}
DEPUTIES = {"Tulpe": MandateKind.DEPUTY}
PAIR = ("Aster", "Distel")


def invitee(name: str, ags: str, kind: MandateKind = MandateKind.MAYOR) -> Invitee:
    return Invitee(f"{name.lower()}@example.org", name, Role.SIGNATORY, ags, "Bürgermeisterin", kind)


def test_each_is_printed_and_verified_as_what_it_is(world: World) -> None:
    with_people(world, *(invitee(n, a, DEPUTIES.get(n, MandateKind.MAYOR)) for n, a in TOWNS.items()))
    with_people(world, *(invitee(name, "08317031", MandateKind.JOINT) for name in PAIR))
    world.freeze()
    world.sign_with_passkey("malve")
    world.answer("nelke", Answer.SIGNS)
    world.answer("primel", Answer.SIGNS_WITH_STATEMENT, "Mit Nachdruck.")
    world.answer("rose", Answer.SUBJECT_TO_COUNCIL)
    world.sign_copy("salbei", lambda copy: sign_copy(copy, homemade("Salbei Beispiel")))
    world.answer("tulpe", Answer.SIGNS)
    on_paper(world, "veilchen")
    for name in PAIR:
        world.answer(name.lower(), Answer.SIGNS)
    world.answer("doris", Answer.DECLINES, "Zu teuer.")
    world.wait(minutes=1)
    final = world.seal()
    report = verify_document(final.pdf, list(world.services.sealer.roots), None)
    assert [f for f in report.findings if f.outcome in (Outcome.BROKEN, Outcome.MISSING)] == []
    levels = {line.signatory: (line.answer, line.level) for line in report.sign_offs}
    assert levels == {
        "Malve": ("signs", "passkey"),
        "Nelke": ("signs", "email_code"),
        "Primel": ("signs_with_statement", "email_code"),
        "Rose": ("subject_to_council", "email_code"),
        "Salbei": ("signs", "pdf_signature"),
        "Tulpe": ("signs", "email_code"),
        "Veilchen": ("signs", "paper"),
        "Aster": ("signs", "email_code"),
        "Distel": ("signs", "email_code"),
    }


def on_paper(world: World, whose: str) -> None:
    asked = world.asked(whose)
    day = day_of(world.time).isoformat()
    record = record_paper(
        world.services,
        actor=world.person("clara"),
        slug=SLUG,
        request=asked["request"],
        decided_on=day,
        scan=pdf(),
    )
    record_id = world.run(record)
    world.run(confirm_paper(world.services, actor=world.person(whose), slug=SLUG, record_id=record_id))
