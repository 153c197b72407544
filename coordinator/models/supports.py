"""Support at agreed times: what and when, how it went, and whether it is enough.  No content."""

from datetime import date, datetime, time
from typing import ClassVar

from sqlalchemy import DateTime, ForeignKey, String, Time, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, TrailFacts, words
from coordinator.models.entries import Entry
from coordinator.vocabulary import Enough, EntryKind, EventKind, SessionOutcome, SupportState


class Support(Entry):
    """What a parent or carer gets at agreed times (E46, I04): the same day, place and person.

    The first session is on `first_on` at `starts` (in London), then every `every_weeks`
    weeks until `last_on`; each lasts `minutes`.  `service_id` is the service of
    the directory, if it is one.
    """

    __tablename__ = "supports"
    content: ClassVar[tuple[str, ...]] = (
        "person_id",
        "what",
        "given_by",
        "place",
        "first_on",
        "last_on",
        "every_weeks",
        "starts",
        "minutes",
        "state",
        "service_id",
    )
    __mapper_args__ = {"polymorphic_identity": EntryKind.SUPPORT}

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    what: Mapped[str] = mapped_column(String(100))
    given_by: Mapped[str] = mapped_column(String(100), default="")
    place: Mapped[str] = mapped_column(String(200), default="")
    first_on: Mapped[date]
    last_on: Mapped[date]
    every_weeks: Mapped[int]
    starts: Mapped[time] = mapped_column(Time)
    minutes: Mapped[int]
    state: Mapped[SupportState] = mapped_column(words(SupportState))
    service_id: Mapped[int | None] = mapped_column(ForeignKey("local_services.id"), index=True)

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:  # noqa: ARG002
        """A change, with how it stands now when that is what changed."""
        return TrailFacts(EventKind.CHANGE, self.state.value if "state" in changed else None)


class TakenTime(Model):
    """A time that a session takes of the one who gets it; of what it is, it says nothing.

    Read by whoever arranges something for the family then (E46).  `agreed_on` is the day in London
    that the pattern gives it, `starts_at` and `ends_at` the instants at which it really is.
    """

    __tablename__ = "taken_times"
    audited: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    family_id: Mapped[int] = mapped_column(ForeignKey("families.id"), index=True)
    support_id: Mapped[int] = mapped_column(ForeignKey("supports.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    agreed_on: Mapped[date]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class SupportSession(Model):
    """What became of one session: held, moved by the service or the parent, or not held (I04).

    `agreed_on` is its day by the pattern; `moved_to` local time in London, if another was agreed.
    """

    __tablename__ = "support_sessions"
    __table_args__ = (UniqueConstraint("support_id", "agreed_on"),)
    part_of: ClassVar[str | None] = "support_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    support_id: Mapped[int] = mapped_column(ForeignKey("supports.id"))
    agreed_on: Mapped[date]
    outcome: Mapped[SessionOutcome] = mapped_column(words(SessionOutcome))
    reason: Mapped[str] = mapped_column(default="")
    moved_to: Mapped[datetime | None] = mapped_column(DateTime)
    by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    at: Mapped[datetime]


class SupportReview(Model):
    """What was answered at a meeting to "is this enough?" (I04); the newest of a meeting counts."""

    __tablename__ = "support_reviews"
    part_of: ClassVar[str | None] = "support_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    support_id: Mapped[int] = mapped_column(ForeignKey("supports.id"), index=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    enough: Mapped[Enough] = mapped_column(words(Enough))
    note: Mapped[str] = mapped_column(String(400), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    at: Mapped[datetime]
