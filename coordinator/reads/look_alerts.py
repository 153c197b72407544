"""Alerts about looks, for a privacy officer: who, why, how often, when; and the looks behind each.

No worker is ranked and nothing is scored: an alert is a question, and most have a good answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from coordinator import clock
from coordinator.access.actor import Actor
from coordinator.access.scope import not_excluded, watched_alerts
from coordinator.access.sights import LookAlertInSight, Moment
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency
from coordinator.models.families import Family
from coordinator.models.look_alerts import LookAlert
from coordinator.models.trail import TrailEvent
from coordinator.reads.colleagues import paged
from coordinator.reads.today_rows import TodayRow
from coordinator.settings import SETTINGS
from coordinator.trail import hour_of, instant, micros
from coordinator.vocabulary import AlertKind, EventKind, ReviewOutcome

OF_A_DAY = frozenset({AlertKind.SAME_NAME, AlertKind.COLLEAGUE, AlertKind.MANY_LOOKS})
KIND_OF = {
    AlertKind.MANY_SEARCHES: EventKind.SEARCH,
    AlertKind.REFUSED_OFTEN: EventKind.REFUSAL,
}
_Reviewer = aliased(Account)


@dataclass(frozen=True)
class AlertRow:
    """One alert.  `looks` is how often when it was raised; `family` is a reference or empty."""

    reference: str
    kind: AlertKind
    who: str
    profession: str
    agency: str
    family: str
    looks: int
    raised_at: datetime
    outcome: ReviewOutcome | None
    review: str
    reviewed_by: str
    reviewed_at: datetime | None


@dataclass(frozen=True)
class AlertList:
    """One page of alerts, the newest first, and whether there is another."""

    rows: tuple[AlertRow, ...]
    more: bool


@dataclass(frozen=True)
class LookRow:
    """One act behind an alert: when, which page, for which agency; never what the page said."""

    at: datetime
    kind: EventKind
    action: str
    agency: str
    family: str


def listed(
    session: Session, actor: Actor, moment: Moment, *, reviewed: bool, page: int
) -> AlertList:
    """Return a page of the alerts that wait, or of those that are reviewed.  One statement."""
    ended = LookAlert.reviewed_at.is_not(None) if reviewed else LookAlert.reviewed_at.is_(None)
    rows = session.execute(
        paged(
            _alerts()
            .where(watched_alerts(actor, moment), ended)
            .order_by(LookAlert.raised_at.desc(), LookAlert.id.desc()),
            page,
        )
    ).all()
    shown = tuple(_row(row) for row in rows[: SETTINGS.page_size])
    return AlertList(shown, len(rows) > SETTINGS.page_size)


def one(session: Session, alert: LookAlertInSight) -> AlertRow:
    """Return one alert in sight."""
    return _row(session.execute(_alerts().where(LookAlert.id == alert.id)).one())


def behind(
    session: Session, actor: Actor, alert: LookAlertInSight, *, page: int
) -> tuple[tuple[LookRow, ...], bool]:
    """Return a page of the acts behind an alert, the newest first, and whether there is another.

    Of one family: that London day.  Of several without a role: the days before it.  Of an hour:
    from that hour to the end of the day.  Two statements.
    """
    facts = session.execute(
        select(LookAlert.kind, LookAlert.raised_at).where(LookAlert.id == alert.id)
    ).one()
    start, end = _span(facts.kind, facts.raised_at)
    rows = session.execute(
        paged(
            select(
                TrailEvent.at,
                TrailEvent.kind,
                TrailEvent.action,
                Agency.name.label("agency"),
                Family.reference.label("family"),
            )
            .outerjoin(Agency, Agency.id == TrailEvent.agency_id)
            .outerjoin(Family, Family.id == TrailEvent.family_id)
            .where(
                TrailEvent.actor_id == alert.account_id,
                TrailEvent.hour >= hour_of(start),
                TrailEvent.hour <= hour_of(end),
                TrailEvent.at >= micros(start),
                TrailEvent.at < micros(end),
                not_excluded(actor, func.coalesce(TrailEvent.family_id, 0)),
                *_of_kind(facts.kind, alert.family_id),
            )
            .order_by(TrailEvent.hour.desc(), TrailEvent.at.desc(), TrailEvent.seq.desc()),
            page,
        )
    ).all()
    looks = tuple(
        LookRow(
            instant(row.at),
            EventKind(row.kind),
            row.action,
            row.agency or "",
            row.family or "",
        )
        for row in rows[: SETTINGS.page_size]
    )
    return looks, len(rows) > SETTINGS.page_size


def waiting(session: Session, actor: Actor, moment: Moment) -> Iterator[TodayRow]:
    """Yield one row for all alerts that wait for a privacy officer.

    One statement for them, and none for anybody else.
    """
    if not actor.is_privacy_officer:
        return
    waiting = session.scalar(
        select(func.count())
        .select_from(LookAlert)
        .where(watched_alerts(actor, moment), LookAlert.reviewed_at.is_(None))
    )
    if waiting:
        yield TodayRow(
            kind="alert",
            verb="Review",
            text="1 alert about looks" if waiting == 1 else f"{waiting} alerts about looks",
            href="/alerts",
            family="",
            due=moment.today,
            due_word="",
        )


def _span(kind: AlertKind, raised_at: datetime) -> tuple[datetime, datetime]:
    start, end = clock.day_bounds(clock.local(raised_at).date())
    if kind is AlertKind.WITHOUT_ROLE:
        start = raised_at - timedelta(days=SETTINGS.families_without_role_days)
    elif kind not in OF_A_DAY:
        start = raised_at - timedelta(hours=1)
    return start, end


def _of_kind(kind: AlertKind, family_id: int | None) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        TrailEvent.kind == KIND_OF.get(kind, EventKind.LOOK),
        func.coalesce(TrailEvent.record_kind, "").not_in(("look_alerts", "exclusions")),
    ]
    if kind in OF_A_DAY:
        conditions.append(TrailEvent.family_id == family_id)
    elif kind not in KIND_OF:
        conditions.append(TrailEvent.family_id.is_not(None))
    return conditions


def _alerts() -> Any:
    return (
        select(
            LookAlert.reference,
            LookAlert.kind,
            Account.name.label("who"),
            Account.profession,
            Agency.name.label("agency"),
            Family.reference.label("family"),
            LookAlert.looks,
            LookAlert.raised_at,
            LookAlert.outcome,
            LookAlert.review,
            _Reviewer.name.label("reviewed_by"),
            LookAlert.reviewed_at,
        )
        .join(Account, Account.id == LookAlert.account_id)
        .outerjoin(Agency, Agency.id == LookAlert.agency_id)
        .outerjoin(Family, Family.id == LookAlert.family_id)
        .outerjoin(_Reviewer, _Reviewer.id == LookAlert.reviewed_by_id)
    )


def _row(row: Any) -> AlertRow:
    empty = {name: getattr(row, name) or "" for name in ("agency", "family", "reviewed_by")}
    return AlertRow(**row._asdict() | empty)
