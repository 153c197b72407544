"""The tables, one noun a file.  Importing this package registers all of them."""

from coordinator.models import (
    accounts,
    contact_attempts,
    directory,
    entries,
    families,
    meetings,
    outbox,
    plans,
    sharing,
    trail,
)
from coordinator.models.base import Model

__all__ = [
    "Model",
    "accounts",
    "contact_attempts",
    "directory",
    "entries",
    "families",
    "meetings",
    "outbox",
    "plans",
    "sharing",
    "trail",
]
