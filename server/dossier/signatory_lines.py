"""A sign-off as it is printed."""

from __future__ import annotations

from server.documents.model import SignatoryLine
from server.domain.sign_offs.statements import Level, Statement


def signatory_line(s: Statement, level: Level) -> SignatoryLine:
    return SignatoryLine(
        municipality=s.town,
        name=s.signatory,
        title=s.title,
        deputy=s.capacity.facts.stands_for,
        joint=s.capacity.facts.is_joint,
        answer=s.answer,
        level=level,
        at=s.at,
        statement=s.text,
        represents=s.represents,
        council_date=s.council_date,
        council_body=s.council_body,
        council_reference=s.council_reference,
    )
