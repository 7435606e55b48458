"""Notes of the mayors' offices on the brief"""

import sqlalchemy as sa
from alembic import op

import server.storage.engine.types

revision = "0021"
down_revision = "0020"
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


def downgrade() -> None:
    op.drop_table("office_notes")
