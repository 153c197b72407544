"""The form on which others are named for an entry."""

from typing import TypeVar

from coordinator.access.door import Visit
from coordinator.access.sights import EntryInSight
from coordinator.forms.parents_words import ParentsReadersForm
from coordinator.forms.safe_contacts import SafeReadersForm
from coordinator.reads import readers as reads
from coordinator.reads import sharing
from coordinator.services import readers

ReadersForm = TypeVar("ReadersForm", ParentsReadersForm, SafeReadersForm)


def form_about(visit: Visit, entry: EntryInSight, form_of: type[ReadersForm]) -> ReadersForm:
    """Return this form with who is named for the entry now, offering who can be."""
    form = form_of(
        data={
            "version": readers.version(readers.of(visit.session, entry.id)),
            "readers": [reference for reference, _ in reads.named(visit.session, entry)],
        }
    )
    form.readers.offer(
        sharing.people_to_name(visit.session, visit.actor, visit.moment, entry.family)
    )
    return form
