"""The rules that start clocks: versioned data, never changed once written (issue 4, 9)."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, Referenced, words
from coordinator.vocabulary import AgencyKind, ClockEvent, Standing, Unit


class ClockRule(Referenced, Model):
    """One version of one rule, in force from a day on; a trigger keeps it as it was written.

    `starts_with` starts the clock and `met_by` meets it, if an event that is known does; `before`
    counts back from the event.  `whose` is the kind of agency that has to keep it, and whose
    managers may change it.  The first set was set by nobody.
    """

    __tablename__ = "clock_rules"
    __table_args__ = (Index(None, "code", "from_date"),)

    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str]
    jurisdiction: Mapped[str] = mapped_column(String(40))
    whose: Mapped[AgencyKind] = mapped_column(words(AgencyKind))
    starts_with: Mapped[ClockEvent] = mapped_column(words(ClockEvent, "starts_with"))
    met_by: Mapped[ClockEvent | None] = mapped_column(words(ClockEvent, "met_by"))
    limit: Mapped[int]
    unit: Mapped[Unit] = mapped_column(words(Unit))
    before: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(String(400))
    standing: Mapped[Standing] = mapped_column(words(Standing))
    from_date: Mapped[date]
    local_override: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(Text, default="")
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    set_at: Mapped[datetime | None]
