"""The people of nine municipalities who answer, each in their own way, and what they find in their mail."""

from __future__ import annotations

import re
import time
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Final

from playwright.sync_api import Browser, Locator, Page

from tests.story.people import Visitor
from tests.story.service import Service
from tests.waiting import HANG, POLL

OFFENBURG, LAHR, ACHERN, OBERKIRCH, KEHL = "08317096", "08317065", "08317001", "08317089", "08317057"
"""The five Große Kreisstädte."""
APPENWEIER, PETERSTAL, BERGHAUPTEN = "08317005", "08317008", "08317009"
DEPUTY, FIRST_CLERK, SECOND_CLERK = "primel@oberkirch.example", "salbei@kehl.example", "thymian@kehl.example"
BOXES: Final = {OFFENBURG: "doris@rathaus.example", LAHR: "gustav@rathaus.example"}


def mayor_of(ags: str) -> str:
    """Their address."""
    return BOXES.get(ags, f"rathaus-{ags}@rathaus.example")


def body_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def find_mail(service: Service, email: str, subject: str) -> EmailMessage:
    """The newest one to that address with such a subject, as soon as it is there."""
    deadline = time.monotonic() + HANG
    while time.monotonic() < deadline:
        for path in sorted((service.data / "mail").glob(f"*-{email}.eml"), reverse=True):
            with path.open("rb") as file:
                mail = BytesParser(policy=default).parse(file)
            assert isinstance(mail, EmailMessage)
            if re.search(subject, str(mail["Subject"])):
                return mail
        time.sleep(POLL)
    raise AssertionError(f"no mail for {email} about {subject}")


def link_to_sign(service: Service, email: str, revision: int = 1) -> str:
    """In the request to sign that revision."""
    found = re.search(r"http\S+/login/\S+", body_of(find_mail(service, email, f"Fassung {revision}")))
    assert found is not None
    return found[0]


class Signatory(Visitor):
    """Somebody with a mailbox who is asked to sign, on a phone or at a desk."""

    def __init__(self, browser: Browser, service: Service, email: str, *, phone: bool = True) -> None:
        super().__init__(browser, service, email.split("@", maxsplit=1)[0], phone=phone)
        self.email = email

    def follow_the_mail(self, revision: int = 1) -> Page:
        self.page.goto(link_to_sign(self.service, self.email, revision))
        self.press("Weiter zum Text")
        return self.page

    def accept_the_invitation(self) -> None:
        letter = body_of(find_mail(self.service, self.email, "Einladung"))
        link, code = re.search(r"http://\S+/invitations/\S+", letter), re.search(r"\b\d{4} \d{4}\b", letter)
        assert link is not None, letter
        assert code is not None, letter
        self.page.goto(link[0].rstrip(".)>"))
        self.press("Einladung öffnen")
        self.page.get_by_label("Code aus der E-Mail").fill(code[0])
        self.press("Einladung annehmen")

    def choose(self, label: str) -> None:
        """Answers are never chosen beforehand."""
        self.page.get_by_text(label, exact=True).click()

    def enter_the_code(self) -> None:
        field = self.page.get_by_label("Code aus der E-Mail")
        field.fill(self.service.newest_code(self.email))
        self.press("Zeichnen")

    @property
    def heading(self) -> Locator:
        return self.page.get_by_role("heading", level=1)
