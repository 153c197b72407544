"""What somebody says is wrong, as dated lines of a family's chronology (T24)."""

from typing import Any, cast

from sqlalchemy import Select, Table, and_, case
from sqlalchemy.orm import aliased

from coordinator.models.accounts import Account
from coordinator.models.directory import Agency
from coordinator.models.disagreements import Disagreement, DisagreementStep
from coordinator.models.entries import Entry
from coordinator.models.plans import GoalAgreement
from coordinator.reads.chronology_lines import OPENNESS, By, ByAgency, titled
from coordinator.reads.dated_lines import line
from coordinator.reads.progress import GOALS, replaced
from coordinator.reads.request_rows import CHALLENGES
from coordinator.vocabulary import Agreement, EntryKind, OpennessKind

DISAGREEMENTS = cast("Table", Disagreement.__table__)


def disagreements() -> tuple[Select[Any], ...]:
    """Return professional disagreements, and how each stage of them ended."""
    step = aliased(DisagreementStep, name="step")
    ended_for = case(
        (step.ended_by_id == step.owner_id, ByAgency.name),
        (step.ended_by_id == Entry.author_id, Agency.name),
        else_="",
    )
    return (
        line(
            EntryKind.DISAGREEMENT,
            "disagreement",
            Entry.created_at,
            DISAGREEMENTS.c.about,
            stands=DISAGREEMENTS.c.settled_at.is_(None),
        ).join(DISAGREEMENTS, DISAGREEMENTS.c.id == Entry.id),
        line(
            EntryKind.DISAGREEMENT,
            "stage-ended",
            step.ended_at,
            step.said,
            who=By.name,
            agency=ended_for,
            word=step.outcome,
        )
        .join(step, step.disagreement_id == Entry.id)
        .join(By, By.id == step.ended_by_id)
        .join(ByAgency, ByAgency.id == step.owner_agency_id),
    )


def not_agreed() -> tuple[Select[Any], ...]:
    """Return goals with which an agency does not agree, challenged answers, and objections."""
    settler = aliased(Account, name="settler")
    return (
        line(
            EntryKind.GOAL,
            "not-agreed",
            GoalAgreement.at,
            titled(GOALS.c.text, GoalAgreement.comment, "\n"),
            who=By.name,
            agency=ByAgency.name,
            word=GoalAgreement.agreement,
            stands=and_(~replaced(), GOALS.c.dropped.is_(False), GOALS.c.reached_at.is_(None)),
        )
        .join(GOALS, GOALS.c.id == Entry.id)
        .join(GoalAgreement, GoalAgreement.goal_id == Entry.id)
        .join(By, By.id == GoalAgreement.account_id)
        .join(ByAgency, ByAgency.id == GoalAgreement.agency_id)
        .where(GoalAgreement.agreement != Agreement.AGREED),
        line(
            EntryKind.INFORMATION_REQUEST,
            "challenged",
            CHALLENGES.c.at,
            CHALLENGES.c.why,
            who=By.name,
            stands=CHALLENGES.c.outcome.is_(None),
        )
        .join(CHALLENGES, CHALLENGES.c.request_id == Entry.id)
        .join(By, By.id == CHALLENGES.c.by_id),
        line(
            EntryKind.INFORMATION_REQUEST,
            "settled",
            CHALLENGES.c.settled_at,
            CHALLENGES.c.settled,
            who=settler.name,
            agency="",
            word=CHALLENGES.c.outcome,
        )
        .join(CHALLENGES, CHALLENGES.c.request_id == Entry.id)
        .join(settler, settler.id == CHALLENGES.c.settled_by_id),
        line(
            EntryKind.OPENNESS,
            "objection",
            Entry.created_at,
            OPENNESS.c.what,
            day=OPENNESS.c.happened_on,
            stands=OPENNESS.c.settled_at.is_(None),
        )
        .join(OPENNESS, OPENNESS.c.id == Entry.id)
        .where(OPENNESS.c.told == OpennessKind.OBJECTION),
    )
