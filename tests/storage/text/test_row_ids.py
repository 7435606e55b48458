"""The ids of the update log only grow: a migrated database never gives one twice."""

from pathlib import Path

from sqlalchemy import create_engine, text

from server.cli.migrate import upgrade


def test_sqlite_never_gives_the_id_of_a_deleted_update_again(tmp_path: Path) -> None:
    path = tmp_path / "kraftakt.db"
    upgrade(f"sqlite+aiosqlite:///{path}")
    engine = create_engine(f"sqlite:///{path}")
    insert = text("INSERT INTO updates (text_id, data) VALUES (1, x'00') RETURNING id")
    with engine.begin() as connection:
        connection.execute(text("PRAGMA foreign_keys=OFF"))
        first = connection.scalar(insert)
        connection.execute(text("DELETE FROM updates"))
        assert connection.scalar(insert) > first
    engine.dispose()
