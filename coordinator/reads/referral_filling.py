"""What a referral is filled with from the case: no phone of a member, no address, no diagnosis."""

from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.reads import involvements, people
from coordinator.vocabulary import Filled


def of(session: Session, actor: Actor, moment: Moment, family: FamilyInSight) -> dict[Filled, str]:
    """Return what the case knows, one line for each person.  Two statements."""
    household = people.household(session, moment, family)
    workers = involvements.workers(session, moment, family)
    me = next((worker for worker in workers if worker.account_id == actor.account_id), None)
    lines = {
        Filled.CHILDREN: [
            # In brackets: an age before the next name can look like a street with its number.
            f"{child.name} ({child.age})" if child.age else child.name
            for child in household.children
        ],
        Filled.ADULTS: [f"{adult.name}: {adult.place}" for adult in household.adults],
        Filled.WORKERS: [
            f"{worker.name}, {worker.role.label.lower()}, {worker.agency}" for worker in workers
        ],
        Filled.REFERRER: [
            ", ".join(filter(None, (me.name, me.role.label.lower(), me.team, me.phone)))
            if me
            else actor.name
        ],
    }
    return {filled: "\n".join(found) for filled, found in lines.items()}
