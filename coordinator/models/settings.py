"""What an administrator set of the periods and limits (coordinator/settings.py), never changed."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, Referenced, TrailFacts
from coordinator.settings import KNOWN
from coordinator.vocabulary import EventKind


class SettingChange(Referenced, Model):
    """One number of one setting, in force from `set_at` until the next; a trigger keeps it.

    `number` counts all changes without a gap: two at once cannot both have the next one, so that
    the newest row always tells that there is something new.  `value` is in the setting's unit.
    """

    __tablename__ = "setting_changes"

    number: Mapped[int] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(String(40))
    value: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    set_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    set_at: Mapped[datetime]

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:  # noqa: ARG002
        """Name what it is about; which number it was stands in its history."""
        return TrailFacts(EventKind.CHANGE, KNOWN[self.name].group)
