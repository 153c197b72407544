"""The rule of mail that did not arrive, named as the sentence that it is."""

from coordinator.access.actor import Actor
from coordinator.access.find_undelivered import UndeliveredInSight


def sent_it(actor: Actor, record: object) -> bool:
    """Whoever’s act the mail followed from."""
    return isinstance(record, UndeliveredInSight) and record.sender_id == actor.account_id
