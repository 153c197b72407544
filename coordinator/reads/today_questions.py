"""What colleagues ask, for those who answer, and the entries of services to be looked at again."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import String, case, exists, or_, select, type_coerce

from coordinator.access.actor import Actor, current
from coordinator.access.question_rules import ANSWERING_POSTS
from coordinator.access.sights import Moment
from coordinator.clock import local
from coordinator.models.accounts import Membership
from coordinator.models.directory import Agency, Post, PostHolding, Team
from coordinator.models.directory_rules import DirectoryRule
from coordinator.models.local_services import LocalService, LocalServiceVersion
from coordinator.models.questions import Question, QuestionAnswer
from coordinator.reads.directory_rules import in_force
from coordinator.reads.local_services import newest as version_now
from coordinator.reads.matters import matter
from coordinator.reads.questions import newest
from coordinator.reads.today_rows import Press, TodayRow
from coordinator.vocabulary import Role, Topic

A_DAY = timedelta(days=1)
# By source: what is looked at again, its page, and the address that says it is right.
LOOKED_AT = {
    "colleague": ("that an answer is still right", "/questions", "still-right"),
    "local-service": ("what stands of a service", "/directory/services", "confirm"),
}


def selects(actor: Actor, moment: Moment) -> tuple[Any, ...]:
    """Return what waits, in the columns of reads/matters.py; nothing for who does not answer.

    `due_on` is the day on which the answer was last looked at, and `what` after how many days it
    is looked at again.
    """
    kind = select(Agency.kind).where(Agency.id == actor.agency_id).scalar_subquery()
    every = in_force(DirectoryRule.answers_every_days, moment.today)
    return (
        matter(
            source="colleague",
            part=case((QuestionAnswer.id.is_(None), "unanswered"), else_="check"),
            reference=Question.reference,
            about=type_coerce(Question.topic, String()),
            what=every.cast(String()),
            at=Question.asked_at,
            due_on=Question.checked_on,
        )
        .select_from(Question)
        .outerjoin(QuestionAnswer, newest())
        .where(Question.withdrawn_at.is_(None), Question.asked_of == kind, _answers(actor, moment)),
        _services(actor, moment),
    )


def _services(actor: Actor, moment: Moment) -> Any:
    """Return the local services whose entry the reader's post looks after."""
    return (
        matter(
            source="local-service",
            reference=LocalService.reference,
            about=LocalServiceVersion.name,
            what=in_force(DirectoryRule.confirmed_every_days, moment.today).cast(String()),
            due_on=LocalService.confirmed_on,
        )
        .select_from(LocalService)
        .join(LocalServiceVersion, version_now())
        .join(PostHolding, PostHolding.post_id == LocalService.post_id)
        .where(
            LocalService.closed_at.is_(None),
            PostHolding.account_id == actor.account_id,
            PostHolding.deputy.is_(False),
            current(PostHolding, moment.today),
        )
    )


def mine(matters: Iterable[Any], moment: Moment) -> Iterator[TodayRow]:
    """Yield the questions that nobody has answered, and what is to be looked at again."""
    for row in matters:
        if row.source == "colleague" and row.part == "unanswered":
            asked = local(row.at).date()
            yield TodayRow(
                kind="question",
                verb="Answer",
                text=f"a colleague’s question: {_in_a_sentence(row.about)}",
                href=f"/questions/{row.reference}",
                family="",
                due=asked,
                due_word="asked",
                at=row.at,
                late=asked < moment.today - A_DAY,
            )
        elif row.source in LOOKED_AT:
            due = row.due_on + timedelta(days=int(row.what))
            text, home, press = LOOKED_AT[row.source]
            home = f"{home}/{row.reference}"
            answer = row.source == "colleague"
            if due < moment.today:
                yield TodayRow(
                    kind="post",
                    verb="Check",
                    text=f"{text}: {_in_a_sentence(row.about) if answer else row.about}",
                    href=home,
                    family="",
                    due=due,
                    press=Press(f"{home}/{press}", "Still right"),
                )


def _in_a_sentence(topic: str) -> str:
    label = Topic(topic).label
    return label[:1].lower() + label[1:]


def _answers(actor: Actor, moment: Moment) -> Any:
    """Return the rule `answers_colleagues` as a condition."""
    works = (
        exists()
        .where(
            Membership.account_id == actor.account_id,
            Membership.role == Role.LINK_WORKER,
            current(Membership, moment.today),
            Team.id == Membership.team_id,
            Team.agency_id == actor.agency_id,
        )
        .correlate(None)
    )
    holds = (
        exists()
        .where(
            PostHolding.account_id == actor.account_id,
            current(PostHolding, moment.today),
            Post.id == PostHolding.post_id,
            Post.agency_id == actor.agency_id,
            Post.kind.in_(ANSWERING_POSTS),
        )
        .correlate(None)
    )
    return or_(works, holds)
