"""Mail that was already worded when the service was renewed still leaves, and survives the way back."""

import sqlite3
from pathlib import Path

from alembic import command

from server.cli.migrate import config_for

AT = "2026-06-17 10:00:00.000000"


def test_mail_that_waits_keeps_its_words_there_and_back(tmp_path: Path) -> None:
    path = tmp_path / "kraftakt.db"
    config = config_for(f"sqlite+aiosqlite:///{path}")
    command.upgrade(config, "0007")
    with sqlite3.connect(path) as connection:
        connection.execute(
            "INSERT INTO persons (id, email, name, handle, language, created_at) "
            "VALUES (3, 'Anna@example.org', 'Anna', x'01', 'de', ?)",
            (AT,),
        )
        for recipient, body, sent in (
            ("anna@example.org", "Hallo\n\nFreundliche Grüße\nKraftakt\n", None),
            ("fremd@example.org", "", AT),
        ):
            connection.execute(
                "INSERT INTO mails (recipient, subject, body, created_at, sent_at, refusals) "
                "VALUES (?, 'Betreff', ?, ?, ?, 0)",
                (recipient, body, AT, sent),
            )
    command.upgrade(config, "0008")
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT person_id, notice, payload, length(key) FROM mails").fetchall()
    assert rows == [(3, "Letter", '{"headline": "Betreff", "text": "Hallo"}', 32), (None, "Letter", "{}", 32)]
    command.downgrade(config, "0007")
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT subject, body FROM mails WHERE sent_at IS NULL").fetchall() == [
            ("Betreff", "Hallo")
        ]
