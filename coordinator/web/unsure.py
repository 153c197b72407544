"""The page of a form on which something may be shared or withheld: it names whom to ask first."""

from typing import Any

from coordinator.access.door import Page, Visit, page
from coordinator.access.sights import FamilyInSight
from coordinator.reads import emergencies


def page_with_leads(visit: Visit, family: FamilyInSight, template: str, **values: Any) -> Page:
    """Return the page, with the safeguarding leads of one's own agency and their numbers."""
    leads = emergencies.leads_of(visit.session, visit.moment, visit.actor.agency_id, family.id)
    return page(template, ask_first_of=leads, **values)
