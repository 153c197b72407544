"""What an area sets for worries and referrals: words, forms, routes.  Versions, never changed.

A change is a new row; the newest of its kind holds, and the older ones are its history.
"""

from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    String,
    Text,
    UniqueConstraint,
    and_,
    func,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.areas import Area
from coordinator.models.base import Model, Referenced, words
from coordinator.vocabulary import AgencyKind, Filled, GuideStep, Need


class GuideWords(Model):
    """What one kind of agency reads on one screen of the guide; a blank line parts paragraphs."""

    __tablename__ = "guide_words"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[AgencyKind] = mapped_column(words(AgencyKind))
    step: Mapped[GuideStep] = mapped_column(words(GuideStep))
    text: Mapped[str] = mapped_column(Text)
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    set_at: Mapped[datetime | None]


class ReferralForm(Referenced, Model):
    """One version of a form, such as "Concern about a child".  The newest of a code holds."""

    __tablename__ = "referral_forms"
    __table_args__ = (UniqueConstraint("code", "number"),)

    code: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    name: Mapped[str]
    hint: Mapped[str] = mapped_column(String(400), default="")
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    set_at: Mapped[datetime | None]


class ReferralQuestion(Model):
    """A question of one version of a form."""

    __tablename__ = "referral_questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(ForeignKey("referral_forms.id"), index=True)
    position: Mapped[int]
    label: Mapped[str]
    hint: Mapped[str] = mapped_column(String(400), default="")
    need: Mapped[Need] = mapped_column(words(Need))
    filled: Mapped[Filled | None] = mapped_column(words(Filled))


class ReferralRoute(Referenced, Model):
    """Where a referral about a child of one area goes, in the team's hours and outside them.

    `hours` are as people write them (cover_hours.py).  The newest of an open area holds.
    """

    __tablename__ = "referral_routes"

    area_id: Mapped[int] = mapped_column(ForeignKey("areas.id"), index=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), index=True)
    hours: Mapped[str]
    night_team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"), index=True)
    what_next: Mapped[str] = mapped_column(Text, default="")
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    set_at: Mapped[datetime | None]


def route_holds() -> ColumnElement[bool]:
    """Return the condition that a route is the newest of its area, and the area is open."""
    newest = select(func.max(ReferralRoute.id)).group_by(ReferralRoute.area_id)
    open_areas = select(Area.id).where(Area.closed_on.is_(None))
    return and_(ReferralRoute.id.in_(newest), ReferralRoute.area_id.in_(open_areas))
