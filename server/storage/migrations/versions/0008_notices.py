"""Mail waits as a notice, in words only when it leaves; its person, its Message-ID and its end are stored

Mail that an earlier release had already worded waits on as it is worded.
"""

import json
import secrets

import sqlalchemy as sa
from alembic import op

import server.storage.engine.types

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_MAILS = sa.table(
    "mails",
    *(sa.column(name) for name in ("id", "subject", "body", "key", "notice")),
    sa.column("payload", sa.JSON()),
    sa.column("sent_at", server.storage.engine.types.UtcDateTime(timezone=True)),
)


def upgrade() -> None:
    moment = server.storage.engine.types.UtcDateTime(timezone=True)
    with op.batch_alter_table("mails", schema=None) as batch_op:
        for name, kind in (
            ("key", sa.String(length=32)),
            ("reply_to", sa.String(length=32)),
            ("person_id", sa.Integer()),
            ("declaration_id", sa.Integer()),
            ("notice", sa.String(length=40)),
            ("payload", sa.JSON()),
            ("expires_at", moment),
            ("ended_at", moment),
            ("reason", sa.String(length=100)),
        ):
            batch_op.add_column(sa.Column(name, kind, nullable=True))
    _keep_words()
    op.execute(
        "UPDATE mails SET person_id = "
        "(SELECT id FROM persons WHERE lower(persons.email) = lower(mails.recipient))"
    )
    with op.batch_alter_table("mails", schema=None) as batch_op:
        batch_op.alter_column("key", existing_type=sa.String(length=32), nullable=False)
        batch_op.alter_column("notice", existing_type=sa.String(length=40), nullable=False)
        batch_op.alter_column("payload", existing_type=sa.JSON(), nullable=False)
        batch_op.create_unique_constraint(op.f("uq_mails_key"), ["key"])
        for name, table in (("person_id", "persons"), ("declaration_id", "declarations")):
            batch_op.create_foreign_key(op.f(f"fk_mails_{name}"), table, [name], ["id"])
            batch_op.create_index(op.f(f"ix_mails_{name}"), [name])
        batch_op.drop_column("subject")
        batch_op.drop_column("body")


_ENDS = ("Freundliche Grüße\nKraftakt", "Kind regards\nKraftakt")
"""What every mail says below its words."""


def _keep_words() -> None:
    connection = op.get_bind()
    for row in connection.execute(sa.select(_MAILS)).all():
        words = row.body.strip()
        for end in _ENDS:
            words = words.removesuffix(end).strip()
        is_waiting = row.sent_at is None
        connection.execute(
            _MAILS.update()
            .where(_MAILS.c.id == row.id)
            .values(
                key=secrets.token_hex(16),
                notice="Letter",
                payload={"headline": row.subject, "text": words} if is_waiting else {},
            )
        )


def downgrade() -> None:
    """The earlier release cannot word a notice: mail that waits goes as the bare facts of it."""
    with op.batch_alter_table("mails", schema=None) as batch_op:
        batch_op.add_column(sa.Column("subject", sa.String(length=300), server_default="", nullable=False))
        batch_op.add_column(sa.Column("body", sa.Text(), server_default="", nullable=False))
    _say_facts()
    with op.batch_alter_table("mails", schema=None) as batch_op:
        batch_op.alter_column("subject", existing_type=sa.String(length=300), server_default=None)
        batch_op.alter_column("body", existing_type=sa.Text(), server_default=None)
        batch_op.drop_constraint(op.f("uq_mails_key"), type_="unique")
        for name in ("person_id", "declaration_id"):
            batch_op.drop_constraint(op.f(f"fk_mails_{name}"), type_="foreignkey")
            batch_op.drop_index(op.f(f"ix_mails_{name}"))
        for name in ("key", "reply_to", "person_id", "declaration_id", "notice", "payload"):
            batch_op.drop_column(name)
        for name in ("expires_at", "ended_at", "reason"):
            batch_op.drop_column(name)


def _say_facts() -> None:
    connection = op.get_bind()
    op.execute("UPDATE mails SET sent_at = ended_at WHERE sent_at IS NULL AND ended_at IS NOT NULL")
    for row in connection.execute(sa.select(_MAILS).where(_MAILS.c.sent_at.is_(None))).all():
        words = dict(row.payload)
        subject = words.pop("headline", "Kraftakt")
        body = words.pop("text", None) or json.dumps(words, ensure_ascii=False, indent=2)
        connection.execute(_MAILS.update().where(_MAILS.c.id == row.id).values(subject=subject, body=body))
