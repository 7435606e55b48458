"""How far a declaration is from its quorum, for pages."""

from __future__ import annotations

from datetime import datetime

from server.domain.permissions import Access
from server.domain.terms.quorum import (
    Answers,
    Missing,
    MissingInhabitants,
    MissingNumber,
    MissingTowns,
    Standing,
    UnknownInhabitants,
    counts,
    measure,
)
from server.storage.declarations.settings import read_asked
from server.storage.engine.types import Reader
from server.storage.people.municipalities import read_inhabitants
from server.storage.sign_offs.sign_offs import read_answers
from server.storage.text.revisions import read_heads
from server.web.sentences.messages import N_, Message


def read_standing(db: Reader, access: Access, now: datetime) -> Standing:
    """Of the answers to the current revision; without one, of none."""
    declaration = access.declaration
    heads = read_heads(db, [declaration.text_id])[declaration.text_id]
    current = [head.id for head in heads if head.digest == heads[0].digest]
    given = read_answers(db, current) if current else []
    behind = {a.signatory.municipality.ags for a in given if counts(a.answer)}
    asked = read_asked(db, declaration.id, now)
    return measure(declaration.quorum, Answers(asked, behind, read_inhabitants(db, asked)))


def missing_words(missing: Missing) -> Message:
    """One sentence for what is missing."""
    match missing:
        case MissingNumber(count, needed):
            facts = {"count": count, "needed": needed}
            return Message(
                N_("%(count)s of the %(needed)s municipalities that are needed are missing."), facts
            )
        case MissingTowns(towns):
            names = [town.name for town in towns]
            return Message(N_("These municipalities must have signed: %(names)s."), {"names": names})
        case MissingInhabitants(count, needed):
            facts = {"count": count, "needed": needed}
            return Message(
                N_("Municipalities with %(count)s of the %(needed)s inhabitants needed are missing."),
                facts,
            )
        case UnknownInhabitants(towns):
            names = [town.name for town in towns]
            sentence = N_("The register does not say how many people live in: %(names)s.")
            return Message(sentence, {"names": names})
