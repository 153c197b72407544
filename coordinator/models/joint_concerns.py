"""Concerns about how the two agencies work together; they belong to no family (E22)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, Referenced, words
from coordinator.vocabulary import ConcernKind


class JointConcern(Referenced, Model):
    """What somebody of a team finds wrong in the work with a team of the other agency.

    It leads to teams and to no worker but who raised it, who owns it, and to no family.  `outcome`
    is what the owner told who raised it, who has read that at `heard_at`.
    """

    __tablename__ = "joint_concerns"
    __table_args__ = (
        CheckConstraint(
            "closed_at IS NULL OR (owner_id IS NOT NULL AND outcome <> '')", name="outcome"
        ),
    )

    kind: Mapped[ConcernKind] = mapped_column(words(ConcernKind))
    text: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), index=True)
    about_team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), index=True)
    at: Mapped[datetime]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    outcome: Mapped[str] = mapped_column(Text, default="")
    closed_at: Mapped[datetime | None]
    heard_at: Mapped[datetime | None]
