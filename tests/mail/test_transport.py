"""What stands above a mail's words."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from server.mail.folder import list_mails
from server.mail.messages import Message
from server.mail.transport import FolderTransport, Mail, build_email

SENDER = "kraftakt@kraftakt.example"
MESSAGE = Message("Betreff", "Wörter\n", "<p>Wörter</p>\n", "de")


def test_a_mail_has_both_parts_the_html_last() -> None:
    email = build_email(SENDER, Mail("k1", "a@example.org", MESSAGE))
    assert email.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in email.iter_parts()] == ["text/plain", "text/html"]
    assert [part.get_content() for part in email.iter_parts()] == [MESSAGE.text, MESSAGE.html]  # type: ignore[attr-defined]


def test_it_says_who_wrote_it_and_in_which_language() -> None:
    email = build_email(SENDER, Mail("k1", "a@example.org", MESSAGE))
    assert email["Message-ID"] == "<k1@kraftakt.example>"
    assert email["Auto-Submitted"] == "auto-generated"
    assert email["Content-Language"] == "de"
    assert email["Precedence"] is email["List-Unsubscribe"] is email["In-Reply-To"] is None


def test_a_reminder_belongs_to_the_mail_that_it_reminds_of() -> None:
    email = build_email(SENDER, Mail("k2", "a@example.org", MESSAGE, reply_to="k1"))
    assert email["In-Reply-To"] == email["References"] == "<k1@kraftakt.example>"


def test_what_comes_again_can_be_stopped_with_one_press() -> None:
    address = "https://kraftakt.example/notices/abc"
    email = build_email(SENDER, Mail("k2", "a@example.org", MESSAGE, unsubscribe=address))
    assert email["List-Unsubscribe"] == f"<{address}>"
    assert email["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_calendar_file_comes_beside_the_words() -> None:
    email = build_email(SENDER, Mail("k2", "a@example.org", MESSAGE, calendar=b"BEGIN:VCALENDAR\r\n"))
    assert email.get_content_type() == "multipart/mixed"
    attached = next(email.iter_attachments())
    assert (attached.get_filename(), attached.get_content_type()) == ("deadline.ics", "text/calendar")


def test_a_mail_in_the_folder_can_be_read_again(tmp_path: Path) -> None:
    FolderTransport(tmp_path / "mail", SENDER).send(Mail("k1", "a@example.org", MESSAGE))
    (path,) = (tmp_path / "mail").iterdir()
    read = message_from_bytes(path.read_bytes(), policy=default)
    assert read.get_body(("plain",)).get_content() == MESSAGE.text  # type: ignore[union-attr]
    assert path.stat().st_mode & 0o077 == 0


def test_who_reads_the_folder_meets_whole_mails_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    met: list[int] = []

    def slowly(path: Path, data: bytes) -> int:
        with path.open("wb") as file:
            for half in (data[:100], data[100:]):
                met.append(len(list_mails(tmp_path, 9)))
                file.write(half)
                file.flush()
        return len(data)

    monkeypatch.setattr(Path, "write_bytes", slowly)
    FolderTransport(tmp_path, SENDER).send(Mail("k1", "a@example.org", MESSAGE))
    assert met == [0, 0]
    assert len(list_mails(tmp_path, 9)) == 1
