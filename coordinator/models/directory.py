"""Agencies, teams, sites, and posts kept apart from the people who hold them (E05, E06)."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, Referenced, TrailFacts, one_of, words
from coordinator.vocabulary import AgencyKind, EventKind, PostKind


class Agency(Referenced, Model):
    """An organisation: an NHS trust's mental health service, a council's children's service.

    `ods_code` is the Organisation Data Service's name for it, "" where it has none.
    """

    __tablename__ = "agencies"

    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[AgencyKind] = mapped_column(words(AgencyKind))
    ods_code: Mapped[str] = mapped_column(String(10), default="")


class Team(Referenced, Model):
    """A team of an agency, with its duty line and the inbox of its duty desk."""

    __tablename__ = "teams"
    __table_args__ = (UniqueConstraint("agency_id", "name"),)

    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    name: Mapped[str]
    phone: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    area_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"), index=True)
    ods_code: Mapped[str] = mapped_column(String(10), default="")
    closed_on: Mapped[date | None]

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:
        """Say that a team was closed, or opened again."""
        ended = not new and "closed_on" in changed
        state = ("closed-team" if self.closed_on else "opened-team-again") if ended else None
        return TrailFacts(EventKind.CHANGE, state)


class FormerName(Model):
    """What an agency or a team was called until a day, before it was given another name."""

    __tablename__ = "former_names"
    __table_args__ = (CheckConstraint(one_of("agency_id", "team_id"), name="of_one"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"), index=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"), index=True)
    name: Mapped[str]
    until: Mapped[date]


class Site(Referenced, Model):
    """A listed building of an agency: the only kind of place that mail and calendars may name."""

    __tablename__ = "sites"

    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    name: Mapped[str]
    address: Mapped[str] = mapped_column(String(400))


class Post(Referenced, Model):
    """A post that stays when its holder leaves; a post of a whole agency has no team."""

    __tablename__ = "posts"

    kind: Mapped[PostKind] = mapped_column(words(PostKind))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"), index=True)
    phone: Mapped[str] = mapped_column(String(40), default="")
    cover_hours: Mapped[str] = mapped_column(default="")
    can_do: Mapped[str] = mapped_column(Text, default="")
    cannot_do: Mapped[str] = mapped_column(Text, default="")


class PostHolding(Model):
    """Who holds a post, or deputises, from a day to a last day; confirmed by the holder.

    `asked_on` is when the holder was asked to confirm it anew, and then the deputy, the manager;
    a confirmation empties all three.
    """

    __tablename__ = "post_holdings"

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    deputy: Mapped[bool]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    confirmed_on: Mapped[date | None]
    asked_on: Mapped[date | None]
    deputy_asked_on: Mapped[date | None]
    manager_asked_on: Mapped[date | None]


class PostConfirmation(Model):
    """That a holder said that the directory is right, on a day; only ever added (M01, E60)."""

    __tablename__ = "post_confirmations"

    id: Mapped[int] = mapped_column(primary_key=True)
    holding_id: Mapped[int] = mapped_column(ForeignKey("post_holdings.id"), index=True)
    on_day: Mapped[date]
