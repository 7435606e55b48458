"""The words that people read for phases, answers, levels, kinds and roles (see the glossary)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from server.domain.declarations import Phase
from server.domain.people import roles
from server.domain.people.municipalities import MunicipalityKind
from server.domain.people.roles import Role
from server.domain.sign_offs import answers
from server.domain.sign_offs.answers import Answer
from server.domain.sign_offs.statements import LEVEL_WORDS, Level
from server.web.sentences.messages import N_

PHASES: Final[Mapping[Phase, str]] = {
    Phase.DRAFTING: N_("Draft"),
    Phase.SIGNING: N_("Sign-off"),
    Phase.SEALED: N_("Sealed"),
    Phase.PUBLISHED: N_("Published"),
    Phase.WITHDRAWN: N_("Withdrawn"),
}
ANSWERS: Final[Mapping[Answer, str]] = {answer: facts.label for answer, facts in answers.ANSWERS.items()}
LEVELS: Final[Mapping[Level, str]] = LEVEL_WORDS
KINDS: Final[Mapping[MunicipalityKind, str]] = {
    MunicipalityKind.GROSSE_KREISSTADT: N_("Major district towns"),
    MunicipalityKind.STADT: N_("Towns"),
    MunicipalityKind.GEMEINDE: N_("Municipalities"),
    MunicipalityKind.LANDKREIS: N_("Districts"),
    MunicipalityKind.VERBAND: N_("Associations"),
}
KIND_OF_ONE: Final[Mapping[MunicipalityKind, str]] = {
    MunicipalityKind.GROSSE_KREISSTADT: N_("Major district town"),
    MunicipalityKind.STADT: N_("Town"),
    MunicipalityKind.GEMEINDE: N_("Small municipality"),
    MunicipalityKind.LANDKREIS: N_("District authority"),
    MunicipalityKind.VERBAND: N_("Association"),
}
ROLES: Final[Mapping[Role, str]] = {role: facts.label for role, facts in roles.ROLES.items()}
FOR_MUNICIPALITY: Final[Mapping[MunicipalityKind, str]] = {
    MunicipalityKind.GROSSE_KREISSTADT: N_("the major district town of %(name)s"),
    MunicipalityKind.STADT: N_("the town of %(name)s"),
    MunicipalityKind.GEMEINDE: N_("the municipality of %(name)s"),
    MunicipalityKind.LANDKREIS: N_("the district of %(name)s"),
    MunicipalityKind.VERBAND: N_("the association %(name)s"),
}
