"""Pairs of link workers: both ends, whether each says that it works, which is vacant (E03)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor, current
from coordinator.access.pair_rules import LinkPairInSight
from coordinator.access.sights import Moment, PostInSight
from coordinator.models.accounts import Account
from coordinator.models.departures import Departure
from coordinator.models.directory import Agency, Post, PostHolding, Team
from coordinator.models.link_pairs import LinkPair, PairReview
from coordinator.reads.post_cards import PostCard, cards
from coordinator.settings import SETTINGS
from coordinator.vocabulary import AgencyKind, PostKind


@dataclass(frozen=True)
class End:
    """One end of a pair.  `reviewed_on` is when this end last said that it works, if ever.

    `without`: nobody holds the post, or its holder leaves, after `last_day`.
    """

    post: PostCard
    reviewed_on: date | None
    without: bool
    last_day: date | None

    @property
    def who(self) -> str:
        """Who holds the post, or who deputises."""
        if self.post.holder:
            return self.post.holder.name
        return f"{self.post.deputy.name}, deputy" if self.post.deputy else "Vacant"


@dataclass(frozen=True)
class Pair:
    """A pair; `due_on` is when the end that said so longest ago is asked again."""

    reference: str
    cmht: End
    csc: End
    named_on: date
    named_by: str
    ended_on: date | None
    due_on: date

    @property
    def ends(self) -> tuple[End, End]:
        """Both ends."""
        return self.cmht, self.csc

    @property
    def is_orphan(self) -> bool:
        """Whether an end is vacant, or will be."""
        return self.ended_on is None and any(end.without for end in self.ends)


@dataclass(frozen=True)
class Review:
    """What one end said on a day; `team` is empty for an administrator."""

    on: date
    by: str
    team: str
    works: bool
    note: str


@dataclass(frozen=True)
class Overview:
    """All pairs, and the link workers' posts that are vacant or will be, paired or not."""

    pairs: tuple[Pair, ...]
    without: tuple[tuple[End, tuple[Pair, ...]], ...]


def stays() -> ColumnElement[bool]:
    """Return the condition that a post has a holder, now or from a known day, who does not leave.

    Somebody leaves whose time in the post has an end, whose account closes, or of whom a
    departure says so.
    """
    holding, account, leaving = aliased(PostHolding), aliased(Account), aliased(Departure)
    leaves = exists().where(
        leaving.account_id == holding.account_id,
        or_(leaving.agency_id.is_(None), leaving.agency_id == Post.agency_id),
        leaving.withdrawn_at.is_(None),
        leaving.carried_out_at.is_(None),
    )
    return exists().where(
        holding.post_id == Post.id,
        holding.deputy.is_(False),
        holding.ends_on.is_(None),
        account.id == holding.account_id,
        account.closed_at.is_(None),
        ~leaves.correlate(holding, Post),
    )


def overview(session: Session, actor: Actor, moment: Moment) -> Overview:
    """Return every pair, the orphans first, and the posts without a link worker.

    Three statements.
    """
    posts = _cards(session, actor, moment)
    without = _without(session, moment)
    found = _pairs(session, posts, without)
    ends = [
        End(posts[reference], None, without=True, last_day=last_day)
        for reference, (last_day, open_team) in without.items()
        if open_team and reference in posts
    ]
    live = [pair for pair in found if pair.ended_on is None]
    return Overview(
        pairs=tuple(sorted(live, key=lambda pair: not pair.is_orphan)),
        without=tuple(
            (end, tuple(p for p in live if end.post in (p.cmht.post, p.csc.post))) for end in ends
        ),
    )


def of_post(session: Session, actor: Actor, moment: Moment, post: PostInSight) -> tuple[Pair, ...]:
    """Return the pairs of a post that are not ended.  Three statements."""
    return _of(session, actor, moment, Post.id == post.id)


def of_mine(session: Session, actor: Actor, moment: Moment) -> tuple[Pair, ...]:
    """Return the pairs of the posts that the actor holds or deputises for.  Three statements."""
    return _of(session, actor, moment, _mine(actor, moment))


def one(
    session: Session, actor: Actor, moment: Moment, pair: LinkPairInSight
) -> tuple[Pair, tuple[Review, ...]]:
    """Return a pair and what was said of it, the newest first.  Four statements."""
    posts, without = _cards(session, actor, moment), _without(session, moment)
    (found,) = _pairs(session, posts, without, LinkPair.id == pair.id)
    rows = session.execute(
        select(
            PairReview.reviewed_on,
            Account.name,
            func.coalesce(Team.name, ""),
            PairReview.works,
            PairReview.note,
        )
        .join(Account, Account.id == PairReview.by_id)
        .outerjoin(Post, Post.id == PairReview.post_id)
        .outerjoin(Team, Team.id == Post.team_id)
        .where(PairReview.pair_id == pair.id)
        .order_by(PairReview.id.desc())
    )
    return found, tuple(Review(*row) for row in rows)


