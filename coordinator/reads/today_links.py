"""Requests to link workers on one person's page: to answer, to hear of, the call that follows."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, exists, func, or_, type_coerce
from sqlalchemy.orm import aliased

from coordinator import clock
from coordinator.access.actor import Actor
from coordinator.access.find_links import received
from coordinator.access.scope import my_families, not_excluded
from coordinator.access.sights import Moment
from coordinator.models.accounts import Account
from coordinator.models.entries import Entry
from coordinator.models.families import Family
from coordinator.models.link_requests import LinkRequest
from coordinator.reads.contact_attempts import CONTACTS
from coordinator.reads.matters import matter
from coordinator.reads.today_rows import Press, TodayRow
from coordinator.vocabulary import EntryKind, Level, LinkHelp, LinkOutcome, Outcome

_Author, _Asked, _About = aliased(Account), aliased(Account), aliased(Account)


def reached_each_other(since: Any) -> ColumnElement[bool]:
    """Return the condition that asker and colleague of a request talked from an instant on.

    By an open contact about the same family that says so, logged by either.
    """
    talk, correction, said = CONTACTS.alias(), CONTACTS.alias(), aliased(Entry)
    return exists().where(
        said.family_id == LinkRequest.family_id,
        said.kind == EntryKind.CONTACT_ATTEMPT,
        said.level == Level.OPEN,
        said.id == talk.c.id,
        talk.c.outcome == Outcome.REACHED,
        talk.c.attempted_at >= since,
        or_(
            and_(
                said.author_id == LinkRequest.author_id, talk.c.account_id == LinkRequest.about_id
            ),
            and_(
                said.author_id == LinkRequest.about_id, talk.c.account_id == LinkRequest.author_id
            ),
        ),
        ~exists().where(correction.c.corrects_id == talk.c.id),
    )


def selects(actor: Actor, moment: Moment) -> tuple[Any, ...]:
    """Return what waits, in the columns of reads/matters.py."""
    open_now = LinkRequest.closed_at.is_(None)
    to_answer = and_(open_now, received(actor, moment))
    waits = and_(
        LinkRequest.heard_at.is_(None),
        LinkRequest.level == Level.OPEN,
        LinkRequest.family_id.in_(my_families(actor, moment)),
        or_(LinkRequest.call_at.is_(None), ~reached_each_other(LinkRequest.closed_at)),
    )
    mine = and_(
        LinkRequest.author_id == actor.account_id, LinkRequest.agency_id == actor.agency_id, waits
    )
    to_call = and_(
        LinkRequest.about_id == actor.account_id,
        LinkRequest.about_agency_id == actor.agency_id,
        LinkRequest.call_at.is_not(None),
        waits,
    )
    part = case((to_answer, "asked"), (mine, "mine"), else_="call")
    return (
        matter(
            source="link",
            part=part,
            reference=LinkRequest.reference,
            family=Family.reference,
            about=func.coalesce(
                type_coerce(LinkRequest.outcome, String()), type_coerce(LinkRequest.help, String())
            ),
            who=case((mine, func.coalesce(_About.name, "")), else_=_Author.name),
            what=_Asked.name,
            phone=case((mine, func.coalesce(_About.phone, "")), else_=_Author.phone),
            at=func.coalesce(LinkRequest.closed_at, LinkRequest.created_at),
            due_at=LinkRequest.call_at,
            due_on=LinkRequest.by_on,
        )
        .select_from(LinkRequest)
        .join(Family, Family.id == LinkRequest.family_id)
        .join(_Author, _Author.id == LinkRequest.author_id)
        .join(_Asked, _Asked.id == func.coalesce(LinkRequest.closed_by_id, LinkRequest.asked_id))
        .outerjoin(_About, _About.id == LinkRequest.about_id)
        .where(
            or_(to_answer, mine, to_call),
            not_excluded(actor, LinkRequest.family_id),
        ),
    )


def mine(matters: Iterable[Any], moment: Moment) -> Iterator[TodayRow]:
    """Yield what a link worker is to answer, what came of a request, and the call that follows."""
    for row in matters:
        if row.source == "unreached":
            yield TodayRow(
                kind="unreached",
                verb="Find out",
                text=f"why {row.who} cannot be reached",
                href=f"/families/{row.family}/contacts",
                family=row.family,
                due=moment.today,
                due_word="not reached since",
                at=row.at,
                phone=row.phone,
            )
        if row.source != "link":
            continue
        here = f"/link-requests/{row.reference}"
        if row.part == "asked":
            yield TodayRow(
                kind="link",
                verb="Help:",
                text=_in_a_sentence(LinkHelp(row.about)),
                href=here,
                family=row.family,
                who=row.who,
                due=row.due_on,
                late=row.due_on < moment.today,
                phone=row.phone,
            )
        elif row.due_at is not None:
            yield TodayRow(
                kind="link",
                verb="Talk with",
                text=f"{row.who}: {row.what} has put you in touch",
                href=here,
                family=row.family,
                due=clock.local(row.due_at).date(),
                due_word="call",
                at=row.due_at,
                late=clock.local(row.due_at).date() < moment.today,
                phone=row.phone,
            )
        elif row.about in _OUTCOMES:
            yield TodayRow(
                kind="outcome",
                verb="Read:",
                text=f"what came of your request to {row.what}",
                href=here,
                family=row.family,
                due=moment.today,
                due_word="answered",
                at=row.at,
                hint=LinkOutcome(row.about).label,
                press=Press(f"{here}/heard", "I have read it"),
            )


def others(matters: Iterable[Any], moment: Moment) -> Iterator[TodayRow]:
    """Yield what the reader asked of a link worker who has not answered."""
    for row in matters:
        if row.source == "link" and row.part == "mine" and row.about not in _OUTCOMES:
            yield TodayRow(
                kind="wait",
                verb=f"{row.what}:",
                text="answer as the link worker",
                href=f"/link-requests/{row.reference}",
                family=row.family,
                due=row.due_on,
                late=row.due_on < moment.today,
            )


_OUTCOMES = frozenset(outcome.value for outcome in LinkOutcome)


def _in_a_sentence(kind: LinkHelp) -> str:
    words = {
        LinkHelp.INTRODUCE: "put a colleague in touch",
        LinkHelp.CHASE: "find out why nobody answers",
        LinkHelp.ADVISE: "advise a colleague",
        LinkHelp.ATTEND: "come along with a colleague",
        LinkHelp.EXPLAIN: "explain how your agency works",
    }
    return words[kind]
