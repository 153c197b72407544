"""The rules about the end of one agency's help, each named as the sentence that it is."""

from coordinator.access.actor import Actor
from coordinator.access.ending_sights import EndingInSight, PastInSight


def is_of_the_other_agency(actor: Actor, record: object) -> bool:
    """Somebody of another agency than the one whose help ends."""
    return isinstance(record, EndingInSight) and record.agency_id != actor.agency_id


def ending_is_open(actor: Actor, record: object) -> bool:
    """An ending that is neither finished nor taken back."""
    return isinstance(record, EndingInSight) and record.open


def ending_waits(actor: Actor, record: object) -> bool:
    """An ending that nobody has acknowledged."""
    return isinstance(record, EndingInSight) and record.open and not record.acknowledged


def is_not_overridden(actor: Actor, record: object) -> bool:
    """An ending that no manager has let through."""
    return isinstance(record, EndingInSight) and record.open and not record.overridden


def help_can_come_back(actor: Actor, record: object) -> bool:
    """An ending that is finished and whose way back is open."""
    return isinstance(record, EndingInSight) and record.may_return


def worked_on_the_case_until_help_ended(actor: Actor, record: object) -> bool:
    """Who worked on the case until their agency's help ended, and may know of the family."""
    return isinstance(record, PastInSight)
