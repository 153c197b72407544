"""Sharing on one person’s page: questions to a lead, advice, what to look at again."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import String, and_, case, or_, select, type_coerce
from sqlalchemy.orm import aliased

from coordinator import clock
from coordinator.access.actor import Actor
from coordinator.access.scope import asks_me, i_asked, my_families, not_excluded, overseen_families
from coordinator.access.sights import Moment
from coordinator.access.ways import has_left
from coordinator.models.accounts import Account
from coordinator.models.entries import Entry
from coordinator.models.families import Family
from coordinator.models.sharing import Advice, Sharing, SharingBasis
from coordinator.reads.levels import share_page
from coordinator.reads.matters import matter
from coordinator.reads.today_rows import TodayRow
from coordinator.vocabulary import AdviceOutcome, Decision, Level

_About = aliased(Entry)
_Asker, _Lead = aliased(Account), aliased(Account)
_Later = aliased(Sharing, flat=True)


def selects(actor: Actor, moment: Moment) -> tuple[Any, ...]:
    """Return what waits about sharing, in the columns of reads/today_matters.py."""
    return _questions(actor, moment), _due(actor, moment)


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
    part = case(
        (Advice.answered_at.is_not(None), "advised"), (asks_me(actor), "asked"), else_="waits"
    )
    return (
        matter(
            source="question",
            part=part,
            reference=Advice.reference,
            family=Family.reference,
            about=_About.reference,
            kind=_About.kind,
            who=case((part == "asked", _Asker.name), else_=_Lead.name),
            what=type_coerce(Advice.outcome, String()),
            at=Advice.answered_at,
            due_at=Advice.due_at,
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
        matter(
            source="look-again",
            reference=Sharing.reference,
            family=Family.reference,
            about=_About.reference,
            kind=_About.kind,
            due_on=SharingBasis.review_on,
        )
        .select_from(Sharing)
        .join(SharingBasis, SharingBasis.sharing_id == Sharing.id)
        .join(Family, Family.id == Sharing.family_id)
        .join(_About, _About.id == Sharing.shared_entry_id)
        .where(
            Sharing.agency_id == actor.agency_id,
            or_(Sharing.author_id == actor.account_id, _was_a_leavers(actor, moment)),
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


def _was_a_leavers(actor: Actor, moment: Moment) -> Any:
    """Return what a leaver kept in their agency: their manager looks at it again."""
    return and_(
        has_left(Sharing.author_id, Sharing.agency_id, moment),
        _About.level == Level.OWN_AGENCY,
        Sharing.family_id.in_(overseen_families(actor, moment)),
    )


def mine(asked: list[Any], moment: Moment) -> Iterator[TodayRow]:
    """Yield what to answer as a lead, what was advised, and what to look at again."""
    for row in asked:
        if row.source == "look-again":
            yield TodayRow(
                kind="review",
                verb="Look again",
                text=f"at whether to share the {row.kind.label.lower()}",
                href=share_page(row.kind, row.about, row.family),
                family=row.family,
                due=row.due_on,
                due_word="not shared until",
                late=row.due_on < moment.today,
            )
        elif row.source == "question" and row.part == "asked":
            yield TodayRow(
                kind="advice",
                verb="Answer",
                text="whether to share something",
                href=f"/advice/{row.reference}/answer",
                family=row.family,
                who=row.who,
                due=min(clock.local(row.due_at).date(), moment.today),
                at=row.due_at,
                late=row.due_at < moment.now,
                hint="Advice late" if row.due_at < moment.now else "",
            )
        elif row.source == "question" and row.part == "advised":
            yield TodayRow(
                kind="advised",
                verb="Decide",
                text=f"whether to share the {row.kind.label.lower()}",
                href=share_page(row.kind, row.about, row.family),
                family=row.family,
                who=row.who,
                due=moment.today,
                due_word="answered",
                at=row.at,
                hint=AdviceOutcome(row.what).label,
            )


def others(asked: list[Any], moment: Moment) -> Iterator[TodayRow]:
    """Yield the questions that a lead has not answered."""
    for row in asked:
        if row.source == "question" and row.part == "waits":
            late = row.due_at < moment.now
            yield TodayRow(
                kind="wait",
                verb=f"{row.who}:",
                text="advise whether to share something",
                href=f"/advice/{row.reference}",
                family=row.family,
                at=row.due_at,
                late=late,
                hint="Advice late: ask another lead, or call" if late else "",
            )
