"""The legal and policy reasons for sharing, each with one plain sentence (E57)."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, Referenced, words
from coordinator.vocabulary import BasisKind


class LawfulBasis(Referenced, Model):
    """A reason that an administrator may edit; what was shown at the time is kept elsewhere."""

    __tablename__ = "lawful_bases"

    name: Mapped[str]
    kind: Mapped[BasisKind] = mapped_column(words(BasisKind))
    sentence: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(400), default="")
    position: Mapped[int]
    retired: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class FormerReason(Model):
    """What a reason said before somebody changed it; a trigger keeps it as it was written."""

    __tablename__ = "former_reasons"

    id: Mapped[int] = mapped_column(primary_key=True)
    basis_id: Mapped[int] = mapped_column(ForeignKey("lawful_bases.id"), index=True)
    name: Mapped[str]
    sentence: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(400))
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    changed_at: Mapped[datetime]
