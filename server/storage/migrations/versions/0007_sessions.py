"""When a session was used last and when its person last proved who they are"""

import sqlalchemy as sa
from alembic import op

import server.storage.engine.types

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_NAMES = ("last_used_at", "proven_at")


def upgrade() -> None:
    kind = server.storage.engine.types.UtcDateTime(timezone=True)
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        for name in _NAMES:
            batch_op.add_column(sa.Column(name, kind, nullable=True))
    op.execute("UPDATE sessions SET last_used_at = created_at, proven_at = created_at")
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        for name in _NAMES:
            batch_op.alter_column(name, existing_type=kind, nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        for name in _NAMES:
            batch_op.drop_column(name)
