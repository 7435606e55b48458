"""Comments on passages of a text"""

import sqlalchemy as sa
from alembic import op

import server.storage.engine.types

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{target}"
    return sa.ForeignKeyConstraint([column], [f"{target}.{'ags' if 'ags' in column else 'id'}"], name=name)


def upgrade() -> None:
    moment = server.storage.engine.types.UtcDateTime(timezone=True)
    op.create_table(
        "threads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("suggestion", sa.String(length=64), server_default="", nullable=False),
        sa.Column("opened_at", moment, nullable=False),
        sa.Column("resolved_at", moment, nullable=True),
        sa.Column("resolved_by", sa.Integer(), nullable=True),
        sa.Column("stamp", sa.Integer(), nullable=False),
        _key("threads", "text_id", "texts"),
        _key("threads", "resolved_by", "persons"),
        sa.PrimaryKeyConstraint("id", name="pk_threads"),
        sa.UniqueConstraint("text_id", "key", name="uq_threads_text_id_key"),
    )
    op.create_index("ix_threads_text_id_stamp", "threads", ["text_id", "stamp"])
    op.create_table(
        "comments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("ags", sa.String(length=8), nullable=True),
        sa.Column("for_ags", sa.String(length=8), nullable=True),
        sa.Column("channel", sa.String(length=20), server_default="", nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("written_at", moment, nullable=False),
        sa.Column("changed_at", moment, nullable=True),
        sa.Column("removed_at", moment, nullable=True),
        _key("comments", "thread_id", "threads"),
        _key("comments", "person_id", "persons"),
        _key("comments", "ags", "municipalities"),
        _key("comments", "for_ags", "municipalities"),
        sa.PrimaryKeyConstraint("id", name="pk_comments"),
    )
    op.create_index("ix_comments_thread_id", "comments", ["thread_id"])
    op.create_index("ix_comments_person_id", "comments", ["person_id"])
    op.create_table(
        "mentions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("ags", sa.String(length=8), nullable=True),
        _key("mentions", "comment_id", "comments"),
        _key("mentions", "person_id", "persons"),
        _key("mentions", "ags", "municipalities"),
        sa.PrimaryKeyConstraint("id", name="pk_mentions"),
    )
    op.create_index("ix_mentions_comment_id", "mentions", ["comment_id"])
    op.create_index("ix_mentions_person_id", "mentions", ["person_id"])


def downgrade() -> None:
    """The comments are gone; their marks in the texts point to nothing, and nobody sees them."""
    for table in ("mentions", "comments", "threads"):
        op.drop_table(table)
