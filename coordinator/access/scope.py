"""What an actor may see: the conditions that every query about a family starts from.

An exclusion hides the family before any other condition is read.  `readable` is the one sharing
rule of the product.
"""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    and_,
    exists,
    false,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased

from coordinator import clock, trail
from coordinator.access.actor import Actor, current
from coordinator.access.ending_sights import PastInSight
from coordinator.access.sights import OPEN_ONLY_ROLES, FamilyInSight, Moment, Way
from coordinator.models.accounts import Membership
from coordinator.models.entries import Entry, EntryReader
from coordinator.models.families import Exclusion, Involvement
from coordinator.models.look_alerts import LookAlert
from coordinator.models.sharing import Advice
from coordinator.models.trail import TrailEvent
from coordinator.vocabulary import EntryKind, Level, Notice, Role


def not_excluded(actor: Actor, family_id: SQLColumnExpression[int]) -> ColumnElement[bool]:
    """Return the condition that no exclusion keeps this actor from knowing of the family."""
    return may_know(actor.account_id, family_id)


def may_know(
    account_id: SQLColumnExpression[int] | SQLColumnExpression[int | None] | int | None,
    family_id: SQLColumnExpression[int] | int,
) -> ColumnElement[bool]:
    """Return the condition that no exclusion keeps this person from knowing of the family."""
    kept_out = aliased(Exclusion)
    return ~exists().where(
        kept_out.account_id == account_id,
        kept_out.family_id == family_id,
        kept_out.lifted_at.is_(None),
    )


def my_families(actor: Actor, moment: Moment) -> Select[int]:
    """Return the ids of the families on whose case the actor is, for the agency acted for."""
    mine = aliased(Involvement)
    return select(mine.family_id).where(
        mine.account_id == actor.account_id,
        mine.agency_id == actor.agency_id,
        current(mine, moment.today),
        not_excluded(actor, mine.family_id),
    )


def overseen_families(actor: Actor, moment: Moment) -> Select[int]:
    """Return the ids of the families on which the actor's own teams now work (oversight)."""
    theirs = aliased(Involvement)
    return select(theirs.family_id).where(
        theirs.team_id.in_(actor.managed_team_ids),
        current(theirs, moment.today),
        not_excluded(actor, theirs.family_id),
    )


def led_families(actor: Actor, moment: Moment) -> Select[int]:
    """Return the ids of the families with which a safeguarding lead's agency now works.

    A lead reads nothing of them by this alone: they must first say why (`Way`).
    """
    theirs = aliased(Involvement)
    return select(theirs.family_id).where(
        _constant(yes=actor.is_safeguarding_lead),
        theirs.agency_id == actor.agency_id,
        current(theirs, moment.today),
        not_excluded(actor, theirs.family_id),
    )


def watched_families(actor: Actor) -> Select[int]:
    """Return the ids of the families with which the actor's agency works or has worked.

    A privacy officer reads their exclusions by this, and nothing else of them.
    """
    works = aliased(Involvement)
    return select(works.family_id).where(
        works.agency_id == actor.agency_id, not_excluded(actor, works.family_id)
    )


def watched_alerts(actor: Actor, moment: Moment) -> ColumnElement[bool]:
    """Return which alerts about looks a privacy officer sees.

    Those about people who acted for the officer's agency, and those about the privacy officers of
    another: never about themselves, and nothing of a family that is hidden from them.
    """
    officer = aliased(Membership)
    return and_(
        _constant(yes=actor.is_privacy_officer),
        LookAlert.account_id != actor.account_id,
        or_(
            LookAlert.agency_id == actor.agency_id,
            exists().where(
                officer.account_id == LookAlert.account_id,
                officer.role == Role.PRIVACY_OFFICER,
                current(officer, moment.today),
            ),
        ),
        not_excluded(actor, func.coalesce(LookAlert.family_id, 0)),
    )


def readable(
    actor: Actor, own_agency: ColumnElement[bool], gave_reason: ColumnElement[bool]
) -> ColumnElement[bool]:
    """Return the one sharing rule: which entries of a family in sight the actor may read.

    `own_agency`: whether the actor reads what is for their own agency.  `gave_reason`: whether
    they are a safeguarding lead who gave a reason, and so read what that agency limited to named
    people, too.
    """
    here = Entry.agency_id == actor.agency_id
    named = exists().where(
        EntryReader.entry_id == Entry.id, EntryReader.account_id == actor.account_id
    )
    return or_(
        Entry.level == Level.OPEN,
        and_(Entry.level == Level.OWN_AGENCY, here, own_agency),
        and_(Entry.author_id == actor.account_id, here),
        named,
        and_(here, Entry.level != Level.PARENTS_OWN, gave_reason),
    )


