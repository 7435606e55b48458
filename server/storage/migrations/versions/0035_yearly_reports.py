"""Yearly reports on what was declared"""

import sqlalchemy as sa
from alembic import op

from server.storage.engine.types import UtcDateTime

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{target.partition('.')[0]}"
    return sa.ForeignKeyConstraint([column], [target], name=name)


def upgrade() -> None:
    moment = UtcDateTime(timezone=True)
    op.create_table(
        "report_entries",
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("ags", sa.String(8), nullable=False),
        sa.Column("clause", sa.String(20), nullable=False),
        sa.Column("progress", sa.String(20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("written_at", moment, nullable=False),
        _key("report_entries", "declaration_id", "declarations.id"),
        _key("report_entries", "ags", "municipalities.ags"),
        _key("report_entries", "person_id", "persons.id"),
        sa.PrimaryKeyConstraint("declaration_id", "year", "ags", "clause", name="pk_report_entries"),
    )
    op.create_table(
        "report_editions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Text(), nullable=False),
        sa.Column("published_by", sa.Integer(), nullable=False),
        sa.Column("published_at", moment, nullable=False),
        _key("report_editions", "declaration_id", "declarations.id"),
        _key("report_editions", "published_by", "persons.id"),
        sa.PrimaryKeyConstraint("id", name="pk_report_editions"),
    )
    op.create_index("ix_report_editions_declaration_id", "report_editions", ["declaration_id"])


def downgrade() -> None:
    op.drop_table("report_editions")
    op.drop_table("report_entries")
