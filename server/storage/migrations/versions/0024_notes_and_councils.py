"""Notes of the mayors' offices on the brief; days on which councils decide about an answer"""

import json

import sqlalchemy as sa
from alembic import op

import server.storage.engine.types

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_KEYS = {
    "declaration_id": "declarations.id",
    "ags": "municipalities.ags",
    "revision_id": "revisions.id",
    "person_id": "persons.id",
}


def _key(column: str, target: str) -> sa.ForeignKeyConstraint:
    name = f"fk_office_notes_{column}_{target.partition('.')[0]}"
    return sa.ForeignKeyConstraint([column], [target], name=name)


def upgrade() -> None:
    op.create_table(
        "office_notes",
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("ags", sa.String(length=8), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("written_at", server.storage.engine.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("questions", sa.Text(), nullable=False),
        *(_key(column, target) for column, target in _KEYS.items()),
        sa.PrimaryKeyConstraint("declaration_id", "ags", name="pk_office_notes"),
    )

    op.create_table(
        "council_meetings",
        sa.Column("sign_off_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("reminded_at", server.storage.engine.types.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["sign_off_id"], ["sign_offs.id"], name="fk_council_meetings_sign_off_id_sign_offs"
        ),
        sa.PrimaryKeyConstraint("sign_off_id", name="pk_council_meetings"),
    )
    op.create_index("ix_council_meetings_day", "council_meetings", ["day"])
    _note_meetings()


def _note_meetings() -> None:
    """Of the answers that are there."""
    sign_offs = sa.table("sign_offs", sa.column("id"), sa.column("statement"))
    meetings = sa.table("council_meetings", sa.column("sign_off_id"), sa.column("day"))
    found = [
        {"sign_off_id": row.id, "day": day}
        for row in op.get_bind().execute(sa.select(sign_offs.c.id, sign_offs.c.statement)).all()
        if (day := json.loads(bytes(row.statement)).get("council_date"))
    ]
    if found:
        op.bulk_insert(meetings, found)


def downgrade() -> None:
    op.drop_index("ix_council_meetings_day", table_name="council_meetings")
    op.drop_table("council_meetings")
    op.drop_table("office_notes")
