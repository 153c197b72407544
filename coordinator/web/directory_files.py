"""The directory as files: a staff list, contacts for an address book, FHIR for other systems."""

from flask import Blueprint

from coordinator.access.contact_cards import Card, contact_file
from coordinator.access.directory_sights import ColleagueInSight
from coordinator.access.door import Download, Visit, requires
from coordinator.access.fhir import bundle
from coordinator.access.policy import Permission
from coordinator.access.sights import AgencyInSight, TeamInSight
from coordinator.access.spreadsheet import csv_file
from coordinator.errors import NotFoundError
from coordinator.reads import contact_cards, fhir_directory, staff_lines
from coordinator.trail import Subject

bp = Blueprint("directory_files", __name__)


@bp.get("/directory.csv")
@requires(Permission.DIRECTORY_DOWNLOAD)
def staff_list(visit: Visit) -> Download:
    """Send the directory as a staff list, with the columns that an import takes."""
    lines = staff_lines.all_of(visit.session, visit.moment)
    name = f"directory-{visit.moment.today.isoformat()}.csv"
    return Download(name, "text/csv", csv_file(staff_lines.COLUMNS, lines))


@bp.get("/directory/fhir.json")
@requires(Permission.DIRECTORY_DOWNLOAD)
def fhir(visit: Visit) -> Download:
    """Send agencies, teams, people and posts as one Bundle of FHIR R4."""
    body = bundle(fhir_directory.all_of(visit.session, visit.moment), visit.moment.now)
    name = f"directory-{visit.moment.today.isoformat()}.fhir.json"
    return Download(name, "application/fhir+json", body)


@bp.get("/directory/people/<colleague>/contact.vcf")
@requires(Permission.CONTACTS_SAVE)
def person(visit: Visit, colleague: ColleagueInSight) -> Download:
    """Send one person's contact details."""
    cards = contact_cards.of_person(visit.session, visit.moment, colleague)
    towards = Subject(record_kind="accounts", towards_id=colleague.id)
    return _file(visit, colleague.reference, cards, towards)


@bp.get("/directory/teams/<team>/contacts.vcf")
@requires(Permission.CONTACTS_SAVE)
def team(visit: Visit, team: TeamInSight) -> Download:
    """Send the contact details of a team and its people."""
    cards = contact_cards.of_team(visit.session, visit.moment, team)
    return _file(visit, team.reference, cards)


@bp.get("/directory/agencies/<agency>/contacts.vcf")
@requires(Permission.CONTACTS_SAVE)
def agency(visit: Visit, agency: AgencyInSight) -> Download:
    """Send the contact details of an agency, its teams and its people."""
    cards = contact_cards.of_agency(visit.session, visit.moment, agency)
    return _file(visit, agency.reference, cards)


def _file(
    visit: Visit, reference: str, cards: tuple[Card, ...], about: Subject | None = None
) -> Download:
    """Return the file.  Raises `NotFoundError` for a closed team, which has no card."""
    if not cards:
        raise NotFoundError
    body = contact_file(cards, visit.moment.now)
    return Download(f"contacts-{reference}.vcf", "text/vcard", body, about=about)
