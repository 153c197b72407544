"""Arranging, changing and cancelling meetings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator import clock
from coordinator.access.actor import Actor
from coordinator.access.letters import MailKind
from coordinator.access.sights import FamilyInSight, MeetingInSight, Moment
from coordinator.clock import day_in_words, time_in_words
from coordinator.errors import InvalidError, all_said
from coordinator.models.directory import Site
from coordinator.models.meetings import Meeting, MeetingKind
from coordinator.reads import invitations as reads
from coordinator.reads import outsiders
from coordinator.reads.calendar_rows import Period
from coordinator.reads.invitations import Candidate
from coordinator.reads.outsiders import Outsider
from coordinator.services import (
    addresses,
    clashes,
    full_weeks,
    guest_passes,
    in_series,
    invitations,
    leading,
    meeting_clocks,
    not_asked,
    partner,
    to_come,
    wishes,
)
from coordinator.services.in_series import InSeries
from coordinator.services.partner import LeftOut
from coordinator.services.plans import stamp, unchanged_since
from coordinator.vocabulary import AskedAs, Level, MeetingState, NotAskedReason, Place


@dataclass(frozen=True)
class Arrangement:
    """What is agreed about a meeting.

    `day` and `start` are local time in London; `minutes` is its length.  `site` is the reference
    of a listed site.  `chair` and `minute_taker` are values that reads.invitations.company offers.
    `all_the_same`: it is confirmed against what a parent needs or wishes, or an appointment.
    `which_hour`: `first` or `second` of a time that comes twice when the clocks go back.
    """

    day: date
    start: time
    minutes: int
    place: Place
    site: str = ""
    place_text: str = ""
    purpose: str = ""
    chair: str = ""
    minute_taker: str = ""
    interpreter_booked: bool | None = None
    all_the_same: bool = False
    which_hour: str = ""


def arrange(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    kind: str,
    arrangement: Arrangement,
    invite: Sequence[str],
    left_out: LeftOut | None = None,
    reasons: Mapping[str, NotAskedReason] | None = None,
    joins: InSeries | None = None,
) -> str:
    """Arrange a meeting of this kind (a reference), invite people, and return its reference.

    `invite` are values that reads.invitations.company and reads.outsiders offer; whoever arranges
    comes, and so are the chair and the minute taker invited.  `reasons` say why a parent, a carer
    or somebody whom the parent wants there is left out (I11, P15).  Raises `InvalidError` for a
    time that is past or that the clocks skip (F15), and if somebody, or the partner agency, is left
    out without a reason (E10).
    """
    kind_id = session.scalar(
        select(MeetingKind.id).where(MeetingKind.reference == kind, MeetingKind.retired.is_(False))
    )
    if kind_id is None:
        raise InvalidError({"kind": "Choose what kind of meeting it is"})
    _no_address(session, actor, family, arrangement, left_out)
    people = reads.company(session, actor, moment, family)
    meeting = Meeting(
        **stamp(actor, moment, family, Level.OPEN),
        kind_id=kind_id,
        uid=str(uuid4()),
        sequence=0,
        zone=clock.LONDON.key,
        state=MeetingState.PLANNED,
    )
    _settle(session, moment, meeting, arrangement)
    session.add(meeting)
    session.flush()
    in_series.join(session, meeting, joins)
    offered = {candidate.value: candidate for candidate in people.invitees(actor)}
    outside = {other.value: other for other in outsiders.of_family(session, actor, moment, family)}
    chosen, others = invitations.chosen_of(offered, outside, invite)
    _ask_everybody(session, actor, moment, meeting, chosen, others)
    leading.name(session, actor, moment, meeting, people, arrangement)
    people_left = (meeting, outside.values(), reasons or {})
    all_said(
        lambda: wishes.heed(session, actor, moment, family, meeting, arrangement),
        lambda: _heed_clashes(session, actor, moment, family, meeting, arrangement),
        lambda: not_asked.explain(session, actor, moment, *people_left),
        lambda: partner.explain_absence(session, moment, meeting, left_out),
    )
    session.flush()
    meeting_clocks.arranged(session, moment, meeting)
    full_weeks.weigh(session, actor, moment, family, meeting.starts_at)
    return meeting.reference


def change(
    session: Session,
    actor: Actor,
    moment: Moment,
    meeting: MeetingInSight,
    version: int | None,
    arrangement: Arrangement,
    told: frozenset[int] | None = None,
) -> bool:
    """Change a planned meeting; return whether everybody invited is sent an update.

    They are when its time, length or place changes; `told` are those who know of it by the mail
    about another meeting of the series.  Raises `ConflictError` if somebody else
    changed it since `version`, and `InvalidError` as `arrange` does.
    """
    record = session.get_one(Meeting, meeting.id)
    unchanged_since(session, record, version, **_in_words(session, record))
    _no_address(session, actor, meeting.family, arrangement)
    people = reads.company(session, actor, moment, meeting.family)
    before = _on_the_invitation(record)
    _settle(session, moment, record, arrangement)
    leading.name(session, actor, moment, record, people, arrangement)
    all_said(
        lambda: wishes.heed(session, actor, moment, meeting.family, record, arrangement),
        lambda: _heed_clashes(session, actor, moment, meeting.family, record, arrangement, before),
    )
    moved = _on_the_invitation(record) != before
    if moved:
        record.sequence += 1
        _tell_everybody(session, moment, record, MailKind.UPDATE, told)
    session.flush()
    meeting_clocks.arranged(session, moment, record)
    if moved:
        full_weeks.weigh(session, actor, moment, meeting.family, before[0], record.starts_at)
    return moved


def cancel(
    session: Session,
    actor: Actor,
    moment: Moment,
    meeting: MeetingInSight,
    reason: str,
    told: frozenset[int] | None = None,
) -> None:
    """Cancel a planned meeting and tell everybody who is invited, but those `told` as in change."""
    addresses.stop(session, actor, meeting.family, reason=reason)
    record = session.get_one(Meeting, meeting.id)
    record.state, record.state_reason = MeetingState.CANCELLED, reason
    record.sequence += 1
    _tell_everybody(session, moment, record, MailKind.CANCELLATION, told)
    session.flush()
    meeting_clocks.cancelled(session, record)
    full_weeks.weigh(session, actor, moment, meeting.family, record.starts_at)


def _no_address(
    session: Session,
    actor: Actor,
    family: FamilyInSight,
    wanted: Arrangement,
    left_out: LeftOut | None = None,
) -> None:
    """Raise `InvalidError` if an invitation would carry somebody's address (threats, 2)."""
    texts = {"place_text": wanted.place_text, "purpose": wanted.purpose}
    if left_out:
        texts["left_out_note"] = left_out.words
    addresses.stop(session, actor, family, **texts)


