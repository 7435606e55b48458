"""Invitations; mandates that count in one declaration; who took part once; municipalities that end"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

import server.storage.engine.types

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_FORMER = "former_participants"
_MANDATE = ("person_id", "ags", "kind", "title", "since", "until")


def _time(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, server.storage.engine.types.UtcDateTime(timezone=True), nullable=nullable)


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False)


def upgrade() -> None:
    _add_columns()
    _add_tables()
    _bind_mandates()


def _add_columns() -> None:
    with op.batch_alter_table("declarations") as batch:
        batch.add_column(sa.Column("contact", sa.String(200), server_default="", nullable=False))
        batch.add_column(sa.Column("offices_invite", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("persons") as batch:
        batch.add_column(_time("signed_in_at"))
    op.execute(
        "UPDATE persons SET signed_in_at = "
        "(SELECT max(created_at) FROM sessions WHERE person_id = persons.id)"
    )
    with op.batch_alter_table("municipalities") as batch:
        batch.add_column(sa.Column("district", sa.String(100), server_default="", nullable=False))
        batch.add_column(sa.Column("inhabitants", sa.Integer(), nullable=True))
        batch.add_column(_time("ended_at"))
        batch.add_column(sa.Column("successor", sa.String(8), nullable=True))
    with op.batch_alter_table("mandates") as batch:
        batch.add_column(sa.Column("reason", sa.String(200), server_default="", nullable=False))
        batch.add_column(sa.Column("rank", sa.Integer(), server_default="1", nullable=False))
        batch.add_column(sa.Column("declaration_id", sa.Integer(), nullable=True))


def _add_tables() -> None:
    number, key = sa.Integer(), sa.String(8)
    op.create_table(
        _FORMER,
        sa.Column("id", number, nullable=False),
        sa.Column("declaration_id", number, nullable=False),
        sa.Column("person_id", number, nullable=False),
        _text("role", 20),
        sa.Column("ags", key, nullable=True),
        _time("removed_at", nullable=False),
        *_references(
            _FORMER, declaration_id="declarations.id", person_id="persons.id", ags="municipalities.ags"
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{_FORMER}"),
    )
    op.create_index(f"ix_{_FORMER}_declaration_id", _FORMER, ["declaration_id"])
    op.create_table(
        "invitations",
        sa.Column("id", number, nullable=False),
        sa.Column("declaration_id", number, nullable=False),
        sa.Column("person_id", number, nullable=True),
        sa.Column("through_id", number, nullable=True),
        *(_text(name, length) for name, length in (("email", 254), ("name", 200), ("salutation", 200))),
        _text("role", 20),
        sa.Column("ags", key, nullable=True),
        _text("title", 100),
        _text("capacity", 10),
        sa.Column("shared", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=True),
        sa.Column("attempts", number, server_default="0", nullable=False),
        sa.Column("mail_id", number, nullable=True),
        _time("created_at", nullable=False),
        *(_time(f"{name}_at") for name in ("invited", "opened", "accepted", "expires")),
        *_references(
            "invitations",
            declaration_id="declarations.id",
            person_id="persons.id",
            through_id="invitations.id",
            ags="municipalities.ags",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_invitations"),
        sa.UniqueConstraint("token_hash", name="uq_invitations_token_hash"),
    )
    for column in ("declaration_id", "person_id"):
        op.create_index(f"ix_invitations_{column}", "invitations", [column])
    op.create_table(
        "import_drafts",
        sa.Column("id", number, nullable=False),
        sa.Column("declaration_id", number, nullable=False),
        sa.Column("person_id", number, nullable=False),
        _text("stamp", 32),
        sa.Column("rows", sa.JSON(), nullable=False),
        _time("created_at", nullable=False),
        *_references("import_drafts", declaration_id="declarations.id", person_id="persons.id"),
        sa.PrimaryKeyConstraint("id", name="pk_import_drafts"),
        sa.UniqueConstraint("declaration_id", "person_id", name="uq_import_drafts_declaration_id_person_id"),
    )


def _references(table: str, **targets: str) -> Iterator[sa.ForeignKeyConstraint]:
    for column, target in targets.items():
        yield sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}")


def _bind_mandates() -> None:
    """A mandate counted wherever its person signs: there it still does, once in each declaration."""
    mandates = sa.table("mandates", sa.column("id"), sa.column("declaration_id"), *map(sa.column, _MANDATE))
    parts = sa.table("participants", sa.column("declaration_id"), sa.column("person_id"), sa.column("role"))
    bind = op.get_bind()
    signing = sa.select(parts.c.person_id, parts.c.declaration_id).where(parts.c.role == "signatory")
    declarations: dict[int, list[int]] = {}
    for person, declaration in bind.execute(signing.order_by(parts.c.declaration_id)):
        declarations.setdefault(person, []).append(declaration)
    for row in bind.execute(sa.select(mandates)).all():
        first, *others = declarations.get(row.person_id, [None])
        if first is None:
            op.execute(mandates.delete().where(mandates.c.id == row.id))
            continue
        op.execute(mandates.update().where(mandates.c.id == row.id).values(declaration_id=first))
        facts = {name: getattr(row, name) for name in _MANDATE}
        for other in others:
            op.execute(mandates.insert().values(declaration_id=other, **facts))
    with op.batch_alter_table("mandates") as batch:
        batch.alter_column("declaration_id", existing_type=sa.Integer(), nullable=False)
        batch.create_foreign_key("fk_mandates_declaration_id", "declarations", ["declaration_id"], ["id"])
        batch.create_index("ix_mandates_declaration_id", ["declaration_id"])


def downgrade() -> None:
    """A mandate that is alike in several declarations becomes one again; who took part once is forgotten."""
    op.execute(
        "DELETE FROM mandates WHERE id NOT IN "
        "(SELECT min(id) FROM mandates GROUP BY person_id, ags, kind, title, since)"
    )
    with op.batch_alter_table("mandates") as batch:
        batch.drop_index("ix_mandates_declaration_id")
        batch.drop_constraint("fk_mandates_declaration_id", type_="foreignkey")
        for name in ("declaration_id", "rank", "reason"):
            batch.drop_column(name)
    for table in ("import_drafts", "invitations", _FORMER):
        op.drop_table(table)
    for table, names in (
        ("municipalities", ("successor", "ended_at", "inhabitants", "district")),
        ("persons", ("signed_in_at",)),
        ("declarations", ("offices_invite", "contact")),
    ):
        with op.batch_alter_table(table) as batch:
            for name in names:
                batch.drop_column(name)
