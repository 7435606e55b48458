"""Webhooks and what is sent to them"""

import sqlalchemy as sa
from alembic import op

from server.storage.engine.types import UtcDateTime

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_{table}_{column}_{target}")


def upgrade() -> None:
    moment = UtcDateTime(timezone=True)
    op.create_table(
        "webhooks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(500), nullable=False),
        sa.Column("salt", sa.String(64), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("failing_since", moment, nullable=True),
        sa.Column("disabled_at", moment, nullable=True),
        sa.Column("ended_at", moment, nullable=True),
        _key("webhooks", "declaration_id", "declarations"),
        _key("webhooks", "made_by", "persons"),
        sa.PrimaryKeyConstraint("id", name="pk_webhooks"),
    )
    op.create_index("ix_webhooks_declaration_id", "webhooks", ["declaration_id"])
    serial = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "webhook_deliveries",
        sa.Column("id", serial, nullable=False),
        sa.Column("webhook_id", sa.Integer(), nullable=False),
        sa.Column("message", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("due_at", moment, nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("attempted_at", moment, nullable=True),
        sa.Column("status", sa.Integer(), server_default="0", nullable=False),
        sa.Column("failure", sa.String(20), server_default="", nullable=False),
        sa.Column("claimed_by", sa.String(16), nullable=True),
        sa.Column("claimed_until", moment, nullable=True),
        sa.Column("ended_at", moment, nullable=True),
        _key("webhook_deliveries", "webhook_id", "webhooks"),
        sa.PrimaryKeyConstraint("id", name="pk_webhook_deliveries"),
    )
    op.create_index("ix_webhook_deliveries_webhook_id", "webhook_deliveries", ["webhook_id"])
    op.create_index("ix_webhook_deliveries_ended_at_due_at", "webhook_deliveries", ["ended_at", "due_at"])


def downgrade() -> None:
    op.drop_table("webhook_deliveries")
    op.drop_table("webhooks")
