"""What every table shares: names of constraints, aware instants, stored words, references."""

import secrets
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, DateTime, Enum, Integer, MetaData, String
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from coordinator.vocabulary import EventKind, Word

# No I, L, O and U: a reference is read out over the phone.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
REFERENCE_LENGTH = 9

BigKey = BigInteger().with_variant(Integer, "sqlite")


class UTCDateTime(TypeDecorator[datetime]):
    """An aware instant in UTC on both databases; a naive datetime is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Take an aware instant; SQLite stores it without its zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = f"a naive datetime was about to be stored: {value!r}"
            raise ValueError(msg)
        instant = value.astimezone(UTC)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the aware instant."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


@dataclass(frozen=True)
class TrailFacts:
    """Under which kind a change stands in the trail, what came of it, towards which account."""

    kind: EventKind
    outcome: str | None = None
    towards_id: int | None = None


class Model(DeclarativeBase):
    """The base of every table.

    `audited` tables leave a row in the trail for each change; the others hold no fact about a
    family or a right (sessions, queued mail, the trail itself).  `part_of` names the column that
    leads to the entry of which a row is a part; `secret` columns never reach the trail, not even
    as a commitment.
    """

    audited: ClassVar[bool] = True
    part_of: ClassVar[str | None] = None
    secret: ClassVar[frozenset[str]] = frozenset()

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UTCDateTime, str: String(200)}

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:  # noqa: ARG002
        """Return how a change of these columns stands in the trail; a kind may say more."""
        return TrailFacts(EventKind.CHANGE)


def words(kind: type[Word], called: str = "") -> Enum:
    """Return the column type of a vocabulary: its values, checked by the database.

    Two columns of one vocabulary in one table need names of their own for their checks.
    """
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=40,
        name=called or kind.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


def one_of(*columns: str) -> str:
    """Return the condition that exactly one of these columns is filled."""
    filled = (f"CASE WHEN {column} IS NULL THEN 0 ELSE 1 END" for column in columns)
    return f"{' + '.join(filled)} = 1"


def version_of(*values: object) -> int:
    """Return a number that stands for these values, for a form on a record without a version."""
    return zlib.crc32(repr(values).encode("utf-8", "surrogatepass")) % 1_000_000_000


class References:
    """The allocator of public references: random, so that none can be guessed from another.

    Tests and the demo may say which references come next.
    """

    def __init__(self) -> None:
        """Start with real randomness."""
        self.source: Callable[[], str] = self.drawn
        self.next: list[str] = []

    @staticmethod
    def drawn() -> str:
        """Return nine random characters of the alphabet (45 bits)."""
        return "".join(secrets.choice(ALPHABET) for _ in range(REFERENCE_LENGTH))

    def allocate(self) -> str:
        """Return the next reference."""
        return self.next.pop(0) if self.next else self.source()


references = References()


class Referenced:
    """A record that people can link to, by a random reference and never by its number."""

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(
        String(12), unique=True, default=references.allocate, sort_order=-1
    )
