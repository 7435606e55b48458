"""Mail that came back, as mail servers say it (RFC 3464), and from a mailbox."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from server.mail.bounces import MAX_BYTES, Bounce, fetch_bounces, read_bounce

KEY = "0123456789abcdef0123456789abcdef"
REPORT = """\
From: MAILER-DAEMON@mx.example
To: kraftakt@kraftakt.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; nobody@rathaus.example
Action: failed
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 unknown

--b
Content-Type: {kind}

From: kraftakt@kraftakt.example
Message-ID: <{key}@kraftakt.example>
Subject: Bitte zeichnen Sie

--b--
"""


def report(status: str = "5.1.1", kind: str = "text/rfc822-headers", key: str = KEY) -> bytes:
    return REPORT.format(status=status, kind=kind, key=key).replace("\n", "\r\n").encode()


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_a_returned_mail_names_the_one_that_was_sent(kind: str) -> None:
    assert read_bounce(report(kind=kind)) == Bounce(KEY, "5.1.1")


@pytest.mark.parametrize(
    "data",
    [
        report(status="4.4.1"),
        report(key="not-ours"),
        b"From: office@rathaus.example\r\nSubject: Ich bin im Urlaub\r\n\r\nBis bald.\r\n",
        report().replace(b"multipart/report", b"multipart/mixed"),
        b"",
        b"\xff\x00" * 1000,
        b"Content-Type: multipart/report; boundary=b\r\n\r\n" + b"--b\r\n\r\n" * (MAX_BYTES // 8),
    ],
)
def test_everything_else_is_none(data: bytes) -> None:
    assert read_bounce(data) is None


class Mailbox(socketserver.StreamRequestHandler):
    """As much IMAP as reading a mailbox takes."""

    messages: list[bytes]
    seen: list[str]

    def handle(self) -> None:
        self._say(b"* OK ready")
        while line := self.rfile.readline().decode().strip():
            tag, command, *rest = line.split(" ", 3)
            self._answer(command.upper(), rest)
            self._say(f"{tag} OK done".encode())
            if command.upper() == "LOGOUT":
                return

    def _answer(self, command: str, rest: list[str]) -> None:
        match command, rest:
            case "CAPABILITY", _:
                self._say(b"* CAPABILITY IMAP4rev1")
            case "SELECT", _:
                self._say(f"* {len(self.messages)} EXISTS".encode())
            case "UID", ["SEARCH", *_]:
                uids = [str(n) for n in range(1, len(self.messages) + 1) if str(n) not in self.seen]
                self._say(f"* SEARCH {' '.join(uids)}".rstrip().encode())
            case "UID", ["FETCH", what]:
                data = self.messages[int(what.split()[0]) - 1]
                head = f"* 1 FETCH (UID 1 BODY[]<0> {{{len(data)}}}\r\n".encode()
                self.wfile.write(head + data + b")\r\n")
            case "UID", ["STORE", what]:
                self.seen.append(what.split()[0])

    def _say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")


@contextmanager
def mailbox(*messages: bytes) -> Iterator[tuple[str, list[str]]]:
    """Its address, and the numbers of what was marked as read."""
    seen: list[str] = []
    handler = type("Handler", (Mailbox,), {"messages": list(messages), "seen": seen})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"imap://kraftakt:secret@127.0.0.1:{server.server_address[1]}/INBOX", seen
        server.shutdown()


def test_a_mailbox_is_read_once() -> None:
    with mailbox(report(), b"Subject: Hallo\r\n\r\nGuten Tag\r\n") as (url, seen):
        assert list(fetch_bounces(url)) == [Bounce(KEY, "5.1.1")]
        assert seen == ["1", "2"]
        assert list(fetch_bounces(url)) == []


def test_a_mailbox_that_is_not_there_is_an_error_that_is_tried_again() -> None:
    with mailbox() as (url, _):
        pass
    with pytest.raises(OSError, match=r"."):
        list(fetch_bounces(url))
