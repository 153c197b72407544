"""The directory as resources of FHIR R4: who works where, in which post, and when they answer.

Agencies, and teams as parts of them, are Organizations; people are Practitioners; a role in a team
and a seat of a post are PractitionerRoles.  A vacant post is a role without a practitioner.
"""

from collections.abc import Iterator
from datetime import time

from sqlalchemy.orm import Session

from coordinator import cover_hours
from coordinator.access.fhir import ODS_CODES, URNS, Resource
from coordinator.access.sights import Moment
from coordinator.models.directory import Agency
from coordinator.reads import directory_facts as facts
from coordinator.reads.directory_facts import Organisation, Person, Work, urn
from coordinator.vocabulary import AgencyKind, Role

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LAST_SECOND = time(23, 59, 59)
ROLES, POSTS = "urn:x-coordinator:role", "urn:x-coordinator:post"


def all_of(session: Session, moment: Moment) -> tuple[tuple[str, Resource], ...]:
    """Return every resource after its URN, always in the same order.  Three statements."""
    ours = Agency.kind != AgencyKind.HOST
    work = facts.work(session, moment, ours)
    people = sorted({one.person for one in work if one.person}, key=lambda one: one.reference)
    return (
        *(_entry(_organisation(one), one.reference) for one in facts.organisations(session, ours)),
        *(_entry(_practitioner(person), person.reference) for person in people),
        *(_entry(_role(one), _seat(one)) for one in work),
    )


def _entry(resource: Resource, reference: str) -> tuple[str, Resource]:
    name = urn(reference)
    own = {"system": URNS, "value": name}
    others = resource.get("identifier", [])
    return name, {**resource, "id": reference, "identifier": [own, *others]}


def _seat(work: Work) -> str:
    """Return what names a role or a seat: holder and deputy of one post are two."""
    return f"{work.reference}-deputy" if work.deputy else work.reference


def _organisation(one: Organisation) -> Resource:
    return {
        "resourceType": "Organization",
        "identifier": [{"system": ODS_CODES, "value": one.ods_code}] if one.ods_code else [],
        "active": True,
        "type": [{"text": one.kind.label}],
        "name": one.name,
        "telecom": _telecom(one.phone, one.email),
        "partOf": _reference(*one.agency) if one.agency else {},
    }


def _practitioner(person: Person) -> Resource:
    return {
        "resourceType": "Practitioner",
        "active": True,
        "name": [{"use": "official", "text": person.name}],
        "telecom": _telecom(person.phone, person.email),
        "qualification": [{"code": {"text": person.profession}}] if person.profession else [],
    }


def _role(work: Work) -> Resource:
    what = work.what.value + ("-deputy" if work.deputy else "")
    system = ROLES if isinstance(work.what, Role) else POSTS
    hours = cover_hours.known(work.hours) or ()
    # What is said of weekdays does not hold on a bank holiday (docs/decisions/0028).
    closed = hours and not any(cover_hours.BANK_HOLIDAY in span.days for span in hours)
    return {
        "resourceType": "PractitionerRole",
        "active": True,
        "period": {
            "start": work.starts_on and work.starts_on.isoformat(),
            "end": work.ends_on and work.ends_on.isoformat(),
        },
        "practitioner": _reference(work.person.reference, work.person.name) if work.person else {},
        "organization": _reference(*work.place),
        "code": [
            {
                "coding": [{"system": system, "code": what, "display": work.label}],
                "text": work.label,
            }
        ],
        "telecom": _telecom(work.phone),
        "availableTime": [one for span in hours for one in times_of(span)],
        "notAvailable": [{"description": "Bank holidays"}] if closed else [],
        "availabilityExceptions": work.hours,
    }


def times_of(span: cover_hours.Span) -> Iterator[Resource]:
    """Yield a span of cover hours, in two where it runs into the next day: FHIR cannot say it."""
    days = sorted(span.days - {cover_hours.BANK_HOLIDAY})
    opens, closes = span.opens, span.closes
    if not days:
        return
    if opens == closes == cover_hours.MIDNIGHT:
        yield {"daysOfWeek": [DAYS[day] for day in days], "allDay": True}
    elif opens < closes:
        yield _between(days, opens, closes)
    else:
        yield _between(days, opens, LAST_SECOND)
        if closes > cover_hours.MIDNIGHT:
            yield _between(sorted((day + 1) % 7 for day in days), cover_hours.MIDNIGHT, closes)


def _between(days: list[int], opens: time, closes: time) -> Resource:
    return {
        "daysOfWeek": [DAYS[day] for day in days],
        "availableStartTime": opens.isoformat(),
        "availableEndTime": closes.isoformat(),
    }


def _telecom(phone: str, email: str = "") -> list[Resource]:
    ways = (("phone", phone), ("email", email))
    return [{"system": system, "value": value, "use": "work"} for system, value in ways if value]


def _reference(reference: str, name: str) -> Resource:
    return {"reference": urn(reference), "display": name}
