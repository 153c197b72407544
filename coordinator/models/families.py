"""Families, who is in them, who is involved, who must not know, who looked with a reason."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, Referenced, TrailFacts, words
from coordinator.vocabulary import CaseRole, ChildrenAsked, EventKind, JoinState, Relation


class Family(Referenced, Model):
    """A family that both agencies may work with: a reference, and no name of its own."""

    __tablename__ = "families"

    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    children_asked: Mapped[ChildrenAsked] = mapped_column(words(ChildrenAsked))
    children_why_not: Mapped[str] = mapped_column(String(400), default="")
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    @property
    def family_id(self) -> int:
        """A family is about itself: the trail asks every record for its family."""
        return self.id


class Person(Referenced, Model):
    """A member of a family.  `match_name` is the name as `families.find` compares it.

    `reach_by` is how they like to be reached and `silence_means` what it means if they do not
    answer, both in their words and for everybody on the case (S19).
    """

    __tablename__ = "people"
    __table_args__ = (Index(None, "match_name", "born_on"), Index(None, "nhs_number"))

    family_id: Mapped[int] = mapped_column(ForeignKey("families.id"), index=True)
    name: Mapped[str]
    match_name: Mapped[str]
    born_on: Mapped[date | None]
    nhs_number: Mapped[str | None] = mapped_column(String(10))
    relation: Mapped[Relation] = mapped_column(words(Relation))
    own_words: Mapped[str] = mapped_column(default="")
    lives_with: Mapped[bool | None]
    phone: Mapped[str] = mapped_column(String(40), default="")
    reach_by: Mapped[str] = mapped_column(String(400), default="")
    silence_means: Mapped[str] = mapped_column(String(400), default="")
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Involvement(Referenced, Model):
    """A worker on a case, for an agency, in a role, for a time: what opens a family."""

    __tablename__ = "involvements"
    __table_args__ = (Index(None, "account_id", "family_id"),)

    family_id: Mapped[int] = mapped_column(ForeignKey("families.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), index=True)
    role: Mapped[CaseRole] = mapped_column(words(CaseRole))
    lead: Mapped[bool]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    end_reason: Mapped[str] = mapped_column(String(400), default="")
    second_role_reason: Mapped[str] = mapped_column(String(400), default="")

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:  # noqa: ARG002
        """A change to an involvement is directed at its worker."""
        return TrailFacts(EventKind.CHANGE, towards_id=self.account_id)


class JoinRequest(Referenced, Model):
    """An involved worker asks another team's duty desk to name a worker for the family."""

    __tablename__ = "join_requests"

    family_id: Mapped[int] = mapped_column(ForeignKey("families.id"), index=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), index=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    asked_at: Mapped[datetime]
    why: Mapped[str] = mapped_column(Text)
    state: Mapped[JoinState] = mapped_column(words(JoinState))
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    answered_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(Text, default="")


class Exclusion(Referenced, Model):
    """This worker may not know of this family: it beats role, invitation and emergency."""

    __tablename__ = "exclusions"
    __table_args__ = (
        Index(None, "account_id", "family_id"),
        CheckConstraint(
            "lifted_by_id IS NULL OR (lifted_by_id <> set_by_id AND lifted_by_id <> account_id)",
            name="lifted_by_another",
        ),
    )

    family_id: Mapped[int] = mapped_column(ForeignKey("families.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    reason: Mapped[str] = mapped_column(Text)
    set_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    set_at: Mapped[datetime]
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    lifted_at: Mapped[datetime | None]
    lift_reason: Mapped[str | None] = mapped_column(Text)


class Oversight(Referenced, Model):
    """A lead of an agency opened a family with a reason, for some hours (spec/sharing.md, R)."""

    __tablename__ = "oversights"
    __table_args__ = (Index(None, "account_id", "family_id"),)

    family_id: Mapped[int] = mapped_column(ForeignKey("families.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    opened_at: Mapped[datetime]
    until: Mapped[datetime]
