"""The rules that start clocks, as they are in force, and how each came to be so."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.clock_rules import ClockRuleInSight
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import Moment
from coordinator.models.accounts import Account
from coordinator.models.clock_rules import ClockRule
from coordinator.vocabulary import AgencyKind, ClockEvent, Standing, Unit


@dataclass(frozen=True)
class RuleVersion:
    """One version of a rule.  `set_by` is empty for the first set."""

    id: int
    reference: str
    code: str
    name: str
    jurisdiction: str
    whose: AgencyKind
    starts_with: ClockEvent
    limit: int
    unit: Unit
    before: bool
    source: str
    standing: Standing
    from_date: date
    local_override: bool
    reason: str
    set_by: str
    set_at: datetime | None

    @property
    def within(self) -> str:
        """The limit in words: `15 working days`, `2 working days before`."""
        return f"{self.unit.counted(self.limit)}{' before' if self.before else ''}"


@dataclass(frozen=True)
class RuleRow:
    """A rule as it is in force today, with the version that comes next if one does."""

    now: RuleVersion
    coming: RuleVersion | None
    may_change: bool


def listed(session: Session, actor: Actor, moment: Moment) -> tuple[RuleRow, ...]:
    """Return the rules in the order of the first set.  One statement."""
    versions: dict[str, list[RuleVersion]] = {}
    for version in _versions(session):
        versions.setdefault(version.code, []).append(version)
    rows = []
    for known in versions.values():
        held = [one for one in known if one.from_date <= moment.today]
        coming = [one for one in known if one.from_date > moment.today]
        now = max(held, key=lambda one: (one.from_date, one.id))
        sight = ClockRuleInSight(now.id, now.reference, now.code, now.whose)
        rows.append(
            RuleRow(
                now,
                coming[-1] if coming else None,
                decide(actor, Permission.CLOCKS_CHANGE, sight).allowed,
            )
        )
    return tuple(rows)


def history(session: Session, rule: ClockRuleInSight) -> tuple[RuleVersion, ...]:
    """Return all versions of a rule, the newest first.  One statement."""
    return tuple(reversed([one for one in _versions(session) if one.code == rule.code]))


def _versions(session: Session) -> tuple[RuleVersion, ...]:
    rows = session.execute(
        select(
            ClockRule.id,
            ClockRule.reference,
            ClockRule.code,
            ClockRule.name,
            ClockRule.jurisdiction,
            ClockRule.whose,
            ClockRule.starts_with,
            ClockRule.limit,
            ClockRule.unit,
            ClockRule.before,
            ClockRule.source,
            ClockRule.standing,
            ClockRule.from_date,
            ClockRule.local_override,
            ClockRule.reason,
            func.coalesce(Account.name, "").label("set_by"),
            ClockRule.set_at,
        )
        .outerjoin(Account, Account.id == ClockRule.set_by_id)
        .order_by(ClockRule.id)
    )
    return tuple(RuleVersion(**row._asdict()) for row in rows)
