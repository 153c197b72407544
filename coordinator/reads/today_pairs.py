"""Pairs of link workers on one person's page: does it still work, and which end is vacant (E03)."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from coordinator.access.actor import Actor, current
from coordinator.access.sights import Moment
from coordinator.models.accounts import Account
from coordinator.models.directory import Post, PostHolding, Team
from coordinator.models.link_pairs import LinkPair, PairReview, VacancyHeard
from coordinator.reads.link_pairs import stays
from coordinator.reads.matters import matter
from coordinator.reads.today_rows import Press, TodayRow
from coordinator.settings import SETTINGS
from coordinator.vocabulary import PostKind


def selects(actor: Actor, moment: Moment) -> tuple[Any, ...]:
    """Return what waits, in the columns of reads/matters.py.

    Of a pair, `due_on` is the day on which the reader's end last said that it works; of a vacancy,
    `part` says whether somebody holds the post still, and `who` deputises.
    """
    own, other, theirs = aliased(Post), aliased(Post), aliased(Team)
    ends = (LinkPair.cmht_post_id, LinkPair.csc_post_id)
    said = (
        select(func.max(PairReview.reviewed_on))
        .where(PairReview.pair_id == LinkPair.id, PairReview.post_id == own.id, PairReview.works)
        .correlate(LinkPair, own)
        .scalar_subquery()
    )
    pairs = (
        matter(
            source="link-pair",
            reference=LinkPair.reference,
            about=theirs.name,
            due_on=func.coalesce(said, LinkPair.named_on),
        )
        .select_from(LinkPair)
        .join(own, own.id.in_(ends))
        .join(other, and_(other.id.in_(ends), other.id != own.id))
        .join(theirs, theirs.id == other.team_id)
        .join(PostHolding, PostHolding.post_id == own.id)
        .where(
            LinkPair.ended_on.is_(None),
            own.agency_id == actor.agency_id,
            PostHolding.account_id == actor.account_id,
            PostHolding.deputy.is_(False),
            current(PostHolding, moment.today),
        )
    )
    return pairs, _vacancies(actor, moment)


def mine(matters: Iterable[Any], moment: Moment) -> Iterator[TodayRow]:
    """Yield the pairs to review, and the vacancies that a manager has not read of."""
    every = timedelta(days=SETTINGS.pair_review_days)
    soon = moment.today + timedelta(days=SETTINGS.due_soon_days)
    for row in matters:
        home = f"/link-pairs/{row.reference}"
        if row.source == "link-pair" and (due := row.due_on + every) <= soon:
            yield TodayRow(
                kind="post",
                verb="Say",
                text=f"whether your pair with {row.about} still works",
                href=home,
                family="",
                due=due,
                late=due < moment.today,
                press=Press(f"{home}/works", "It works"),
            )
        elif row.source == "link-vacancy":
            told = "loses its link worker" if row.part == "leaves" else "has no link worker"
            yield TodayRow(
                kind="post",
                verb="Read",
                text=f"{row.about} {told}",
                href="/link-pairs",
                family="",
                hint=f"Meanwhile: {row.who}, deputy"
                if row.who
                else "There is no deputy: requests come to you",
                press=Press(f"/directory/posts/{row.reference}/vacancy-read", "I have read it"),
            )


def _vacancies(actor: Actor, moment: Moment) -> Any:
    """Return the posts of the reader's teams without a link worker who stays, not read of."""
    held, last, deputising = aliased(PostHolding), aliased(PostHolding), aliased(PostHolding)
    deputy = aliased(Account)
    newest = (
        select(func.max(last.id))
        .where(last.post_id == Post.id, last.deputy.is_(False))
        .correlate(Post)
        .scalar_subquery()
    )
    holds = exists().where(
        held.post_id == Post.id, held.deputy.is_(False), current(held, moment.today)
    )
    deputises = (
        select(func.min(deputy.name))
        .join(deputising, deputising.account_id == deputy.id)
        .where(
            deputising.post_id == Post.id,
            deputising.deputy,
            current(deputising, moment.today),
            or_(deputy.closed_at.is_(None), deputy.closed_at > moment.now),
        )
        .correlate(Post)
        .scalar_subquery()
    )
    read = exists().where(
        VacancyHeard.post_id == Post.id,
        VacancyHeard.by_id == actor.account_id,
        func.coalesce(VacancyHeard.holding_id, 0) == func.coalesce(newest, 0),
    )
    return (
        matter(
            source="link-vacancy",
            part=case((holds, "leaves"), else_="vacant"),
            reference=Post.reference,
            about=Team.name,
            who=deputises,
        )
        .select_from(Post)
        .join(Team, Team.id == Post.team_id)
        .where(
            Post.kind == PostKind.LINK_WORKER,
            Team.closed_on.is_(None),
            Post.team_id.in_(actor.managed_team_ids),
            ~stays(),
            ~read,
        )
    )
