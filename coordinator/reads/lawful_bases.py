"""The reasons for sharing, in the order of the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from coordinator.access.sights import LawfulBasisInSight
from coordinator.models.accounts import Account
from coordinator.models.lawful_bases import FormerReason, LawfulBasis
from coordinator.vocabulary import BasisKind

# Legal obligation and public task first; consent stands last.
RANK = case({kind.value: number for number, kind in enumerate(BasisKind)}, value=LawfulBasis.kind)


@dataclass(frozen=True)
class BasisRow:
    """One reason; `first` says that none of its kind stands before it."""

    reference: str
    name: str
    kind: BasisKind
    sentence: str
    source: str
    retired: bool
    version: int
    first: bool = False


@dataclass(frozen=True)
class Before:
    """What a reason said until somebody changed it."""

    basis: str
    name: str
    sentence: str
    source: str
    changed_by: str
    changed_at: datetime


def before(session: Session) -> tuple[Before, ...]:
    """Return what the reasons said before, the newest change first.  One statement."""
    rows = session.execute(
        select(
            LawfulBasis.reference.label("basis"),
            FormerReason.name,
            FormerReason.sentence,
            FormerReason.source,
            Account.name.label("changed_by"),
            FormerReason.changed_at,
        )
        .join(LawfulBasis, LawfulBasis.id == FormerReason.basis_id)
        .join(Account, Account.id == FormerReason.changed_by_id)
        .order_by(FormerReason.id.desc())
    )
    return tuple(Before(**row._asdict()) for row in rows)


def everything(session: Session) -> tuple[BasisRow, ...]:
    """Return all reasons in the order of the list, retired ones too."""
    return _rows(session.execute(_listed()).all())


def offered(session: Session) -> tuple[BasisRow, ...]:
    """Return the reasons that can be chosen today."""
    return _rows(session.execute(_listed().where(LawfulBasis.retired.is_(False))).all())


def one(session: Session, basis: LawfulBasisInSight) -> BasisRow:
    """Return one reason."""
    return next(row for row in everything(session) if row.reference == basis.reference)


def _listed() -> Any:
    return select(
        LawfulBasis.reference,
        LawfulBasis.name,
        LawfulBasis.kind,
        LawfulBasis.sentence,
        LawfulBasis.source,
        LawfulBasis.retired,
        LawfulBasis.version,
    ).order_by(RANK, LawfulBasis.position, LawfulBasis.id)


def _rows(found: Sequence[Any]) -> tuple[BasisRow, ...]:
    kinds = [row.kind for row in found]
    return tuple(
        BasisRow(**row._asdict(), first=row.kind not in kinds[:number])
        for number, row in enumerate(found)
    )
