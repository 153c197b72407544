"""The links by which guests come in, what each of them shows beyond the meeting, and from where."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, Referenced, TrailFacts
from coordinator.vocabulary import EventKind


class GuestPass(Referenced, Model):
    """One link of one guest to one meeting.

    The link is this row's reference, signed; nothing in the table opens anything.  It works until
    some days after the meeting, and not after it was withdrawn, or the invitation taken back.
    """

    __tablename__ = "guest_passes"
    part_of: ClassVar[str | None] = "meeting_id"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id"), index=True)
    made_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:  # noqa: ARG002
        """A link was made, or withdrawn."""
        return TrailFacts(EventKind.INVITATION, "link-made" if new else "link-withdrawn")


class GuestName(Model):
    """A member of the family whose name somebody decided to show to a guest at one meeting."""

    __tablename__ = "guest_names"
    part_of: ClassVar[str | None] = "meeting_id"

    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:  # noqa: ARG002
        """A name is shown to a guest, or not any more."""
        return TrailFacts(EventKind.SHARING, "name-shown" if new else "name-hidden")


class GuestDisclosure(Model):
    """A sharing record whose words a guest reads: the one way by which a diagnosis gets there."""

    __tablename__ = "guest_disclosures"
    part_of: ClassVar[str | None] = "sharing_id"

    sharing_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id"), index=True)
    ended_at: Mapped[datetime | None]

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:  # noqa: ARG002
        """Something was opened to a guest, or held back again."""
        return TrailFacts(EventKind.SHARING, "opened-to-guest" if new else "held-back")


class GuestDomain(Referenced, Model):
    """A domain of e-mail addresses to which guests' invitations may go."""

    __tablename__ = "guest_domains"

    domain: Mapped[str] = mapped_column(String(253), unique=True)
    whose: Mapped[str]

    @property
    def said(self) -> str:
        """What is kept of it when it is taken off the list."""
        return f"{self.domain}, {self.whose}"
