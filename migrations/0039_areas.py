"""Areas become a list; what a row of a list said before stays readable.

Revision: 0039, after 0037.
"""

import sqlalchemy as sa
from alembic import op

from coordinator.models.append_only import keep, let_go
from coordinator.models.base import References

revision = "0039"
down_revision = "0037"
branch_labels = ()
depends_on = None

AREAS, WORDS = "areas", "former_words"
LISTS = ("areas", "meeting-kinds", "visit-kinds", "ground-rules", "guest-domains")
# What names an area, and the unique columns of what nobody may change.
NAMING: dict[str, tuple[str, ...] | None] = {
    "teams": None,
    "referral_routes": ("reference",),
    "local_service_versions": (),
}
TEXT = sa.String(length=200)


def upgrade() -> None:
    """Bring the tables to this revision; one area for each text, however it was spaced."""
    op.create_table(
        AREAS,
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_areas")),
        sa.UniqueConstraint("name", name=op.f("uq_areas_name")),
        sa.UniqueConstraint("reference", name=op.f("uq_areas_reference")),
    )
    op.create_table(
        WORDS,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "list",
            sa.Enum(*LISTS, name="wordlist", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("row", sa.String(length=12), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["accounts.id"], name=op.f("fk_former_words_changed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_words")),
    )
    op.create_index(op.f("ix_former_words_changed_by_id"), WORDS, ["changed_by_id"])
    keep(WORDS)
    known: dict[str, int] = {}
    for table, keys in NAMING.items():
        if keys is not None:
            let_go(table)
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("area_id", sa.Integer(), nullable=True))
        _fill(table, known)
        with op.batch_alter_table(table) as batch:
            if table == "referral_routes":
                batch.alter_column("area_id", existing_type=sa.Integer(), nullable=False)
            batch.create_foreign_key(op.f(f"fk_{table}_area_id"), AREAS, ["area_id"], ["id"])
            batch.drop_column("area")
        op.create_index(op.f(f"ix_{table}_area_id"), table, ["area_id"])
        if keys is not None:
            keep(table, *keys)


def downgrade() -> None:
    """Take this revision back; each row has its area's name of today."""
    for table, keys in NAMING.items():
        if keys is not None:
            let_go(table)
        op.drop_index(op.f(f"ix_{table}_area_id"), table)
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("area", TEXT, nullable=False, server_default=""))
        op.execute(
            f"UPDATE {table} SET area ="
            f" (SELECT name FROM areas WHERE areas.id = {table}.area_id)"
            " WHERE area_id IS NOT NULL"
        )
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"fk_{table}_area_id"), type_="foreignkey")
            batch.drop_column("area_id")
            batch.alter_column("area", existing_type=TEXT, server_default=None)
        if keys is not None:
            keep(table, *keys)
    op.drop_table(WORDS)
    op.drop_table(AREAS)


def _fill(table: str, known: dict[str, int]) -> None:
    """Give each row the area that its text names; `known` are the areas by folded name."""
    connection = op.get_bind()
    naming = sa.table(table, sa.column("area"), sa.column("area_id"))
    areas = sa.table(AREAS, sa.column("id"), sa.column("reference"), sa.column("name"))
    texts = connection.execute(sa.select(naming.c.area).distinct().order_by(naming.c.area))
    for text in texts.scalars().all():
        name = " ".join(text.split()) or ("No area" if table == "referral_routes" else "")
        if not name:
            continue
        if (folded := name.casefold()) not in known:
            known[folded] = len(known) + 1
            connection.execute(
                areas.insert().values(id=known[folded], reference=References.drawn(), name=name)
            )
        connection.execute(
            naming.update().where(naming.c.area == text).values(area_id=known[folded])
        )
    if connection.dialect.name == "postgresql":
        # The next area takes the number after these.
        connection.exec_driver_sql(
            "SELECT setval('areas_id_seq', (SELECT coalesce(max(id), 1) FROM areas),"
            " EXISTS (SELECT 1 FROM areas))"
        )
