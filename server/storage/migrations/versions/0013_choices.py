"""What people want to be sent, daily mails, announced deadlines, reminders"""

import sqlalchemy as sa
from alembic import op

import server.storage.engine.types

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = server.storage.engine.types.UtcDateTime(timezone=True)
    op.create_table(
        "notice_choices",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("pace", sa.String(length=10), nullable=False),
        _refers("notice_choices", "person_id", "persons"),
        sa.PrimaryKeyConstraint("person_id", "kind", name=op.f("pk_notice_choices")),
    )
    op.create_table(
        "digest_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("notice", sa.String(length=40), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        _refers("digest_items", "person_id", "persons"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_items")),
    )
    op.create_index(op.f("ix_digest_items_person_id"), "digest_items", ["person_id"])
    op.create_table(
        "deadline_notices",
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("deadline", moment, nullable=False),
        sa.Column("days", sa.Integer(), autoincrement=False, nullable=False),
        _refers("deadline_notices", "declaration_id", "declarations"),
        sa.PrimaryKeyConstraint("declaration_id", "deadline", "days", name=op.f("pk_deadline_notices")),
    )
    op.create_table(
        "reminders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        _refers("reminders", "declaration_id", "declarations"),
        _refers("reminders", "person_id", "persons"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
    )
    op.create_index(op.f("ix_reminders_declaration_id"), "reminders", ["declaration_id"])
    op.create_table(
        "reminder_recipients",
        sa.Column("reminder_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        _refers("reminder_recipients", "reminder_id", "reminders"),
        _refers("reminder_recipients", "person_id", "persons"),
        sa.PrimaryKeyConstraint("reminder_id", "person_id", name=op.f("pk_reminder_recipients")),
    )
    op.create_index(op.f("ix_reminder_recipients_person_id"), "reminder_recipients", ["person_id"])


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def downgrade() -> None:
    for table in ("reminder_recipients", "reminders", "deadline_notices", "digest_items", "notice_choices"):
        op.drop_table(table)