def _settle(session: Session, moment: Moment, meeting: Meeting, wanted: Arrangement) -> None:
    """Set time and place.  Only a site that is listed has an address that mail may carry."""
    wall = datetime.combine(wanted.day, wanted.start)
    which = wanted.which_hour
    if wall != meeting.local_start or clock.which_of_two(wall, meeting.starts_at) not in (
        which,
        "",
    ):
        meeting.starts_at = to_come.instant(moment, wall, "meeting", which)
        meeting.local_start = wall
    meeting.minutes = wanted.minutes
    site_id = None
    if wanted.place is Place.SITE:
        site_id = session.scalar(select(Site.id).where(Site.reference == wanted.site))
        if site_id is None:
            raise InvalidError({"site": "Choose the site"})
    elif not wanted.place_text:
        raise InvalidError({"place_text": "Say where it is, or how to join"})
    meeting.place, meeting.site_id = wanted.place, site_id
    meeting.place_text, meeting.purpose = wanted.place_text, wanted.purpose


def _on_the_invitation(meeting: Meeting) -> tuple[Any, ...]:
    return (
        meeting.starts_at,
        meeting.minutes,
        meeting.place,
        meeting.site_id,
        meeting.place_text,
    )


def _heed_clashes(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    meeting: Meeting,
    wanted: Arrangement,
    before: tuple[object, ...] = (),
) -> None:
    """Say who of those asked has something else then, unless its time stays as it was."""
    if before[:2] == (meeting.starts_at, meeting.minutes):
        return
    session.flush()
    period = Period(meeting.starts_at, meeting.starts_at + timedelta(minutes=meeting.minutes))
    asked = clashes.asked_to(session, meeting.id)
    sure = wanted.all_the_same
    when = in_series.on_its_day(session, meeting)
    about = (session, actor, moment, family, asked, period, meeting.reference)
    clashes.heed(*about, all_the_same=sure, when=when)


def _ask_everybody(
    session: Session,
    actor: Actor,
    moment: Moment,
    meeting: Meeting,
    chosen: Sequence[Candidate],
    others: Sequence[Outsider],
) -> None:
    me = (actor.account_id, meeting.agency_id)
    invitations.ask(session, actor, moment, meeting, *me, asked_as=AskedAs.ARRANGED)
    for candidate in chosen:
        invitations.ask(session, actor, moment, meeting, candidate.account_id, candidate.agency_id)
    for other in others:
        invitations.ask_outsider(session, actor, moment, meeting, other)
    session.flush()


def _tell_everybody(
    session: Session,
    moment: Moment,
    meeting: Meeting,
    kind: MailKind,
    told: frozenset[int] | None,
) -> None:
    invited = sorted(reads.invited_accounts(session, meeting.id) - (told or frozenset()))
    invitations.tell(session, moment, meeting, invited, kind)
    if told is None:
        guest_passes.tell_all(session, moment, meeting, kind)


def _in_words(session: Session, meeting: Meeting) -> dict[str, str]:
    """Return a meeting as it stands, for the page that shows both texts."""
    site = session.get(Site, meeting.site_id) if meeting.site_id else None
    place = f"{meeting.place.label}: {site.name if site else meeting.place_text}"
    return {
        "day": day_in_words(meeting.local_start),
        "start": time_in_words(meeting.local_start),
        "minutes": f"{meeting.minutes} minutes",
        "place": place,
        "purpose": meeting.purpose,
    }
