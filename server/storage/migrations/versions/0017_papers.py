"""Decisions on paper, with their scans"""

import sqlalchemy as sa
from alembic import op

import server.storage.engine.types

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_KEYS = {
    "declaration_id": "declarations.id",
    "revision_id": "revisions.id",
    "mandate_id": "mandates.id",
    "person_id": "persons.id",
    "ags": "municipalities.ags",
    "recorded_by": "persons.id",
    "settled_by": "persons.id",
    "sign_off_id": "sign_offs.id",
}


def _key(column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_papers_{column}_{target.partition('.')[0]}")


def upgrade() -> None:
    moment = server.storage.engine.types.UtcDateTime(timezone=True)
    op.create_table(
        "papers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("ags", sa.String(length=8), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("recorded_at", moment, nullable=False),
        sa.Column("decided_on", sa.String(length=10), nullable=False),
        sa.Column("statement", sa.LargeBinary(), nullable=False),
        sa.Column("replaces", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("scan", sa.LargeBinary(), nullable=False),
        sa.Column("scan_type", sa.String(length=20), nullable=False),
        sa.Column("scan_digest", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("settled_at", moment, nullable=True),
        sa.Column("sign_off_id", sa.Integer(), nullable=True),
        *(_key(column, target) for column, target in _KEYS.items()),
        sa.PrimaryKeyConstraint("id", name="pk_papers"),
    )
    op.create_index("ix_papers_declaration_id", "papers", ["declaration_id"])


def downgrade() -> None:
    """What was confirmed stays as a sign-off; the scans are gone."""
    op.drop_index("ix_papers_declaration_id", table_name="papers")
    op.drop_table("papers")
