"""Records of pairs of link workers and of difficulties in working together, for the sweeps."""

from __future__ import annotations

from sqlalchemy import select

from coordinator.demo import cast
from coordinator.models.difficulties import (
    Difficulty,
    DifficultyNote,
    JointMeeting,
    JointMeetingPerson,
    JointMeetingTopic,
)
from coordinator.models.directory import Post, Team
from coordinator.models.joint_concerns import JointConcern
from coordinator.models.link_pairs import LinkPair, PairReview, VacancyHeard
from coordinator.vocabulary import ConcernKind, DifficultyStep, PostKind
from sharing_writer import account_id
from writer import Writer


def link_post(writer: Writer, team: str) -> int:
    """Return the number of a team's link worker's post."""
    return writer.session.scalars(
        select(Post.id)
        .join(Team, Team.id == Post.team_id)
        .where(Team.name == team, Post.kind == PostKind.LINK_WORKER)
    ).one()


def pair(
    writer: Writer, by: str = "Colm", north: str = "Northside CMHT", east: str = "Eastway"
) -> LinkPair:
    """Add a pair of two teams' link workers that was reviewed once; one vacancy was read of."""
    session, who = writer.session, account_id(writer.session, by)
    ends = (link_post(writer, north), link_post(writer, f"{east} Family Support"))
    there = session.scalars(select(LinkPair).where(LinkPair.csc_post_id == ends[1])).first()
    if there is not None:
        return there
    today = writer.moment.today
    named = LinkPair(cmht_post_id=ends[0], csc_post_id=ends[1], named_on=today, named_by_id=who)
    session.add(named)
    session.flush()
    said = {"pair_id": named.id, "works": True, "note": "We ring on Mondays", "by_id": who}
    session.add(PairReview(post_id=ends[1], reviewed_on=today, **said))
    session.add(VacancyHeard(post_id=ends[1], by_id=who, at=writer.moment.now))
    session.flush()
    return named


def difficulty(writer: Writer, by: str = "Cerys") -> Difficulty:
    """Add a difficulty with a note, talked about in a meeting, once."""
    session, now, today = writer.session, writer.moment.now, writer.moment.today
    there = session.scalars(select(Difficulty)).first()
    if there is not None:
        return there
    who = cast.actor(session, by)
    told = {"by_id": who.account_id, "agency_id": who.agency_id, "at": now}
    hard = Difficulty(text="Nobody knows whose turn it is to ring", said_on=today, **told)
    met = JointMeeting(held_on=today, by_id=who.account_id, at=now)
    session.add_all([hard, met])
    session.flush()
    note = {"step": DifficultyStep.NOTE, "text": "We try a list", "on_day": today}
    session.add(DifficultyNote(difficulty_id=hard.id, **note, **told))
    session.add(JointMeetingPerson(meeting_id=met.id, account_id=who.account_id))
    session.add(JointMeetingTopic(meeting_id=met.id, difficulty_id=hard.id))
    session.flush()
    return hard


def concern(writer: Writer, by: str = "Amira", about: str = "Eastway Family Support", **more):
    """Add a concern of somebody's about a team of the other agency, once."""
    there = writer.session.scalars(select(JointConcern)).first()
    if there is not None and not more:
        return there
    who = cast.actor(writer.session, by)
    told = {"by_id": who.account_id, "agency_id": who.agency_id, "at": writer.moment.now}
    raised = JointConcern(
        kind=ConcernKind.SUPPORT_NOT_GIVEN,
        text="Nobody came on the days that we agreed",
        team_id=who.acting_as.team_id,
        about_team_id=writer.session.scalars(select(Team.id).where(Team.name == about)).one(),
        **{**told, **more},
    )
    writer.session.add(raised)
    writer.session.flush()
    return raised


def box(page, field: str, words: str) -> str:
    """Return the value of the radio or checkbox with these words."""
    for one in page.soup.select(f"input[name={field}]"):
        if words in one.find_parent(class_=["govuk-radios__item", "govuk-checkboxes__item"]).text:
            return one["value"]
    raise AssertionError(f"{field} does not offer {words!r}")
