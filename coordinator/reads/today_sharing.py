"""Sharing on one person’s page: questions to a lead, advice, what to look at again."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Date, and_, false, null, or_, select, type_coerce, union_all
from sqlalchemy.orm import Session, aliased

from coordinator import clock
from coordinator.access.actor import Actor
from coordinator.access.prepared import Prepared
from coordinator.access.scope import asks_me, i_asked, my_families, not_excluded, overseen_families
from coordinator.access.sights import Moment
from coordinator.models.accounts import Account
from coordinator.models.entries import Entry
from coordinator.models.families import Family
from coordinator.models.sharing import Advice, Sharing, SharingBasis
from coordinator.reads.levels import share_page
from coordinator.reads.today_rows import TodayRow
from coordinator.vocabulary import Decision, Level

_About = aliased(Entry)
_Asker, _Lead = aliased(Account), aliased(Account)
_Later = aliased(Sharing, flat=True)


def _questions(actor: Actor, moment: Moment) -> Any:
    decided_since = (
        select(_Later.id)
        .where(
            _Later.shared_entry_id == Advice.about_entry_id,
            _Later.created_at >= Advice.answered_at,
        )
        .exists()
    )
    unused = and_(_About.level != Level.OPEN, ~decided_since)
    return (
        select(
            Advice.reference,
            Advice.due_at,
            Advice.answered_at,
            Advice.outcome,
            type_coerce(null(), Date()).label("review_on"),
            asks_me(actor).label("asked_me"),
            Family.reference.label("family"),
            _About.reference.label("about"),
            _About.kind,
            _Asker.name.label("asker"),
            _Lead.name.label("lead"),
        )
        .join(Family, Family.id == Advice.family_id)
        .join(_About, _About.id == Advice.about_entry_id)
        .join(_Asker, _Asker.id == Advice.author_id)
        .join(_Lead, _Lead.id == Advice.lead_id)
        .where(
            not_excluded(actor, Family.id),
            or_(
                and_(asks_me(actor), Advice.answered_at.is_(None)),
                and_(i_asked(actor, moment), unused),
            ),
        )
    )


def _due(actor: Actor, moment: Moment) -> Any:
    """Build what the actor decided not to share and is to look at again, if that still stands."""
    since = (
        select(_Later.id)
        .where(_Later.shared_entry_id == Sharing.shared_entry_id, _Later.id > Sharing.id)
        .exists()
    )
    return (
        select(
            Sharing.reference,
            null(),
            null(),
            null(),
            SharingBasis.review_on,
            false(),
            Family.reference,
            _About.reference,
            _About.kind,
            null(),
            null(),
        )
        .select_from(Sharing)
        .join(SharingBasis, SharingBasis.sharing_id == Sharing.id)
        .join(Family, Family.id == Sharing.family_id)
        .join(_About, _About.id == Sharing.shared_entry_id)
        .where(
            Sharing.author_id == actor.account_id,
            Sharing.agency_id == actor.agency_id,
            SharingBasis.decision == Decision.NOT_SHARED,
            SharingBasis.review_on <= moment.today,
            _About.level != Level.OPEN,
            ~since,
            or_(
                Sharing.family_id.in_(my_families(actor, moment)),
                Sharing.family_id.in_(overseen_families(actor, moment)),
            ),
        )
    )


WAITING = Prepared(lambda actor, moment: union_all(_questions(actor, moment), _due(actor, moment)))


def of(session: Session, actor: Actor, moment: Moment) -> list[Any]:
    """Return the questions to a lead that wait, and what to look at again.  One statement."""
    return list(WAITING.run(session, actor, moment))


def mine(asked: list[Any], moment: Moment) -> Iterator[TodayRow]:
    """Yield what to answer as a lead, what was advised, and what to look at again."""
    for row in asked:
        if row.review_on is not None:
            yield TodayRow(
                kind="review",
                verb="Look again",
                text=f"at whether to share the {row.kind.label.lower()}",
                href=share_page(row.kind, row.about, row.family),
                family=row.family,
                due=row.review_on,
                due_word="not shared until",
                late=row.review_on < moment.today,
            )
        elif row.asked_me and row.answered_at is None:
            yield TodayRow(
                kind="advice",
                verb="Answer",
                text="whether to share something",
                href=f"/advice/{row.reference}/answer",
                family=row.family,
                who=row.asker,
                due=min(clock.local(row.due_at).date(), moment.today),
                at=row.due_at,
                late=row.due_at < moment.now,
                hint="Advice late" if row.due_at < moment.now else "",
            )
        elif row.answered_at is not None:
            yield TodayRow(
                kind="advised",
                verb="Decide",
                text=f"whether to share the {row.kind.label.lower()}",
                href=share_page(row.kind, row.about, row.family),
                family=row.family,
                who=row.lead,
                due=moment.today,
                due_word="answered",
                at=row.answered_at,
                hint=row.outcome.label,
            )


def others(asked: list[Any], moment: Moment) -> Iterator[TodayRow]:
    """Yield the questions that a lead has not answered."""
    for row in asked:
        if row.review_on is None and not row.asked_me and row.answered_at is None:
            late = row.due_at < moment.now
            yield TodayRow(
                kind="wait",
                verb=f"{row.lead}:",
                text="advise whether to share something",
                href=f"/advice/{row.reference}",
                family=row.family,
                at=row.due_at,
                late=late,
                hint="Advice late: ask another lead, or call" if late else "",
            )