def readable_in(actor: Actor, family: FamilyInSight) -> ColumnElement[bool]:
    """Return which entries of this one family the actor may read."""
    return readable(
        actor,
        _constant(yes=family.sees_own_agency),
        _constant(yes=family.way is Way.LEAD),
    )


def readable_past(actor: Actor, past: PastInSight) -> ColumnElement[bool]:
    """Return which entries of a case that ended for the actor they still read.

    Those that they could read on their last day, and nothing since: what was opened further or
    given a reader later stays out, as do safe contacts and what the parent alone shares.
    """
    ended = clock.day_bounds(past.until)[1]
    since = trail.micros(ended)
    shared_since = exists().where(
        TrailEvent.family_id == Entry.family_id,
        TrailEvent.hour >= since // trail.MICROS_AN_HOUR,
        TrailEvent.at >= since,
        TrailEvent.entry_id == Entry.id,
        or_(TrailEvent.fields.contains('"level"'), TrailEvent.record_kind == "entry_readers"),
    )
    return and_(
        Entry.family_id == past.id,
        Entry.created_at < ended,
        Entry.level.not_in((Level.SAFE_CONTACT, Level.PARENTS_OWN)),
        readable(actor, _constant(yes=past.role not in OPEN_ONLY_ROLES), false()),
        ~shared_since,
        not_excluded(actor, Entry.family_id),
    )


def _constant(*, yes: bool) -> ColumnElement[bool]:
    return true() if yes else false()


def noticed_in(actor: Actor, family: FamilyInSight) -> ColumnElement[bool]:
    """Return which unreadable entries leave a notice (kind, date, holder; no more)."""
    return noticed(
        actor,
        on_the_case=_constant(yes=family.way is Way.ON_THE_CASE),
        own_agency=_constant(yes=family.sees_own_agency),
        gave_reason=_constant(yes=family.way is Way.LEAD),
    )


def noticed(
    actor: Actor,
    on_the_case: ColumnElement[bool],
    own_agency: ColumnElement[bool],
    gave_reason: ColumnElement[bool],
) -> ColumnElement[bool]:
    """Return the rule of the notice, by the same facts as `readable` and being on the case."""
    here = Entry.agency_id == actor.agency_id
    return and_(
        ~readable(actor, own_agency, gave_reason),
        or_(
            and_(Entry.notice == Notice.EVERYONE, or_(and_(here, own_agency), on_the_case)),
            and_(Entry.notice == Notice.OWN_AGENCY, here, own_agency),
        ),
    )


def without_a_notice(actor: Actor) -> ColumnElement[bool]:
    """Return which entries a safeguarding lead is told of because their notice is hidden.

    The lead of the author's agency learns that, when, by whom and why; never what it says
    (spec/sharing.md: the holder can hide even the notice, with reason, and a lead is told).
    """
    return and_(
        _constant(yes=actor.is_safeguarding_lead),
        Entry.agency_id == actor.agency_id,
        Entry.notice == Notice.NOBODY,
        Entry.level.in_((Level.OWN_AGENCY, Level.NAMED)),
        Entry.kind != EntryKind.SHARING,
        not_excluded(actor, Entry.family_id),
    )


def asks_me(actor: Actor, advice: Any = Advice) -> ColumnElement[bool]:
    """Return which questions ask this actor, while they are a lead of the asker's agency."""
    return and_(
        advice.lead_id == actor.account_id,
        advice.agency_id == actor.agency_id,
        _constant(yes=actor.is_safeguarding_lead),
    )


def i_asked(actor: Actor, moment: Moment) -> ColumnElement[bool]:
    """Return which questions to a lead the actor asked, about families that are theirs to see."""
    return and_(
        Advice.author_id == actor.account_id,
        Advice.agency_id == actor.agency_id,
        or_(
            Advice.family_id.in_(my_families(actor, moment)),
            Advice.family_id.in_(overseen_families(actor, moment)),
        ),
    )


def disclosed_by_asking(actor: Actor) -> ColumnElement[bool]:
    """Return which entries a lead reads because somebody asked them about it: until they answer.

    Who asks agrees to that: the page says so, and each look is in the trail.  It opens this one
    entry and nothing else of the family (E17).
    """
    asked = aliased(Advice, flat=True)
    return and_(
        Entry.id.in_(
            select(asked.about_entry_id).where(asked.answered_at.is_(None), asks_me(actor, asked))
        ),
        not_excluded(actor, Entry.family_id),
    )
