"""The rules that start clocks: which are in force, and how a manager changes a limit."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.clock_rules import ClockRuleInSight
from coordinator.access.sights import Moment
from coordinator.errors import ConflictError, InvalidError
from coordinator.models.clock_rules import ClockRule
from coordinator.vocabulary import NOT_OF_TIME, ClockEvent, Standing, Unit

# What the clock of a rule can count from, where areas differ (R4: Norfolk, Lincolnshire).
COUNTED_FROM = {"initial-conference": (ClockEvent.SECTION_47, ClockEvent.STRATEGY_DISCUSSION)}
LONGEST = 400


@dataclass(frozen=True)
class Limit:
    """What a manager sets: how long, from which event, from which day on, and why."""

    limit: int
    unit: Unit
    from_date: date
    reason: str
    starts_with: ClockEvent | None = None


def in_force(session: Session, day: date) -> dict[str, ClockRule]:
    """Return the version of each rule that holds on a day, by code.  One statement."""
    rules = session.scalars(
        select(ClockRule)
        .where(ClockRule.from_date <= day)
        .order_by(ClockRule.from_date, ClockRule.id)
    )
    return {rule.code: rule for rule in rules}


def change(
    session: Session,
    actor: Actor,
    moment: Moment,
    rule: ClockRuleInSight,
    version: int | None,
    wanted: Limit,
) -> str:
    """Set a limit for the area from a day on; return the reference of the new version.

    Deadlines that exist keep the version by which they were counted.  `version` is the number of
    the version that the form was filled in from.  Raises `ConflictError` if there is a newer one,
    and `InvalidError`.
    """
    newest = session.scalars(
        select(ClockRule).where(ClockRule.code == rule.code).order_by(ClockRule.id.desc()).limit(1)
    ).one()
    if version != newest.id:
        said = {"limit": str(newest.limit), "unit": newest.unit.label, "reason": newest.reason}
        raise ConflictError(said, newest.id)
    starts_with = wanted.starts_with or newest.starts_with
    problems = {}
    if not 0 < wanted.limit <= LONGEST:
        problems["limit"] = f"Enter a number between 1 and {LONGEST}"
    if wanted.unit is not newest.unit and {wanted.unit, newest.unit} & set(NOT_OF_TIME):
        problems["unit"] = "Choose what this rule can count"
    if wanted.from_date < moment.today:
        problems["from_date"] = "It can hold from today on: what was counted stays as it was"
    if starts_with not in (*COUNTED_FROM.get(rule.code, ()), newest.starts_with):
        problems["starts_with"] = "Choose what the clock counts from"
    if problems:
        raise InvalidError(problems)
    new = ClockRule(
        code=newest.code,
        name=newest.name,
        jurisdiction=newest.jurisdiction,
        whose=newest.whose,
        starts_with=starts_with,
        met_by=newest.met_by,
        limit=wanted.limit,
        unit=wanted.unit,
        before=newest.before,
        source=newest.source,
        standing=Standing.LOCAL,
        from_date=wanted.from_date,
        local_override=True,
        reason=wanted.reason,
        set_by_id=actor.account_id,
        set_at=moment.now,
    )
    session.add(new)
    session.flush()
    return new.reference
