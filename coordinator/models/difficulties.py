"""Difficulties in working together, what is done about each, and joint meetings (S21)."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, Referenced, words
from coordinator.vocabulary import DifficultyStep


class Difficulty(Referenced, Model):
    """Something that makes work between the agencies hard; it belongs to no family."""

    __tablename__ = "difficulties"

    text: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    at: Mapped[datetime]
    said_on: Mapped[date]


class DifficultyNote(Model):
    """What is done about a difficulty, what came of it, or why it is open again; kept as written.

    The newest that is no mere note says whether it is resolved.  `on_day` is the day of what it
    tells, in London.
    """

    __tablename__ = "difficulty_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    difficulty_id: Mapped[int] = mapped_column(ForeignKey("difficulties.id"), index=True)
    step: Mapped[DifficultyStep] = mapped_column(words(DifficultyStep))
    text: Mapped[str] = mapped_column(Text)
    on_day: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    at: Mapped[datetime]


class JointMeeting(Model):
    """A meeting of champions and link workers of both agencies, logged after it."""

    __tablename__ = "joint_meetings"

    id: Mapped[int] = mapped_column(primary_key=True)
    held_on: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    at: Mapped[datetime]


class JointMeetingPerson(Model):
    """Who was there."""

    __tablename__ = "joint_meeting_people"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("joint_meetings.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)


class JointMeetingTopic(Model):
    """A difficulty that was talked about."""

    __tablename__ = "joint_meeting_topics"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("joint_meetings.id"), index=True)
    difficulty_id: Mapped[int] = mapped_column(ForeignKey("difficulties.id"), index=True)
