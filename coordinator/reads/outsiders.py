"""Who can be asked to a meeting besides workers: the family itself, and others who work with it.

Each is proposed with the reason.  Whom the private answer keeps away (access/inclusion.py) is not
among them, and nothing says so.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import FamilyInSight, MeetingInSight, Moment
from coordinator.models.meetings import Invitation
from coordinator.reads import guests, needs
from coordinator.reads.child_statuses import StageRole
from coordinator.reads.guests import GuestOfCase
from coordinator.reads.needs import MemberOf
from coordinator.vocabulary import GuestRole, Relation

ALWAYS = frozenset(
    {
        GuestRole.HEALTH_VISITOR,
        GuestRole.MIDWIFE,
        GuestRole.ADVOCATE,
        GuestRole.SUPPORTER,
        GuestRole.FOSTER_CARER,
    }
)


@dataclass(frozen=True)
class Outsider:
    """Somebody without a login who can be asked.  `value` names them in a form.

    `why` is the reason for proposing them.  To leave out whom one `must_explain` needs a reason.
    """

    value: str
    name: str
    why: str
    proposed: bool
    must_explain: bool
    guest_id: int | None = None
    person_id: int | None = None

    def is_(self, asked: Any) -> bool:
        """Whether this invitation is theirs."""
        return bool((self.guest_id, self.person_id) == (asked.guest_id, asked.person_id))


def of_family(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight
) -> tuple[Outsider, ...]:
    """Return the grown-ups of a family, and its guests, who can be asked.  Two statements."""
    members = needs.members(session, actor, moment, family)
    return among(members, guests.of_family(session, family))


def among(
    members: tuple[MemberOf, ...],
    known: tuple[GuestOfCase, ...],
    stage: tuple[StageRole, ...] = (),
) -> tuple[Outsider, ...]:
    """Return who of these members and guests can be asked, with the reason.

    `stage` are the roles that belong to a meeting at the stage of a child's plan (S25).
    """
    children = [m.name for m in members if m.relation is Relation.CHILD and m.lives_with]
    parents = [m.name for m in members if m.relation is Relation.PARENT_OR_CARER]
    parent = _first(parents[0]) if len(parents) == 1 else "A parent"
    grown_up = [m for m in members if m.relation is not Relation.CHILD and m.may_be_asked]
    roles = {asked.role: asked.why for asked in stage}
    return (
        *(_member(member, children) for member in grown_up),
        *(_guest(guest, parent, roles) for guest in known),
    )


def to_invite(
    session: Session, actor: Actor, moment: Moment, meeting: MeetingInSight
) -> tuple[Outsider, ...]:
    """Return who of the family and of its guests is not asked to this meeting yet."""
    asked = session.execute(
        select(Invitation.guest_id, Invitation.person_id).where(
            Invitation.meeting_id == meeting.id, Invitation.removed_at.is_(None)
        )
    ).all()
    guests_asked = {row.guest_id for row in asked} - {None}
    people_asked = {row.person_id for row in asked} - {None}
    return tuple(
        one
        for one in of_family(session, actor, moment, meeting.family)
        if one.guest_id not in guests_asked and one.person_id not in people_asked
    )


def _member(person: MemberOf, children: list[str]) -> Outsider:
    parent = person.relation is Relation.PARENT_OR_CARER
    place = person.own_words or person.relation.label
    with_children = bool(person.lives_with and children)
    names = [_first(name) for name in children]
    lives = f"lives with {' and '.join(names)}" if with_children else ""
    return Outsider(
        value=person.reference,
        name=person.name,
        why=", ".join(words for words in (place, lives) if words),
        proposed=parent or with_children,
        must_explain=parent or with_children,
        person_id=person.id,
    )


def _guest(guest: GuestOfCase, parent: str, roles: dict[Any, str]) -> Outsider:
    about = [guest.role.label + (f", {guest.organisation}" if guest.organisation else "")]
    if guest.chosen_by_parent:
        about.append(f"{parent} would like {_first(guest.name)} there")
    elif guest.role in roles:
        about.append(roles[guest.role])
    return Outsider(
        value=guest.reference,
        name=guest.name,
        why=". ".join(about),
        proposed=guest.chosen_by_parent or guest.role in ALWAYS or guest.role in roles,
        must_explain=guest.chosen_by_parent,
        guest_id=guest.id,
    )


def _first(name: str) -> str:
    return name.split(" ", maxsplit=1)[0]
