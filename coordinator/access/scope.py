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

from coordinator.access.actor import Actor, current
from coordinator.access.sights import FamilyInSight, Moment, Way
from coordinator.models.entries import Entry, EntryReader
from coordinator.models.families import Exclusion, Involvement
from coordinator.vocabulary import Level, Notice


def not_excluded(actor: Actor, family_id: SQLColumnExpression[int]) -> ColumnElement[bool]:
    """Return the condition that no exclusion keeps this actor from knowing of the family."""
    return ~exists().where(
        Exclusion.account_id == actor.account_id,
        Exclusion.family_id == family_id,
        Exclusion.lifted_at.is_(None),
    )


def on_the_case(
    actor: Actor, moment: Moment, family_id: SQLColumnExpression[int]
) -> ColumnElement[bool]:
    """Return the condition that the actor is on the case for the agency acted for."""
    return exists().where(
        Involvement.account_id == actor.account_id,
        Involvement.agency_id == actor.agency_id,
        Involvement.family_id == family_id,
        current(Involvement, moment.today),
    )


def my_families(actor: Actor, moment: Moment) -> Select[int]:
    """Return the ids of the families on whose case the actor is, for the agency acted for."""
    return select(Involvement.family_id).where(
        Involvement.account_id == actor.account_id,
        Involvement.agency_id == actor.agency_id,
        current(Involvement, moment.today),
        not_excluded(actor, Involvement.family_id),
    )


def overseen_families(actor: Actor, moment: Moment) -> Select[int]:
    """Return the ids of the families on which the actor's own teams now work (oversight)."""
    return select(Involvement.family_id).where(
        Involvement.team_id.in_(actor.managed_team_ids),
        current(Involvement, moment.today),
        not_excluded(actor, Involvement.family_id),
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
