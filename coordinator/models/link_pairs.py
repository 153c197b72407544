"""Pairs of link workers' posts, their reviews, and who was told that an end is vacant (E03)."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, Referenced


class LinkPair(Referenced, Model):
    """Two link workers' posts, one of each agency, whose teams work together.

    It pairs posts and not people, so that it outlives a holder.  `ended_on` is the day on which
    somebody said that it works no longer.
    """

    __tablename__ = "link_pairs"

    cmht_post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), index=True)
    csc_post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), index=True)
    named_on: Mapped[date]
    named_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    ended_on: Mapped[date | None]


class PairReview(Model):
    """What one end said of a pair on a day; kept as it was said.

    An administrator, who may end a pair, speaks for no end: `post_id` is empty then.
    """

    __tablename__ = "pair_reviews"

    id: Mapped[int] = mapped_column(primary_key=True)
    pair_id: Mapped[int] = mapped_column(ForeignKey("link_pairs.id"), index=True)
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"), index=True)
    works: Mapped[bool]
    note: Mapped[str] = mapped_column(String(400), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    reviewed_on: Mapped[date]


class VacancyHeard(Model):
    """A manager has read that a link worker's post is vacant, or will be.

    `holding_id` is the last holder's time in the post: after another holder it is told anew.
    """

    __tablename__ = "vacancies_heard"

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), index=True)
    holding_id: Mapped[int | None] = mapped_column(ForeignKey("post_holdings.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    at: Mapped[datetime]