def choices(
    session: Session, actor: Actor, moment: Moment, kind: AgencyKind, *, own: bool
) -> list[tuple[str, str]]:
    """Return the link workers' posts of a kind of agency, or the actor's own.  One statement."""
    posts = cards(
        session,
        actor,
        moment,
        Post.kind == PostKind.LINK_WORKER,
        Agency.kind == kind,
        *([_mine(actor, moment)] if own else []),
    )
    return [(post.reference, f"{post.team}: {End(post, None, False, None).who}") for post in posts]  # noqa: FBT003


def _of(
    session: Session, actor: Actor, moment: Moment, where: ColumnElement[bool]
) -> tuple[Pair, ...]:
    chosen = select(Post.id).where(where)
    theirs = or_(LinkPair.cmht_post_id.in_(chosen), LinkPair.csc_post_id.in_(chosen))
    posts, without = _cards(session, actor, moment), _without(session, moment)
    return _pairs(session, posts, without, theirs, LinkPair.ended_on.is_(None))


def _mine(actor: Actor, moment: Moment) -> ColumnElement[bool]:
    """Return the condition that the actor holds a post, or deputises."""
    held = select(PostHolding.post_id).where(
        PostHolding.account_id == actor.account_id, current(PostHolding, moment.today)
    )
    return and_(Post.id.in_(held), Post.agency_id == actor.agency_id)


def _cards(session: Session, actor: Actor, moment: Moment) -> dict[str, PostCard]:
    found = cards(session, actor, moment, Post.kind == PostKind.LINK_WORKER, closed=True)
    return {card.reference: card for card in found}


def _without(session: Session, moment: Moment) -> dict[str, tuple[date | None, bool]]:
    """Return the posts without a link worker who stays: last day, and whether the team is open."""
    rows = session.execute(
        select(Post.reference, PostHolding.ends_on, Departure.last_day, Team.closed_on)
        .outerjoin(Team, Team.id == Post.team_id)
        .outerjoin(
            PostHolding,
            and_(
                PostHolding.post_id == Post.id,
                PostHolding.deputy.is_(False),
                current(PostHolding, moment.today),
            ),
        )
        .outerjoin(
            Departure,
            and_(
                Departure.account_id == PostHolding.account_id,
                or_(Departure.agency_id.is_(None), Departure.agency_id == Post.agency_id),
                Departure.withdrawn_at.is_(None),
                Departure.carried_out_at.is_(None),
            ),
        )
        .where(Post.kind == PostKind.LINK_WORKER, ~stays())
        .order_by(Post.id)
    )
    return {
        row.reference: (
            min((day for day in (row.ends_on, row.last_day) if day), default=None),
            row.closed_on is None,
        )
        for row in rows
    }


def _pairs(
    session: Session,
    posts: dict[str, PostCard],
    without: dict[str, tuple[date | None, bool]],
    *where: ColumnElement[bool],
) -> tuple[Pair, ...]:
    cmht, csc = aliased(Post), aliased(Post)

    def said(post: Any) -> Any:
        return (
            select(func.max(PairReview.reviewed_on))
            .where(
                PairReview.pair_id == LinkPair.id, PairReview.post_id == post.id, PairReview.works
            )
            .correlate(LinkPair, post)
            .scalar_subquery()
        )

    rows = session.execute(
        select(
            LinkPair.reference,
            LinkPair.named_on,
            LinkPair.ended_on,
            Account.name.label("named_by"),
            cmht.reference.label("cmht"),
            csc.reference.label("csc"),
            said(cmht).label("cmht_said"),
            said(csc).label("csc_said"),
        )
        .join(cmht, cmht.id == LinkPair.cmht_post_id)
        .join(csc, csc.id == LinkPair.csc_post_id)
        .join(Account, Account.id == LinkPair.named_by_id)
        .where(*where)
        .order_by(LinkPair.id)
    )
    every = timedelta(days=SETTINGS.pair_review_days)

    def end(reference: str, said_on: date | None) -> End:
        last_day = without.get(reference, (None, True))[0]
        return End(posts[reference], said_on, reference in without, last_day)

    return tuple(
        Pair(
            reference=row.reference,
            cmht=end(row.cmht, row.cmht_said),
            csc=end(row.csc, row.csc_said),
            named_on=row.named_on,
            named_by=row.named_by,
            ended_on=row.ended_on,
            due_on=min(row.cmht_said or row.named_on, row.csc_said or row.named_on) + every,
        )
        for row in rows
    )
