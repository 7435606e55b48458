"""The hashes of the log's perfect subtrees, also for the events there are"""

import hashlib
from collections.abc import Iterable, Iterator

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_BATCH = 1000


def upgrade() -> None:
    nodes = op.create_table(
        "log_nodes",
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("index", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("level", "index", name=op.f("pk_log_nodes")),
    )
    with op.batch_alter_table("audit_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_events_tag"))
        batch_op.create_index(batch_op.f("ix_audit_events_tag_actor"), ["tag", "actor"], unique=False)
    _fill(nodes)


def downgrade() -> None:
    with op.batch_alter_table("audit_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_events_tag_actor"))
        batch_op.create_index(batch_op.f("ix_audit_events_tag"), ["tag"], unique=False)
    op.drop_table("log_nodes")


def _fill(nodes: sa.Table) -> None:
    events = sa.table("audit_events", sa.column("position"), sa.column("leaf"))
    leaves = op.get_bind().scalars(sa.select(events.c.leaf).order_by(events.c.position)).all()
    rows = list(_subtrees(leaves))
    for start in range(0, len(rows), _BATCH):
        op.bulk_insert(nodes, rows[start : start + _BATCH])


def _subtrees(leaves: Iterable[bytes]) -> Iterator[dict[str, object]]:
    """RFC 9162, section 2.1.1. `waiting` are the subtrees on the right that have no sibling yet."""
    waiting: list[tuple[int, bytes]] = []
    for position, leaf in enumerate(leaves):
        level, value = 0, leaf
        while waiting and waiting[-1][0] == level:
            value = hashlib.sha256(b"\x01" + waiting.pop()[1] + value).digest()
            level += 1
            yield {"level": level, "index": position >> level, "hash": value}
        waiting.append((level, value))
