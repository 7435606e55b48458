"""What becomes of somebody whose name and address are erased."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from server.domain.errors import Refused
from server.domain.sentences import N_


@dataclass(frozen=True, slots=True)
class Identity:
    """What names a person in texts."""

    name: str
    email: str

    @classmethod
    def pseudonym(cls, person_id: int) -> Self:
        """`.invalid` reaches nobody, ever (RFC 2606, section 2)."""
        return cls(f"Gelöschte Person {person_id}", f"geloescht-{person_id}@kraftakt.invalid")

    def replaced(self, text: str, by: Identity) -> str:
        """The address wherever it stands; the name as a whole. A name of one word may be any word, so it is
        replaced only where nothing else stands."""
        text = re.sub(re.escape(self.email), lambda _: by.email, text, flags=re.IGNORECASE)
        if text.strip() == self.name:
            return by.name
        if " " not in self.name:
            return text
        return re.sub(rf"(?<!\w){re.escape(self.name)}(?!\w)", lambda _: by.name, text)

    def replaced_in(self, value: object, by: Identity) -> object:
        """In JSON, however deep."""
        match value:
            case str():
                return self.replaced(value, by)
            case list():
                return [self.replaced_in(each, by) for each in value]
            case dict():
                return {key: self.replaced_in(each, by) for key, each in value.items()}
            case _:
                return value


class TakesPartElsewhere(Refused):
    """Whose data are to be erased takes part in declarations that the actor does not run."""

    code = "takes_part_elsewhere"
    heading = N_("This person takes part elsewhere too")
    sentence = N_(
        "This person takes part in declarations that you do not coordinate. They can erase their data "
        "themselves, on the page “My account”, or the operator of the service does it."
    )
