"""The tables, one noun a file.  Importing this package registers all of them."""

from coordinator.models import (
    accounts,
    contact_attempts,
    directory,
    emergencies,
    entries,
    families,
    guests,
    information_requests,
    lawful_bases,
    look_alerts,
    meetings,
    openness,
    outbox,
    plans,
    safe_contacts,
    sharing,
    trail,
)
from coordinator.models.base import Model

__all__ = [
    "Model",
    "accounts",
    "contact_attempts",
    "directory",
    "emergencies",
    "entries",
    "families",
    "guests",
    "information_requests",
    "lawful_bases",
    "look_alerts",
    "meetings",
    "openness",
    "outbox",
    "plans",
    "safe_contacts",
    "sharing",
    "trail",
]
