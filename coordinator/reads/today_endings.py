"""The end of one agency's help on one person's page: to acknowledge, to finish (E24)."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import and_, case, func, or_, select

from coordinator.access.actor import Actor
from coordinator.access.find_endings import ANSWERED
from coordinator.access.scope import my_families, not_excluded
from coordinator.access.sights import Moment
from coordinator.models.directory import Agency
from coordinator.models.endings import Ending
from coordinator.models.families import Family
from coordinator.models.separations import PartOfSeparation, SeparationPlan
from coordinator.reads.matters import matter
from coordinator.reads.today_rows import TodayRow
from coordinator.vocabulary import Level, SeparationPart


def selects(actor: Actor, moment: Moment) -> tuple[Any, ...]:
    """Return what waits, in the columns of reads/matters.py."""
    ours = Ending.agency_id == actor.agency_id
    return (
        matter(
            source="ending",
            part=case(
                (and_(ours, ANSWERED), "finish"),
                (ours, "waits"),
                (Ending.overridden_at.is_not(None), "overridden"),
                else_="acknowledge",
            ),
            reference=Ending.reference,
            family=Family.reference,
            who=Agency.name,
            at=Ending.created_at,
            due_on=Ending.ends_on,
        )
        .select_from(Ending)
        .join(Family, Family.id == Ending.family_id)
        .join(Agency, Agency.id == Ending.agency_id)
        .where(
            Ending.level == Level.OPEN,
            Ending.withdrawn_at.is_(None),
            Ending.family_id.in_(my_families(actor, moment)),
            or_(
                and_(ours, Ending.finished_at.is_(None)),
                and_(
                    ~ours,
                    Ending.acknowledged_at.is_(None),
                    or_(Ending.overridden_at.is_(None), Ending.ends_on >= moment.today),
                ),
            ),
            not_excluded(actor, Ending.family_id),
        ),
        _separations(actor, moment),
    )


def _separations(actor: Actor, moment: Moment) -> Any:
    """Return the after-separation plans of which a part has no owner (S14)."""
    parts = (
        select(func.count(PartOfSeparation.part.distinct()))
        .where(PartOfSeparation.plan_id == SeparationPlan.id)
        .scalar_subquery()
    )
    return (
        matter(
            source="separation",
            reference=SeparationPlan.reference,
            family=Family.reference,
            at=SeparationPlan.created_at,
            due_on=SeparationPlan.separated_on,
        )
        .select_from(SeparationPlan)
        .join(Family, Family.id == SeparationPlan.family_id)
        .where(
            SeparationPlan.level == Level.OPEN,
            SeparationPlan.bars_until >= moment.today,
            SeparationPlan.family_id.in_(my_families(actor, moment)),
            parts < len(SeparationPart),
            not_excluded(actor, SeparationPlan.family_id),
        )
    )


def mine(matters: Iterable[Any], moment: Moment) -> Iterator[TodayRow]:
    """Yield what the reader is to acknowledge, to read, or to finish."""
    words = {
        "acknowledge": ("Acknowledge", "that the help of {who} ends"),
        "overridden": ("Read:", "the help of {who} ends without your answer"),
        "finish": ("Finish", "the end of your agency’s help"),
    }
    for row in matters:
        if row.source == "separation":
            yield TodayRow(
                kind="ending",
                verb="Say",
                text="who sees to what the parent needs now",
                href=f"/families/{row.family}/after-separation",
                family=row.family,
                due=moment.today,
            )
        elif row.source == "ending" and row.part in words:
            verb, text = words[row.part]
            yield TodayRow(
                kind="ending",
                verb=verb,
                text=text.format(who=row.who),
                href=f"/endings/{row.reference}",
                family=row.family,
                due=row.due_on,
                late=row.part == "acknowledge" and row.due_on < moment.today,
            )


def others(matters: Iterable[Any]) -> Iterator[TodayRow]:
    """Yield what the other agency has not acknowledged."""
    for row in matters:
        if row.source == "ending" and row.part == "waits":
            yield TodayRow(
                kind="wait",
                verb="The other agency:",
                text="acknowledge that your help ends",
                href=f"/endings/{row.reference}",
                family=row.family,
                due=row.due_on,
            )
