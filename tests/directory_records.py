"""Records of the directory for the sweeps: somebody who is away, what a colleague asked."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from coordinator.demo import cast
from coordinator.models.absences import Absence
from coordinator.models.audit_views import AuditView
from coordinator.models.local_services import LocalService, LocalServiceVersion
from coordinator.models.questions import Question, QuestionAnswer
from coordinator.vocabulary import AgencyKind, OnPregnancy, Topic
from sharing_writer import account_id
from writer import Writer


def away(writer: Writer, name: str, cover: str | None = None, days: int = 3) -> Absence:
    """Add an absence from today on, once; who is away told it."""
    who = account_id(writer.session, name)
    told = writer.session.scalars(select(Absence).where(Absence.account_id == who)).first()
    if told is not None:
        return told
    absence = Absence(
        account_id=who,
        cover_id=account_id(writer.session, cover) if cover else None,
        starts_on=writer.moment.today,
        ends_on=writer.moment.today + timedelta(days=days - 1),
        told_by_id=who,
        told_at=writer.moment.now,
    )
    writer.session.add(absence)
    writer.session.flush()
    return absence


def question(writer: Writer, asker: str, answerer: str) -> Question:
    """Add a question that this person asked colleagues and that one answered, once."""
    session, now = writer.session, writer.moment.now
    there = session.scalars(select(Question)).first()
    if there is not None:
        return there
    asks, answers = cast.actor(session, asker), cast.actor(session, answerer)
    assert asks.acting_as
    assert answers.acting_as
    asked = Question(
        topic=Topic.PREGNANCY_AND_BIRTH,
        text="Who helps with sleep after birth?",
        asked_of=AgencyKind.CMHT,
        asked_by_id=asks.account_id,
        agency_id=asks.agency_id,
        asked_as=asks.acting_as.role,
        asked_at=now,
        checked_on=writer.moment.today,
    )
    session.add(asked)
    session.flush()
    session.add(
        QuestionAnswer(
            question_id=asked.id,
            text="The perinatal team.",
            by_id=answers.account_id,
            agency_id=answers.agency_id,
            role=answers.acting_as.role,
            at=now,
        )
    )
    session.flush()
    return asked


def service(writer: Writer, by: str) -> LocalService:
    """Add a local service that this person described, once; administrators look after it."""
    there = writer.session.scalars(select(LocalService)).first()
    if there is not None:
        return there
    found = LocalService(confirmed_on=writer.moment.today)
    writer.session.add(found)
    writer.session.flush()
    writer.session.add(
        LocalServiceVersion(
            service_id=found.id,
            name="Baby group",
            what="Play and talk.",
            for_whom="Parents with a baby",
            topics=f" {Topic.PREGNANCY_AND_BIRTH} ",
            how_to_get_in="Come along.",
            on_pregnancy=OnPregnancy.GOES_ON,
            by_id=account_id(writer.session, by),
            at=writer.moment.now,
        )
    )
    writer.session.flush()
    return found


def audit_view(writer: Writer, name: str) -> AuditView:
    """Keep a question to the audit for somebody, once."""
    there = writer.session.scalars(select(AuditView)).first()
    if there is not None:
        return there
    kept = AuditView(
        account_id=account_id(writer.session, name),
        name="Not reached",
        question="not_reached=y",
        saved_at=writer.moment.now,
    )
    writer.session.add(kept)
    writer.session.flush()
    return kept
