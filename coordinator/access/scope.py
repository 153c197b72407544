"""What an actor may see: the conditions that every query about a family starts from.

An exclusion hides the family before any other condition is read.  `readable` is the one sharing
rule of the product.
"""

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    and_,
    exists,
    false,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased

from coordinator.access.actor import Actor, current
from coordinator.access.sights import FamilyInSight, Moment, Way
from coordinator.models.entries import Entry, EntryReader
from coordinator.models.families import Exclusion, Involvement
from coordinator.vocabulary import Level, Notice


def not_excluded(actor: Actor, family_id: SQLColumnExpression[int]) -> ColumnElement[bool]:
    """Return the condition that no exclusion keeps this actor from knowing of the family."""
    return may_know(actor.account_id, family_id)


def may_know(
    account_id: SQLColumnExpression[int] | int, family_id: SQLColumnExpression[int] | int
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


def _constant(*, yes: bool) -> ColumnElement[bool]:
    return true() if yes else false()


def noticed_in(actor: Actor, family: FamilyInSight) -> ColumnElement[bool]:
    """Return which unreadable entries leave a notice (kind, date, holder; no more)."""
    if family.way not in (Way.ON_THE_CASE, Way.MANAGER, Way.LEAD):
        return false()
    here = Entry.agency_id == actor.agency_id
    return and_(
        ~readable_in(actor, family),
        or_(
            and_(
                Entry.notice == Notice.EVERYONE,
                or_(here, _constant(yes=family.way is Way.ON_THE_CASE)),
            ),
            and_(Entry.notice == Notice.OWN_AGENCY, here, _constant(yes=family.sees_own_agency)),
        ),
    )
