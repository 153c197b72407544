"""What other systems read: resources of FHIR R4 as one JSON file (hl7.org/fhir/R4).

Only the standard is claimed, and no national profile of it.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

Resource = Mapping[str, Any]

# Names, never requested.
ODS_CODES = "https://fhir.nhs.uk/Id/ods-organization-code"
URNS = "urn:ietf:rfc:3986"


def bundle(entries: Iterable[tuple[str, Resource]], now: datetime) -> bytes:
    """Return resources, each with its URN, as a Bundle of type collection; `now` is aware."""
    whole = {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": now.astimezone(UTC).isoformat(timespec="seconds"),
        "entry": [{"fullUrl": urn, "resource": _filled(resource)} for urn, resource in entries],
    }
    return json.dumps(_filled(whole), ensure_ascii=False, indent=1).encode()


def _filled(value: Any) -> Any:
    """Return a value without what is empty: FHIR allows no empty text, list or object."""
    if isinstance(value, Mapping):
        inner = {name: _filled(one) for name, one in value.items()}
        return {name: one for name, one in inner.items() if one not in ("", None, [], {})}
    if isinstance(value, list | tuple):
        return [one for one in map(_filled, value) if one not in ("", None, [], {})]
    return value
