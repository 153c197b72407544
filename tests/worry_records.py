"""Adds a run of the guide, a referral and a disagreement in the name of the cast."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

import desk_records
import link_records
from coordinator import trail
from coordinator.demo import cast
from coordinator.models.areas import Area
from coordinator.models.directory import Team
from coordinator.models.disagreements import Disagreement, DisagreementStep
from coordinator.models.endings import EndedPart, Ending, EndingItem
from coordinator.models.entries import Entry
from coordinator.models.families import Involvement
from coordinator.models.handover_notes import HandoverNote
from coordinator.models.progress import TurningPoint
from coordinator.models.protocol import ProtocolMark
from coordinator.models.referral_settings import ReferralForm, ReferralQuestion, ReferralRoute
from coordinator.models.referrals import Referral, ReferralAnswer
from coordinator.models.separations import PartOfSeparation, SeparationPlan
from coordinator.models.supervision import Supervision
from coordinator.models.worries import Worry, WorryStep
from coordinator.vocabulary import (
    DisagreementStage,
    Evidence,
    GuideStep,
    Level,
    ReferralState,
    SeparationPart,
    ViewAsked,
    WhoseWords,
    WrittenWith,
)

if TYPE_CHECKING:
    from writer import Writer


def team_id(writer: Writer, name: str = "Eastway Family Support") -> int:
    """Return the number of a team."""
    return writer.session.scalars(select(Team.id).where(Team.name == name)).one()


def form(writer: Writer, code: str = "child-concern") -> ReferralForm:
    """Return the current version of a form."""
    newest = select(ReferralForm).where(ReferralForm.code == code)
    return writer.session.scalars(newest.order_by(ReferralForm.id.desc()).limit(1)).one()


def referral(
    writer: Writer,
    author: str,
    words: str,
    level: Level = Level.OPEN,
    state: ReferralState = ReferralState.DRAFT,
    team: str = "Eastway Family Support",
    **more: Any,
) -> Referral:
    """Add a referral with an answer to each question; one that is sent went to this team."""
    which = form(writer)
    sent = {}
    if state is not ReferralState.DRAFT:
        sent = {
            "to_team_id": team_id(writer, team),
            "sent_at": writer.moment.now,
            "due_on": writer.moment.today + timedelta(days=1),
            "due_at": writer.moment.now + timedelta(days=1),
            "area": "Eastway",
        }
    made: Referral = writer.add(
        Referral,
        author,
        level,
        form_id=which.id,
        state=state,
        outcome_reason=words if state is ReferralState.DRAFT else "",
        **sent,
        **more,
    )
    questions = select(ReferralQuestion.id).where(ReferralQuestion.form_id == which.id)
    for question in writer.session.scalars(questions):
        writer.session.add(
            ReferralAnswer(
                referral_id=made.id, question_id=question, text=words, why_left_out=words[:40]
            )
        )
    writer.session.flush()
    return made


def worry(writer: Writer, author: str) -> Worry:
    """Add a run of the guide that came to its second screen."""
    who = cast.actor(writer.session, author)
    trail.acting(writer.session, who.acting(), "test")
    made = Worry(
        account_id=who.account_id,
        agency_id=who.agency_id,
        family_id=writer.family_id,
        danger=False,
        step=GuideStep.LEAD,
        started_at=writer.moment.now,
    )
    writer.session.add(made)
    writer.session.flush()
    writer.session.add(WorryStep(worry_id=made.id, step=GuideStep.LEAD, at=writer.moment.now))
    writer.session.flush()
    return made


def disagreement(
    writer: Writer, author: str, owner: str, words: str, level: Level = Level.OPEN, **more: Any
) -> Disagreement:
    """Add a disagreement at its first stage, which the owner has until tomorrow to settle."""
    made: Disagreement = writer.add(Disagreement, author, level, about=words, wanted=words, **more)
    who = cast.actor(writer.session, owner)
    writer.session.add(
        DisagreementStep(
            disagreement_id=made.id,
            stage=DisagreementStage.WORKERS,
            owner_id=who.account_id,
            owner_agency_id=who.agency_id,
            started_at=writer.moment.now,
            due_on=writer.moment.today + timedelta(days=1),
            due_at=writer.moment.now + timedelta(days=1),
            said=words,
        )
    )
    writer.session.flush()
    return made


def protocol_mark(
    writer: Writer, author: str, words: str, level: Level = Level.OPEN, **more: Any
) -> ProtocolMark:
    """Mark a step of the joint protocol by hand."""
    made: ProtocolMark = writer.add(
        ProtocolMark, author, level, evidence=Evidence.TALKED, reason=words, **more
    )
    return made


def handover_note(
    writer: Writer, author: str, words: str, level: Level = Level.OPEN, **more: Any
) -> HandoverNote:
    """Add a note by which the author hands over to themselves, tomorrow."""
    who = cast.actor(writer.session, author).account_id
    made: HandoverNote = writer.add(
        HandoverNote,
        author,
        level,
        from_account_id=who,
        to_account_id=who,
        text=words,
        written_with=WrittenWith.NOT_ASKED,
        why_not=words,
        why_no_meeting=words,
        starts_on=writer.moment.today + timedelta(days=1),
        last_on=writer.moment.today + timedelta(days=8),
        **more,
    )
    return made


def separation(
    writer: Writer,
    author: str,
    words: str = "Go with her to the first session",
    level: Level = Level.OPEN,
    **more: Any,
) -> SeparationPlan:
    """Add an after-separation plan of which nobody sees to anything but one action."""
    made: SeparationPlan = writer.add(
        SeparationPlan,
        author,
        level,
        person_id=writer.first_person(),
        separated_on=writer.moment.today,
        bars_until=writer.moment.today + timedelta(days=1),
        **more,
    )
    action = writer.action(author, author, words, level, **more)
    writer.session.add(
        PartOfSeparation(plan_id=made.id, action_id=action.id, part=SeparationPart.GRIEF)
    )
    writer.session.flush()
    return made


def ending(
    writer: Writer, author: str, words: str, level: Level = Level.OPEN, **more: Any
) -> Ending:
    """Add an ending that the author plans for next week, with one thing that ends."""
    about = {"reason": words, "parents_view": words, "continues": words, "numbers": words}
    made: Ending = writer.add(
        Ending,
        author,
        level,
        team_id=team_id(writer),
        view=ViewAsked.SAID,
        ends_on=writer.moment.today + timedelta(days=7),
        way_back=words,
        back_until=writer.moment.today + timedelta(days=90),
        override_reason=words,
        **about,
        **more,
    )
    writer.session.add(EndingItem(ending_id=made.id, entry_id=made.id, reason=words[:400]))
    part = select(Involvement.id).where(Involvement.family_id == writer.family_id).limit(1)
    writer.session.add(
        EndedPart(ending_id=made.id, involvement_id=writer.session.scalars(part).one())
    )
    writer.session.flush()
    return made


def supervised(
    writer: Writer, author: str, words: str, level: Level = Level.OWN_AGENCY, **more: Any
) -> Supervision:
    """Let somebody take the family to supervision, and have it decided there."""
    who = cast.actor(writer.session, author)
    assert who.acting_as is not None
    made: Supervision = writer.add(
        Supervision,
        author,
        level,
        **{
            "worker_id": who.account_id,
            "team_id": who.acting_as.team_id,
            "needs_help": True,
            "decision": words,
            **more,
        },
    )
    return made


def of_each_kind(
    writer: Writer, author: str, words: str, level: Level, **more: Any
) -> dict[str, Entry]:
    """Add a draft, a disagreement and a turning point; the run of the guide is their author's."""
    worry(writer, author)
    turn = {"happened_on": writer.moment.today, "whose": WhoseWords.PARENT}
    return {
        "referral": referral(writer, author, words, level, **more),
        "link_request": link_records.request(writer, author, words, level, **more),
        "disagreement": disagreement(writer, author, author, words, level, **more),
        "raised_need": link_records.need(writer, author, words, level, **more),
        "supervised": supervised(writer, author, words, level, **more),
        "desk_talk": desk_records.talk(writer, author, words, level, **more),
        "protocol_mark": protocol_mark(writer, author, words, level, **more),
        "separation": separation(writer, author, words, level, **more),
        "ending": ending(writer, author, words, level, **more),
        "handover_note": handover_note(writer, author, words, level, **more),
        "turning_point": writer.add(TurningPoint, author, level, text=words, **turn, **more),
    }


def settings(writer: Writer) -> dict[str, str]:
    """Set a route for Eastway if there is none; return where the settings' parameters lead."""
    trail.acting(writer.session, trail.Acting(service="test"), "test")
    there = writer.session.scalars(select(ReferralRoute).limit(1)).first()
    route = there or ReferralRoute(
        area_id=writer.session.scalars(select(Area.id).where(Area.name == "Eastway")).one(),
        team_id=team_id(writer),
        hours="Monday to Friday, 9am to 5pm",
        night_team_id=team_id(writer, "Eastway Safeguarding"),
        what_next="Somebody calls you back within a working day.",
    )
    writer.session.add(route)
    writer.session.flush()
    return {"referral_route": route.reference, "referral_form": form(writer).reference}
