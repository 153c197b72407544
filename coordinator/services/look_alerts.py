"""Alerts about looks: the trail is read on from where it was read to, and a person reviews.

The tool reads here what no reader of its pages may: it acts for itself, tells nobody but the
privacy officers, and stores numbers only (D21; threats, 5).
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from coordinator import clock
from coordinator.access.actor import Actor
from coordinator.access.sights import LookAlertInSight, Moment
from coordinator.errors import DeniedError, InvalidError
from coordinator.models.look_alerts import AlertScan, LookAlert
from coordinator.models.trail import TrailEvent
from coordinator.services import addresses
from coordinator.services.look_rules import AN_HOUR, Finding, Seen, findings
from coordinator.services.looked_at import known_of
from coordinator.settings import SETTINGS
from coordinator.trail import hour_of, instant, micros
from coordinator.vocabulary import AlertKind, EventKind, ReviewOutcome

KINDS = (EventKind.LOOK, EventKind.SEARCH, EventKind.REFUSAL)
# Looks of a privacy officer at an alert or an exclusion: no page of the family.
OF_NO_PAGE = frozenset({"look_alerts", "exclusions"})
# What somebody is shown because they were asked to do something about it.
ASKED = frozenset({"join_requests", "advice", "emergency_openings"})
# A coincidence of names stays one.
SETTLED_FOR_GOOD = frozenset({AlertKind.SAME_NAME, AlertKind.COLLEAGUE})
BATCH = 500
# On PostgreSQL an act may be committed after one with a later number.  What is younger than this
# is read again the next time; to read it twice raises nothing twice.
UNSETTLED = timedelta(minutes=2)
ONE = 1


def is_behind(session: Session, _moment: Moment | None = None) -> bool:
    """Say whether the trail holds what was not read yet.  Takes no lock."""
    read_to = session.scalar(select(AlertScan.seq).where(AlertScan.id == ONE)) or 0
    newer = select(TrailEvent.seq).where(TrailEvent.seq > read_to).limit(1)
    return session.scalar(newer) is not None


def scan(session: Session, moment: Moment, batch: int = BATCH) -> tuple[int, bool]:
    """Read the next events of the trail; return how many alerts were raised, and if more waits.

    One batch, in the caller's transaction, which must be a writing one: the row that says how far
    the trail was read is locked, so that a second worker waits and then reads on from there.
    """
    place = session.get(AlertScan, ONE, with_for_update=True, populate_existing=True)
    if place is None:
        place = AlertScan(id=ONE, seq=_start(session, moment))
        session.add(place)
        session.flush()
    rows = session.execute(
        _events().where(TrailEvent.seq > place.seq).order_by(TrailEvent.seq).limit(batch)
    ).all()
    settled_before = micros(moment.now - UNSETTLED)
    read_to = place.seq
    for row in rows:
        if row.at > settled_before:
            break
        read_to = row.seq
    raised = _raise_for(session, [_seen(row) for row in rows if _counts(row)])
    moved = read_to != place.seq
    place.seq = read_to
    session.flush()
    return raised, moved and len(rows) == batch


def _start(session: Session, moment: Moment) -> int:
    """Return where the first scan of an old trail begins: with what is a few days old."""
    days_ago = moment.now - timedelta(days=SETTINGS.families_without_role_days)
    last_before = (
        select(TrailEvent.seq)
        .where(TrailEvent.hour < hour_of(days_ago))
        .order_by(TrailEvent.hour.desc(), TrailEvent.seq.desc())
        .limit(1)
    )
    return session.scalar(last_before) or 0


def _events() -> Any:
    return select(
        TrailEvent.seq,
        TrailEvent.at,
        TrailEvent.kind,
        TrailEvent.actor_id,
        TrailEvent.agency_id,
        TrailEvent.family_id,
        TrailEvent.record_kind,
    )


def _counts(row: Any) -> bool:
    return row.actor_id is not None and row.kind in KINDS and row.record_kind not in OF_NO_PAGE


def _seen(row: Any) -> Seen:
    return Seen(
        row.seq,
        instant(row.at),
        EventKind(row.kind),
        row.actor_id,
        row.agency_id,
        row.family_id,
        asked=row.record_kind in ASKED,
    )


def _raise_for(session: Session, new: Sequence[Seen]) -> int:
    """Raise what these acts give rise to and was not raised before; return how many."""
    if not new:
        return 0
    known = known_of(session, new)
    # A first pass over the new acts alone tells whose last days matter: those without a role.
    lookers = {
        seen.account_id
        for seen in new
        if seen.family_id and not known.has_a_part(seen) and not known.oversees(seen)
    }
    earlier = _earlier(session, new, lookers)
    if lookers:
        known = known_of(session, [*earlier, *new])
    raised = 0
    there = _there(session, new)
    for finding in findings(new, earlier, known):
        if _is_new(finding, there):
            session.add(_alert(finding))
            there.append(_alert(finding))
            raised += 1
    return raised


def _earlier(session: Session, new: Sequence[Seen], lookers: set[int]) -> list[Seen]:
    """Return what these people did before: that day and hour, and in the last days without a role.

    At most two statements.
    """
    first, last = min(seen.at for seen in new), max(seen.at for seen in new)
    day = clock.day_bounds(clock.local(first).date())[0]
    spans = [({seen.account_id for seen in new}, min(day, first - AN_HOUR))]
    if lookers:
        spans.append((lookers, first - timedelta(days=SETTINGS.families_without_role_days)))
    rows: list[Any] = []
    for people, start in spans:
        rows += session.execute(
            _events().where(
                TrailEvent.actor_id.in_(people),
                TrailEvent.hour >= hour_of(start),
                TrailEvent.hour <= hour_of(last),
                TrailEvent.kind.in_(KINDS),
            )
        ).all()
    return [_seen(row) for row in rows if _counts(row)]


def _there(session: Session, new: Sequence[Seen]) -> list[LookAlert]:
    """Return the alerts about these people that may say the same already.  One statement."""
    first = min(seen.at for seen in new) - timedelta(days=SETTINGS.families_without_role_days + 1)
    return list(
        session.scalars(
            select(LookAlert).where(
                LookAlert.account_id.in_({seen.account_id for seen in new}),
                or_(LookAlert.raised_at >= first, LookAlert.kind.in_(SETTLED_FOR_GOOD)),
            )
        )
    )


def _is_new(finding: Finding, there: Sequence[LookAlert]) -> bool:
    """Whether nothing says the same: for that person and family, of that London day.

    Several families without a role are told once in those days.  A coincidence of names that was
    found justified is not told again.
    """
    same = [
        alert
        for alert in there
        if (alert.kind, alert.account_id) == (finding.kind, finding.seen.account_id)
    ]
    if finding.kind is AlertKind.WITHOUT_ROLE:
        days = timedelta(days=SETTINGS.families_without_role_days)
        return not any(abs(finding.seen.at - alert.raised_at) < days for alert in same)
    same = [alert for alert in same if alert.family_id == finding.family_id]
    if finding.kind in SETTLED_FOR_GOOD and any(
        alert.outcome is ReviewOutcome.JUSTIFIED for alert in same
    ):
        return False
    return finding.seen.day not in {clock.local(alert.raised_at).date() for alert in same}


def _alert(finding: Finding) -> LookAlert:
    """Return an alert that bears the time of the act with which it came to be one."""
    return LookAlert(
        kind=finding.kind,
        account_id=finding.seen.account_id,
        agency_id=finding.seen.agency_id,
        family_id=finding.family_id,
        looks=finding.looks,
        raised_at=finding.seen.at,
        review="",
    )


def review(
    session: Session,
    actor: Actor,
    moment: Moment,
    alert: LookAlertInSight,
    outcome: ReviewOutcome,
    words: str,
) -> None:
    """Say what came of an alert; a privacy officer does, and never about themselves.

    Raises `DeniedError`, and `InvalidError` for no words or for an alert that is reviewed already.
    """
    record = session.get_one(LookAlert, alert.id, with_for_update=True)
    if not actor.is_privacy_officer or record.account_id == actor.account_id:
        raise DeniedError("This is for a privacy officer, about the looks of somebody else.")
    if record.reviewed_at is not None:
        raise InvalidError("This alert is reviewed already")
    if not words.strip():
        raise InvalidError({"review": "Say what you found"})
    addresses.refuse(review=words)
    record.reviewed_by_id = actor.account_id
    record.reviewed_at = moment.now
    record.outcome = outcome
    record.review = words
    session.flush()
